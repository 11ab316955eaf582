"""Cleans rich text: nothing that the style sheet does not know is stored or shown."""

import re
from collections import Counter
from html.parser import HTMLParser

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .allowed_markup import sanitised, without_hidden
from .tidied_markup import tidied

LONGEST = 500_000  # characters
DEEPEST = 40  # elements within each other
ROUNDS = 3  # what is nested as no HTML is becomes something else when it is read once more
# Tags that begin without an end.
UNPAIRED = set(
    "area base br col dd dt embed hr img input li link meta option p source td th tr track wbr".split()
)
TAG = re.compile(r"<(/?)([a-z][\w:-]*)", re.IGNORECASE)
COMMENT = re.compile(r"<!--(?!-?>).*?-->", re.DOTALL)  # Word lists its styles in one
CAPTION = re.compile(r"(<table[^>]*>)<caption[^>]*>(.*?)</caption>", re.DOTALL)
EMPTY_PARAGRAPH = re.compile(r"<p>\s*</p>")


def clean(html):
    """Returns rich text without what it may not have; text that has nothing of that comes back as it is."""
    if fault_of_size(html):
        return sanitised(html)
    for _round in range(ROUNDS):
        if sanitised(html) == html:
            break
        html = EMPTY_PARAGRAPH.sub("", sanitised(tidied(html)))
    return html


def for_editor(html):
    """Returns rich text as the editor reads it, which knows no captions: they stand before their tables."""
    return CAPTION.sub(r"<p>\2</p>\1", html)


def fault_of_size(html):
    """Returns what is wrong with a text that is too long or too deep, and what to do; empty if nothing is."""
    if len(html) > LONGEST:
        return _(
            "This text has %(length)d characters of HTML, and %(limit)d is the most: "
            "divide it into several blocks."
        ) % {"length": len(html), "limit": LONGEST}
    if depth(html) > DEEPEST:
        return _(
            "This text has more than %(limit)d elements within each other: "
            "paste its words without their format."
        ) % {"limit": DEEPEST}
    return ""


def check_size(html):
    if fault := fault_of_size(html):
        raise ValidationError(fault, code="size")


def depth(html):
    deepest = opened = 0
    for slash, tag in TAG.findall(COMMENT.sub("", html)):
        if tag.lower() not in UNPAIRED:
            opened = max(opened - 1, 0) if slash else opened + 1
            deepest = max(deepest, opened)
    return deepest


class MarkupNames(HTMLParser):
    """Counts the tags and attributes of HTML by their names."""

    def __init__(self, html):
        super().__init__()
        self.counts = Counter()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.counts[f"<{tag}>"] += 1
        self.counts.update(name for name, _value in attributes)

    def handle_comment(self, data):
        self.counts[_("comment")] += 1

    def handle_data(self, data):
        if hidden := len(data) - len(without_hidden(data)):
            self.counts[_("hidden character")] += hidden


def taken_away(before, after):
    """Returns {name: how many} of what was cleaned away; empty if HTML says the same in other bytes."""
    return MarkupNames(before).counts - MarkupNames(after).counts
