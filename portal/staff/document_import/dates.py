"""Dates in a sentence, as precise as they are written: 2007, 1998-05, 2002-02-12."""

import datetime
import re

MONTHS = "January February March April May June July August September October November December".split()
MONTH = "|".join(MONTHS)
YEAR = r"(?P<{0}year>(?:1[89]|20)\d\d)"
DATE = re.compile(
    rf"\b(?:(?P<iso>(?:1[89]|20)\d\d-\d\d(?:-\d\d)?)\b"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<a>{MONTH}),? {YEAR.format('a')}\b"
    rf"|(?P<b>{MONTH}) (?P<bday>\d{{1,2}})(?:st|nd|rd|th)?, {YEAR.format('b')}\b"
    rf"|(?P<c>{MONTH}),? {YEAR.format('c')}\b"
    rf"|(?<!Resolution )(?<!Resolutions )(?<!No )(?<!No\. ){YEAR.format('d')}\b(?![,.]\d|-\d))"
)


def dates_in(text, start, end):
    """Each date as (start, end, ISO 8601 of its own precision)."""
    return [
        (found.start(), found.end(), iso)
        for found in DATE.finditer(text, start, end)
        if (iso := iso_of(found))
    ]


def iso_of(found):
    if found["iso"]:
        year, month, day = (*found["iso"].split("-"), "")[:3]
    else:
        year = found["ayear"] or found["byear"] or found["cyear"] or found["dyear"]
        name, day = found["a"] or found["b"] or found["c"], found["day"] or found["bday"] or ""
        month = f"{MONTHS.index(name) + 1:02}" if name else ""
    try:
        datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    return "-".join(filter(None, [year, month, day.zfill(2) if day else ""]))
