"""Puts the periods of readings into words, and says which of them can be compared.

A period is two partial dates, as precise as the source: its first and its last day, month or year. Of a state
on one day both are the same. The year “2024” is not said to be a calendar year: that has two days.
"""

import re

from django.utils.translation import gettext as _

from organisation.dates import PARTIAL_DATE, partial_date_text

CALENDAR_YEAR = re.compile(r"(\d{4})-01(?:-01)?/\1-12(?:-31)?", re.ASCII)


def period_text(starts, ends):
    """Returns “2024”, “April 2023 to March 2024”, “12 February 2002”, or “undated”."""
    if not starts and not ends:
        return _("undated")
    if not starts or starts == ends:
        return partial_date_text(starts or ends)
    if CALENDAR_YEAR.fullmatch(f"{starts}/{ends}"):
        return _("calendar year %(year)s") % {"year": starts[:4]}
    return _("%(start)s to %(end)s") % {"start": partial_date_text(starts), "end": partial_date_text(ends)}


def iso_period(starts, ends):
    """Returns a period as ISO 8601 writes it: one date, or two with a slash; empty where it is not stated."""
    return starts if starts == ends else f"{starts}/{ends}"


def place_in_years(date, is_end):
    """Returns where a partial date begins or ends, in years: 2024-07 begins at 2024.5 and ends a month on."""
    year, month, day = (int(part or 0) for part in PARTIAL_DATE.fullmatch(date).groups())
    if not month:
        return year + is_end
    if not day:
        return year + (month - 1 + is_end) / 12
    return year + (month - 1 + min((day - 1 + is_end) / 30, 1)) / 12


def span_in_years(starts, ends):
    """Returns where a period begins and where it ends, in years."""
    return place_in_years(starts, False), place_in_years(ends, True)
