"""The signs of a result: squares by how far a reading is shown, and arrows and waves for qualifiers."""

from django.utils.translation import gettext as _

from impact.grades import Shown
from impact.models import Change
from organisation.dates import partial_date_text

# Up to so many readings all are written, and up to so many those that stand out.
FEW, SOME = 12, 24
# In pixels around the value. An arrow is a direction and has always the same length.
SQUARE = "M-6 -6h12v12h-12z"
CORE = "M-2.8 -2.8h5.6v5.6h-5.6z"
CROSS = "M-6 -6L6 6M6 -6L-6 6"
SMALL_SQUARE = "M-3 -3h6v6h-6z"
UPWARDS, UPPER_HEAD = "M0 -9V-24", "M-4.5 -21L0 -27L4.5 -21"
DOWNWARDS, LOWER_HEAD = "M0 9V24", "M-4.5 21L0 27L4.5 21"
WAVES = "M-21 2q3 -6 6 -2t6 -2M9 2q3 -6 6 -2t6 -2"
MARKS = {
    Shown.INDEPENDENT: "independent",
    Shown.PARTNER: "partner",
    Shown.OWN: "own",
    Shown.UNSOURCED: "own",
    Shown.CONTRADICTED: "contradicted",
}


def stands_out(row):
    """True of a reading that is written out everywhere: qualified, corrected, contradicted, or aimed at."""
    reading = row.reading
    return bool(reading.figure.qualifier or reading.corrected_from or reading.contradictions or row.target)


def note_below(row):
    if row.reading.is_baseline:
        return _("baseline")
    if row.reading.corrected_from and row.reading.edition.change == Change.CORRECTION:
        day = partial_date_text(row.reading.edition.published_at.date().isoformat())
        return _("corrected %(day)s") % {"day": day}
    return ""


def labelled_rows(rows):
    """Returns the keys of the rows whose value is written: of few all, of many those that stand out."""
    if len(rows) <= FEW:
        return {id(row) for row in rows}
    values = sorted(rows, key=lambda row: row.reading.figure.value)
    chosen = [rows[0], rows[-1], values[0], values[-1]]
    if len(rows) <= SOME:
        chosen += [row for row in rows if stands_out(row)]
    return {id(row) for row in chosen}
