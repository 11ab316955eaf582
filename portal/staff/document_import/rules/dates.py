"""Finds dates in a text, as precise as they are written: 2007, 1998-05, 2002-02-12."""

import datetime
import re

ENGLISH = "January February March April May June July August September October November December".split()
FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
MONTHS = {name: number for names in (ENGLISH, FRENCH) for number, name in enumerate(names, 1)}
MONTH = "|".join(MONTHS)
YEAR = r"(?P<{0}year>(?:1[89]|20)\d\d)"
# ISO 8601 · 12 February 2002, 1er mars 2002 · February 12, 2002 · February 2002 · 2002, unless it numbers
# a resolution.
DATE = re.compile(
    rf"\b(?:(?P<iso>(?:1[89]|20)\d\d-\d\d(?:-\d\d)?)\b"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th|er)? (?P<a>{MONTH}),? {YEAR.format('a')}\b"
    rf"|(?P<b>{MONTH}) (?P<bday>\d{{1,2}})(?:st|nd|rd|th)?, {YEAR.format('b')}\b"
    rf"|(?P<c>{MONTH}),? {YEAR.format('c')}\b"
    rf"|(?<!Resolution )(?<!Resolutions )(?<!résolution )(?<!No )(?<!No\. )(?<!\d{{4}}[-/–])"
    rf"{YEAR.format('d')}\b(?![,.]\d|[-/–]\d))"
)


def find_dates(text, start, end):
    """Returns each date as (start, end, ISO 8601 of reduced precision)."""
    return [
        (match.start(), match.end(), iso)
        for match in DATE.finditer(text, start, end)
        if (iso := iso_date(match))
    ]


def iso_date(match):
    """Returns the ISO form of a match; empty for a day that the calendar does not have."""
    if match["iso"]:
        year, month, day = (*match["iso"].split("-"), "")[:3]
    else:
        year = match["ayear"] or match["byear"] or match["cyear"] or match["dyear"]
        month_name, day = match["a"] or match["b"] or match["c"], match["day"] or match["bday"] or ""
        month = f"{MONTHS[month_name]:02}" if month_name else ""
    try:
        datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    return "-".join(filter(None, [year, month, day.zfill(2) if day else ""]))


def is_later(date, until):
    """Says that a date in ISO 8601 is later than another, as far as both are precise."""
    length = min(len(date), len(until))
    return date[:length] > until[:length]
