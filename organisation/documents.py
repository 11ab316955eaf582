"""The documents that the citations of a record lead to: each once, with all that it says of the record."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Citation, Source


@dataclass
class Document:
    """A source with its citations in one record; `number` is its place among the documents, from 1."""

    source: Source
    is_linked: bool = True
    citations: list[Citation] = field(default_factory=list)
    number: int = 0

    @property
    def anchor(self):
        return f"document-{self.number}"

    @property
    def distance(self):
        """Returns how far from the organisation it is, by the nearest of its citations: 0 is its own."""
        return min(list(Citation.Independence).index(each.independence) for each in self.citations)

    def bearing(self, relations, independence):
        """Returns its citations that bear on the record so."""
        return [
            each
            for each in self.citations
            if each.relation in relations and each.independence == independence
        ]

    @property
    def passages(self):
        return [citation.passage for citation in self.citations if citation.passage]

    @property
    def author(self):
        return self.source.author or self.source.publisher

    @property
    def host(self):
        """Returns the host of the address where the document was read; empty where none is on record."""
        return urlsplit(self.source.address or "").hostname or ""

    @property
    def missing(self):
        """Returns one sentence that names what is not on record of the document; empty if all is."""
        source = self.source
        names = [
            name
            for name, value in (
                (_("author"), self.author),
                (_("web address"), source.address),
                (_("archived copy"), source.archived),
                (_("day of access"), source.accessed),
            )
            if not value
        ]
        if not names:
            return ""
        *others, last = names
        if others:
            last = _("%(names)s or %(last)s") % {"names": _(", ").join(others), "last": last}
        return _("No %(names)s is on record.") % {"names": last}


def documents_of(citations, linked=None):
    """Returns the documents of citations, numbered: its own, partners', independent ones.

    `linked` holds the primary keys of the sources that have a public page; without it all have one.
    """
    by_source = {}
    for citation in citations:
        document = by_source.setdefault(
            citation.source_id, Document(citation.source, linked is None or citation.source_id in linked)
        )
        document.citations.append(citation)
    documents = sorted(by_source.values(), key=lambda document: document.distance)
    for number, document in enumerate(documents, 1):
        document.number = number
    return documents


def count_of(documents):
    """Returns how much a record rests on: “4 passages in 3 documents”, or “2 documents” without passages."""
    passages = sum(len(document.passages) for document in documents)
    count = ngettext("%(count)d document", "%(count)d documents", len(documents)) % {"count": len(documents)}
    if not passages:
        return count
    return ngettext("%(count)d passage in %(documents)s", "%(count)d passages in %(documents)s", passages) % {
        "count": passages,
        "documents": count,
    }
