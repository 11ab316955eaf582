"""Tells what was done from what is planned, by the verbs of a sentence and by dates still to come."""

import re

from .dates import find_dates, is_later
from .number_contexts import leaves_open
from .sections import Section, section_of

# “14 clinics, although we had planned 20”: a plan that is only added takes nothing from what was done.
ASIDE = re.compile(
    r"(?<=\d )(?P<unit>[^,;:()]*?)"
    r"(?:\((?!planned|projected|expected|forecast|targets?\)|to be|prévue?s?\))[^()]*\)"
    r"|,? (?:although|though|against"
    r"|compared (?:with|to)|exceeding|surpassing|beating|beyond|above|ahead of|short of|instead of|as planned"
    r"|(?:more|fewer|less) than (?:the |our )?(?:planned|target)|bien que|contre|au-delà d|dépassant)\b.*)",
    re.DOTALL,
)
# “the 2030 Agenda” is the name of something that is there already.
NAMED_YEAR = re.compile(
    r"\b(?:Agenda|Vision|Goals?|Objectifs?|Horizon) \d{4}|\d{4} (?:Agenda|Goals?|agenda)\b"
)
# “2026–2030”, “2026/27”
YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[/–-]\s?((?:19|20)?\d\d)(?![\d/–-])")


def range_end(match):
    """Returns the last year of a range, as 2027 of “2026/27”."""
    return match[1][: 4 - len(match[2])] + match[2]


def is_planned(text, start, end, patterns, until):
    """Says that a sentence speaks of a plan, or of a day after `until` without a verb of the past."""
    sentence = ASIDE.sub(r"\g<unit>", text[start:end])
    if patterns.PLAN.search(sentence):
        return True
    return speaks_of_future(text, start, end, until) and not patterns.PAST.search(sentence)


def speaks_of_future(text, start, end, until):
    years = [range_end(match) for match in YEARS.finditer(text, start, end)]
    if any(is_later(year, until) for year in years):
        return True
    named = [match.span() for match in NAMED_YEAR.finditer(text, start, end)]
    return any(
        is_later(date, until) and not any(first <= date_start < last for first, last in named)
        for date_start, _date_end, date in find_dates(text, start, end)
    )


def is_open_stem(text, stem, patterns, until):
    """Says that the words before a list make its items plans, conditions, or somebody else's words."""
    words = text[slice(*stem)].rstrip(" :,")
    return (
        is_planned(text, *stem, patterns, until)
        or leaves_open(words)
        or section_of([words], patterns) == Section.TARGETS
        or bool(patterns.ATTRIBUTED.search(words) or patterns.UNDONE_STEM.search(words))
    )
