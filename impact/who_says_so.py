"""Says in a table which of the documents of a claim say so, repeat it, or contradict it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from organisation.documents import Document
from organisation.models import Citation

Relation, Independence = Citation.Relation, Citation.Independence

ROWS = (
    ("supports", _("says or supports it"), "", Citation.AT_LEAST_IN_PART),
    ("repeats", _("repeats it"), _("(adds no weight)"), (Relation.REPEATS,)),
    ("contradicts", _("contradicts it"), "", (Relation.CONTRADICTS,)),
)
COLUMNS = (
    (Independence.OWN, _("Its own")),
    (Independence.PARTNER, _("A partner")),
    (Independence.INDEPENDENT, _("Independent")),
)


@dataclass
class Disc:
    """A document's number in a cell of the table."""

    document: Document
    in_part: bool


@dataclass
class Row:
    """A row of the table: what documents do to the claim, and those that do it by whose they are."""

    name: str
    label: str
    aside: str
    cells: list[list[Disc]]


@dataclass
class WhoSaysSo:
    """A table of documents: what they do by whose they are; those that only give context stand in no cell."""

    rows: list[Row]
    context: list[Document]
    columns = tuple(label for _whose, label in COLUMNS)


def who_says_so(documents):
    """Returns the table of these documents."""
    rows = [
        Row(name, label, aside, [discs(documents, relations, whose) for whose, _label in COLUMNS])
        for name, label, aside, relations in ROWS
    ]
    in_a_cell = {disc.document.number for row in rows for cell in row.cells for disc in cell}
    return WhoSaysSo(rows, [each for each in documents if each.number not in in_a_cell])


def discs(documents, relations, whose):
    found = [(document, document.bearing(relations, whose)) for document in documents]
    return [
        Disc(document, all(each.relation == Relation.SUPPORTS_IN_PART for each in bearing))
        for document, bearing in found
        if bearing
    ]
