"""Reads an entry of a list of publications: its title and the year it came out."""

import re

from .dates import find_dates
from .suggestion import PUBLICATION, Suggestion

QUOTED = re.compile(r"[“«\"]\s?(?P<title>[^”»\"]{4,280}?)[,.]?\s?[”»\"]")
CAPITAL, NAME = "[A-ZÀ-Þ]", r"[A-ZÀ-Þ][\w'’-]+"
# “Okoro, B.”, “Lind, Karin”, “M. Diallo”, “Okoro B”
PERSON = (
    rf"(?:{NAME}(?: {NAME})?, (?:{CAPITAL}\.(?:[ -]?{CAPITAL}\.)*|{NAME})|(?:{CAPITAL}\.[ -]?)+{NAME}"
    rf"|{NAME} {CAPITAL}{{1,3}}(?=[,.;]))"
)
# Atomic, because names can be parted in so many ways that no other attempt would end.
AUTHORS = (
    rf"(?:\[\d{{1,3}}\]\s*)?{PERSON}"
    rf"(?>(?:(?:,? (?:and|et|&|y|und) |[,;] )(?:{PERSON}|{NAME} {NAME}))*)"
    r"(?:,? et al\.?)?(?:,? \((?:eds?|dirs?|coord)\.?\))?"
)
# “Okoro, B. (2023). Going home.”, “Lind, Karin. The Boat School.”: the title stands after the authors.
AFTER_AUTHORS = re.compile(
    rf"{AUTHORS}(?:\.?,? \([^()]*\d{{4}}[^()]*\)[.,:]?|\.,?|(?<=\.)) (?P<title>[^.?!]{{4,280}}[?!]?)"
)
# “Harbour Aid (2023). Going home.”: the same after a body, which only a name on record tells from a title.
AFTER_BODY = re.compile(
    r"(?P<body>[^().?!:]{2,200}?)[.,]? \([^()]*\d{4}[^()]*\)[.,:]? (?P<title>[^.?!]{4,280}[?!]?)"
)
# “Harbour Aid, Going home, 2023.”
BODY_FIRST = re.compile(r"(?P<body>[^.,:;()]{2,200})[.,:;] (?=.*\w)")
SENTENCE = re.compile(r"[^.?!]{4,280}(?=[.?!] )")
MAX_LENGTH = 400


def publication_suggestion(text, block, bodies=frozenset()):
    """Returns the publication that a block names, in a list; an empty list if it gives no title and year.

    `bodies` are names that an entry may begin with instead of those of persons.
    """
    dates = find_dates(text, block.start, block.end)
    if not dates or len(block.text) > MAX_LENGTH:
        return []
    places = [(first - block.start, last - block.start) for first, last, _ in dates]
    start, end = title_span(block.text, places, bodies)
    title = block.text[start:end].strip(" \t\n.,;:()–—-")
    if not title or len(title) > 280:
        return []
    # A year within the title is what the work is about.
    outside = [each for each in dates if not start <= each[0] - block.start < end] or dates
    in_brackets = [each for each in outside if text[: each[0]].endswith("(")]
    date = (in_brackets or outside[-1:])[0][2]
    values = {"text": title, "title": title, "date": date}
    return [Suggestion(PUBLICATION, block.start, block.end, "publication list", title, values=values)]


def title_span(entry, dates, bodies):
    """Returns where the title of an entry stands: in quotation marks, after its authors, or by its date."""
    if match := QUOTED.search(entry) or AFTER_AUTHORS.match(entry):
        return match.span("title")
    if (match := AFTER_BODY.match(entry)) and " ".join(match["body"].split()) in bodies:
        return match.span("title")
    start, end = dates[0]
    if not re.search(r"[^\W\d]{3}", entry[:start]):
        return end, len(entry)
    # “Annual Report 2030. Port Sabel 2031”
    if len(dates) > 1 and (first := SENTENCE.match(entry)) and dates[0][1] <= first.end() <= dates[-1][0]:
        return first.span()
    if (match := BODY_FIRST.match(entry[:start])) and " ".join(match["body"].split()) in bodies:
        return match.end(), start
    return 0, start
