"""A chart as plain data: its drawings, the rows of its table, and the links to what it counts."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from organisation.models import Source
from organisation.models.quoting import cited_place
from organisation.templatetags.records import figure_value


@dataclass
class Link:
    text: str
    address: str


@dataclass
class Row:
    """One datum with everything needed to read it.

    `addresses` are permanent paths without a host.
    """

    names: tuple[str, ...]
    value: Decimal | int
    unit: str
    qualifier: str = ""
    as_of: str = ""
    records: list[Link] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    origin: str = ""  # how it was computed; empty where a source says it

    def __str__(self):
        message = _("%(qualifier)s %(value)s %(unit)s") if self.qualifier else _("%(value)s %(unit)s")
        text = message % {"qualifier": self.qualifier, "value": figure_value(self.value), "unit": self.unit}
        return _("%(figure)s (computed)") % {"figure": text} if self.origin else text

    @property
    def number(self):
        """Returns the value with its qualifier, without the unit."""
        value = figure_value(self.value)
        return (
            _("%(qualifier)s %(value)s") % {"qualifier": self.qualifier, "value": value}
            if self.qualifier
            else value
        )


@dataclass
class Panel:
    """One drawing.

    `paths` are (CSS class, SVG path data), `labels` are (CSS class, x, y, text), and `notes` say how to
    read it.
    """

    title: str
    description: str
    height: float
    paths: list[tuple] = field(default_factory=list)
    labels: list[tuple] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class Chart:
    """A chart with its table; without rows it reads “not on record”.

    `headings` are those of the names in each row.
    """

    slug: str
    title: str
    headings: list[str]
    rows: list[Row] = field(default_factory=list)
    takeaway: list[str] = field(default_factory=list)
    panels: list[Panel] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sources: list[Link] = field(default_factory=list)

    @property
    def is_dated(self):
        return any(row.as_of for row in self.rows)

    @property
    def csv_url(self):
        return reverse("chart-csv", kwargs={"slug": self.slug})


def source_links(records):
    """Returns a link to every place that the records cite, each once.

    A document that cites nothing is its own source.
    """
    links = {}
    for record in records:
        if isinstance(record, Source) and not record.evidence:
            links[record.get_absolute_url()] = Link(str(record), record.get_absolute_url())
        for citation in record.evidence:
            label, url = cited_place(citation, record)
            links[url] = Link(label, url)
    return list(links.values())
