"""The kinds of columns that a table of figures may have, read from the words over them."""

from enum import StrEnum


class ColumnKind(StrEnum):
    """What the numbers of a column are; only results, and the figures of a year, are achievements."""

    UNIT = "unit"
    REFERENCE = "reference"
    TARGET = "target"
    BASELINE = "baseline"
    CHANGE = "change"
    TOTAL = "total"
    OTHER = "other"
    RESULT = "result"


def column_kind(words, patterns):
    """Returns the kind that words tell; None if they tell none, as the name of a period."""
    return next((kind for pattern, kind in patterns.COLUMN_KINDS if pattern.search(words)), None)
