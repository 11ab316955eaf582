"""Ways to narrow a list: a row of links for each key of the address. Rows combine: a choice in one keeps those in the others."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Case, CharField, Exists, Expression, F, OuterRef, Value, When
from django.db.models.functions import Left
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .dates import partial_date_text
from .models import Organisation

MOST_COUNTED = 1000
MOST_ORGANISATIONS = 40
NOT_STATED = "none"
ANY = "\x00"  # in the place of a value: no reader's can be this


@dataclass(frozen=True)
class Count:
    """How many there are. Counting stops at 1,000, and `more` says that it did."""

    number: int
    more: bool = False


@dataclass(frozen=True)
class Facet:
    """One way to narrow a list: the key in the address, its label, what of a record is looked at, and pairs of (value, title) in order."""

    key: str
    label: str
    of: Expression | None
    values: list

    def narrow(self, records, value):
        return records.alias(**{f"by_{self.key}": self.of}).filter(**{f"by_{self.key}": value})


@dataclass
class Link:
    title: str
    address: str
    current: bool
    count: Count | None = None


@dataclass
class Row:
    label: str
    links: list[Link]


class Facets:
    """The facets of a list and what the address chooses of them. `given` is the query; `anchor` is where on its page the list stands."""

    def __init__(self, facets, given, anchor=""):
        self.facets = facets
        self.fragment = f"#{anchor}" if anchor else ""
        # A NUL is a letter to no reader, and PostgreSQL refuses it.
        values = {facet.key: given.get(facet.key, "").replace("\x00", "") for facet in facets}
        self.chosen = {key: value for key, value in values.items() if value}

    def narrow(self, records, but=None):
        """The records that fit what is chosen, in all facets or in all but one."""
        for facet in self.facets:
            if facet is not but and facet.key in self.chosen:
                records = facet.narrow(records, self.chosen[facet.key])
        return records

    def count(self, records):
        """How many records are shown, and how many each (key, value) would show: one query, however many there are."""
        lists, offered = [statement(self.narrow(records))], []
        for facet in self.facets:
            sql, params = statement(
                facet.narrow(self.narrow(records, but=facet), ANY)
            )  # composed once, whatever its value
            for value, _title in facet.values:
                lists.append((sql, [value if each == ANY else each for each in params]))
                offered.append((facet.key, value))
        shown, *counts = count_each(lists)
        return shown, dict(zip(offered, counts))

    def rows(self, counts):
        """A row for each facet, of the values that would show anything and of the one that is chosen."""
        rows = [Row(facet.label, self.links(facet, counts)) for facet in self.facets]
        return [row for row in rows if row.links]

    def links(self, facet, counts):
        chosen = self.chosen.get(facet.key, "")
        links = [
            Link(title, self.address(**{facet.key: value}), value == chosen, counts[facet.key, value])
            for value, title in facet.values
            if value == chosen or counts[facet.key, value].number
        ]
        return (
            [Link(_("All"), self.address(**{facet.key: ""}), not chosen), *links] if links or chosen else []
        )

    def address(self, **changes):
        """The present choice with these changes, from the page it stands on; an empty value drops its key."""
        query = {facet.key: self.chosen.get(facet.key, "") for facet in self.facets} | changes
        query = urlencode({key: value for key, value in query.items() if value})
        return (f"?{query}" if query else "./") + self.fragment


def statement(records):
    """The SQL that finds no more of these records than are counted, and its values."""
    return records.order_by().values("pk")[: MOST_COUNTED + 1].query.sql_with_params()


def count_each(statements):
    """How many records each finds, all in one query that stops counting where nobody reads on."""
    columns = ", ".join(f"(SELECT COUNT(*) FROM ({sql}) AS counted)" for sql, _params in statements)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}", [each for _sql, params in statements for each in params])
        return [Count(min(number, MOST_COUNTED), number > MOST_COUNTED) for number in cursor.fetchone()]


def by_organisation(records, field):
    """By the organisation in `field`: those with a profile first, no more than fit on a screen. Any other can be chosen by its address."""
    named = Exists(records.order_by().filter(**{field: OuterRef("pk")}))
    values = (
        Organisation.objects.filter(named)
        .order_by("-profiled", "order", "official_name")
        .values_list("slug", "official_name")
    )
    return Facet("organisation", _("Organisation"), F(f"{field}__slug"), list(values[:MOST_ORGANISATIONS]))


def by_year(records, field):
    """By the year of the partial date in `field`, the newest first; “not stated” is a value."""
    year = Case(When(**{field: ""}, then=Value(NOT_STATED)), default=Left(field, 4), output_field=CharField())
    found = records.order_by().values_list(year, flat=True).distinct()
    years = sorted(found, key=lambda each: (each != NOT_STATED, each), reverse=True)
    return Facet(
        "year",
        _("Year"),
        year,
        [(each, partial_date_text(each if each != NOT_STATED else "")) for each in years],
    )
