"""Reads an entry of a list of publications: its title and the year it came out."""

import re

from .dates import find_dates
from .suggestion import PUBLICATION, Suggestion

QUOTED = re.compile(r"[“«\"]\s?(?P<title>[^”»\"]{4,280}?)[,.]?\s?[”»\"]")
MAX_LENGTH = 400


def publication_suggestion(text, block):
    """Returns the publication that a block names, in a list; an empty list if it gives no title and year."""
    dates = find_dates(text, block.start, block.end)
    if not dates or len(block.text) > MAX_LENGTH:
        return []
    if quoted := QUOTED.search(block.text):
        title = quoted["title"]
    else:
        before = block.text[: dates[0][0] - block.start]
        after = block.text[dates[0][1] - block.start :]
        title = (before if re.search(r"[^\W\d]{3}", before) else after).strip(" \t\n.,;:()–—-")
    if not title or len(title) > 280:
        return []
    values = {"text": title, "title": title, "date": dates[0][2]}
    return [Suggestion(PUBLICATION, block.start, block.end, "publication list", title, values=values)]
