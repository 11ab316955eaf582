"""Says once that no source dates what a block shows: not once a row."""

from django.utils.translation import gettext as _


def dates_of(editions):
    """Yields the days for which editions and their figures hold, empty where none is on record."""
    for edition in editions:
        yield edition.as_of
        yield from (figure.as_of for figure in edition.figures.all())


def undated_note(dates):
    """Returns the sentence that stands above what none of these dates; empty where one is on record."""
    return "" if any(dates) else _("No source says on what day any of them held.")
