"""Says once that no source dates what a block shows: not once a row."""

from django.utils.translation import gettext as _

OF_ONE = 2  # the days of a claim and of its figure


def dates_of(editions):
    """Yields the days for which editions and their figures hold, empty where none is on record."""
    for edition in editions:
        yield edition.as_of
        yield from (figure.as_of or figure.starts for figure in edition.figures.all())


def undated_note(dates):
    """Returns the sentence that stands above what none of these dates; empty where one is on record."""
    dates = list(dates)
    if any(dates):
        return ""
    if len(dates) <= OF_ONE:
        return _("No source says on what day it held.")
    return _("No source says on what day any of them held.")
