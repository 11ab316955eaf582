"""Counts the documents of a claim, each once, and says in a table who of them says so."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from organisation.models import Citation, Source

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
class Document:
    """A document that a claim cites, with every citation of it, and its number on the claim's page."""

    source: Source
    citations: list[Citation] = field(default_factory=list)
    number: int = 0

    @property
    def anchor(self):
        return f"document-{self.number}"

    @property
    def distance(self):
        """Returns how far from the organisation it is, by the nearest of its citations: 0 is its own."""
        return min(list(Independence).index(each.independence) for each in self.citations)

    def bears(self, relations, whose):
        return [each for each in self.citations if each.relation in relations and each.independence == whose]


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


def documents_of(citations):
    """Returns the documents of these citations, numbered from 1: its own, partners', independent."""
    by_source = {}
    for citation in citations:
        by_source.setdefault(citation.source_id, Document(citation.source)).citations.append(citation)
    documents = sorted(by_source.values(), key=lambda document: document.distance)
    for number, document in enumerate(documents, 1):
        document.number = number
    return documents


def who_says_so(documents):
    """Returns the table of these documents."""
    rows = [
        Row(name, label, aside, [discs(documents, relations, whose) for whose, _label in COLUMNS])
        for name, label, aside, relations in ROWS
    ]
    in_a_cell = {disc.document.number for row in rows for cell in row.cells for disc in cell}
    return WhoSaysSo(rows, [each for each in documents if each.number not in in_a_cell])


def discs(documents, relations, whose):
    found = [(document, document.bears(relations, whose)) for document in documents]
    return [
        Disc(document, all(each.relation == Relation.SUPPORTS_IN_PART for each in bearing))
        for document, bearing in found
        if bearing
    ]
