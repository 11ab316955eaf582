"""Faceted filtering of a list: a row of links for each query key, each link with its count.

Facets combine: a value selected in one keeps those selected in the others.
"""

from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Case, CharField, Exists, Expression, F, OuterRef, Value, When
from django.db.models.functions import Left
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .dates import partial_date_text
from .models import Organisation, site_settings

COUNT_LIMIT = 1000
ORGANISATION_LIMIT = 40
NOT_STATED = "none"
# Stands for a facet's value in compiled SQL. No visitor can send it: Facets drops every NUL from the query.
PLACEHOLDER = "\x00"


@dataclass(frozen=True)
class CappedCount:
    """A number of records. Counting stops at a limit, by default at 1,000, and `more` says that it did."""

    number: int
    more: bool = False

    @classmethod
    def of(cls, number, limit=COUNT_LIMIT):
        """Returns the count of what was counted up to one more than the limit."""
        return cls(min(number, limit), number > limit)


@dataclass(frozen=True)
class Facet:
    """A property that a list is filtered by: its query key, label, expression and (value, title) choices.

    `former` maps the values of earlier versions to those that took their place: an address that asks for one
    is still answered, and none of them is offered. `groups` maps a value to those of the expression that it
    stands for. One that is not `is_offered` is a row only where the query asks by it.
    """

    key: str
    label: str
    expression: Expression | None
    choices: list
    former: dict = field(default_factory=dict)
    groups: dict = field(default_factory=dict)
    is_offered: bool = True

    def filter(self, records, value):
        records = records.alias(**{f"by_{self.key}": self.expression})
        values = (self.groups | self.former).get(value)
        if values is None:
            return records.filter(**{f"by_{self.key}": value})
        return records.filter(**{f"by_{self.key}__in": values})


@dataclass
class FacetLink:
    title: str
    address: str
    current: bool
    count: CappedCount | None = None


@dataclass
class FacetRow:
    label: str
    links: list[FacetLink]


class Facets:
    """The facets of a list with the values that a query selects.

    `query` is a QueryDict; `anchor` is the id of the list on its page, to which every link leads back; `kept`
    is the part of the query that narrows nothing and stands in every link.
    """

    def __init__(self, facets, query, anchor="", kept=None):
        self.facets = facets
        self.kept = kept or {}
        self.fragment = f"#{anchor}" if anchor else ""
        # PostgreSQL refuses a NUL in text.
        values = {facet.key: query.get(facet.key, "").replace("\x00", "") for facet in facets}
        self.selected = {key: value for key, value in values.items() if value}

    def filter(self, records, skip=None):
        """Returns the records that match the selected values of all facets, or of all but `skip`."""
        for facet in self.facets:
            if facet is not skip and facet.key in self.selected:
                records = facet.filter(records, self.selected[facet.key])
        return records

    @property
    def offered(self):
        return [each for each in self.facets if each.is_offered or each.key in self.selected]

    def facet_counts(self, records):
        """Returns the count of the filtered records, and {(key, value): count}, in one query.

        The count of a value ignores what its own facet has selected: it says what selecting it would show.
        """
        statements, choices = [capped_sql(self.filter(records))], []
        for facet in self.offered:
            others = self.filter(records, skip=facet)
            # Compiled once a facet, not once a value: only this parameter differs, unless values are grouped.
            sql, params = capped_sql(facet.filter(others, PLACEHOLDER))
            for value, _title in facet.choices:
                statements.append(
                    capped_sql(facet.filter(others, value))
                    if value in facet.groups
                    else (sql, [value if each == PLACEHOLDER else each for each in params])
                )
                choices.append((facet.key, value))
        total, *counts = map(CappedCount.of, row_counts(statements))
        return total, dict(zip(choices, counts, strict=True))

    def rows(self, counts):
        """Returns a row for each facet, of the values that match anything and of the one that is selected."""
        rows = [FacetRow(facet.label, self.links(facet, counts)) for facet in self.offered]
        return [row for row in rows if row.links]

    def links(self, facet, counts):
        selected = self.selected.get(facet.key, "")
        links = [
            FacetLink(title, self.address(**{facet.key: value}), value == selected, counts[facet.key, value])
            for value, title in facet.choices
            if value == selected or counts[facet.key, value].number
        ]
        if not links and not selected:
            return []
        if selected in facet.former:
            links.append(
                FacetLink(_("Formerly “%(value)s”") % {"value": selected}, self.address(), current=True)
            )
        return [FacetLink(_("All"), self.address(**{facet.key: ""}), not selected), *links]

    def address(self, **changes):
        """Returns the relative URL of the selection with these changes; an empty value drops its key."""
        query = self.kept | {facet.key: self.selected.get(facet.key, "") for facet in self.facets} | changes
        return query_address(query) + self.fragment


def query_address(parameters):
    """Returns the relative URL with these parameters, without those that are empty."""
    query = urlencode({key: value for key, value in parameters.items() if value})
    return f"?{query}" if query else "./"


def capped(records, limit=COUNT_LIMIT):
    """Returns as many records as are counted, and one more."""
    return records.order_by().values("pk")[: limit + 1]


def capped_count(records, limit):
    return CappedCount.of(capped(records, limit).count(), limit)


def capped_sql(records):
    return capped(records).query.sql_with_params()


def row_counts(statements):
    """Returns the number of rows of each (sql, params), all counted in one query."""
    if not statements:
        return []
    columns = ", ".join(f"(SELECT COUNT(*) FROM ({sql}) AS counted)" for sql, _params in statements)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}", [each for _sql, params in statements for each in params])
        return list(cursor.fetchone())


def organisation_facet(records, field):
    """Returns the facet of the organisation in `field`, those with a profile first.

    It offers no more than fit on a screen; any other can be selected by its slug in the query. Where the
    site speaks of one organisation, and all is its own, there is nothing to choose.
    """
    has_records = Exists(records.order_by().filter(**{field: OuterRef("pk")}))
    organisations = Organisation.objects.filter(has_records).order_by(
        "-profiled", "order", "official_name", "pk"
    )
    choices = [(each.slug, each.named) for each in organisations[:ORGANISATION_LIMIT]]
    if len(choices) == 1 and not site_settings().several_organisations:
        choices = []
    return Facet("organisation", _("Organisation"), F(f"{field}__slug"), choices)


def year_facet(records, field):
    """Returns the facet of the year of the partial date in `field`, newest first, “not stated” last."""
    year = Case(When(**{field: ""}, then=Value(NOT_STATED)), default=Left(field, 4), output_field=CharField())
    values = records.order_by().values_list(year, flat=True).distinct()
    years = sorted(values, key=lambda value: (value != NOT_STATED, value), reverse=True)
    choices = [(value, partial_date_text("" if value == NOT_STATED else value)) for value in years]
    return Facet("year", _("Year"), year, choices)
