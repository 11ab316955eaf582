"""A table of published records: its columns, its filters, and its rows whole or in pages by keyset."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC
from functools import cached_property
from operator import attrgetter

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisation.characters import without_control_signs
from organisation.paging import Keyset, first_rows

CHUNK_ROWS = 500
SLUG_PATTERN = r"^[-a-zA-Z0-9_]{1,100}$"
REFERENCE_PATTERN = r"^[Ee][1-9][0-9]{0,8}$"
YEAR_PATTERN = r"^([0-9]{4}|none)$"
# A cursor is the values of the ordering columns of a row, joined by this sign, which none of them holds.
CURSOR_SEPARATOR = "~"


class Kind(TextChoices):
    """The type of a column's values.

    None is ever rounded or made more precise than its source.
    """

    TEXT = "text", _("Text")
    ADDRESS = "address", _("Address")
    DATE = "date", _("Date as precise as its source")
    TIME = "time", _("Day and time")
    INTEGER = "integer", _("Whole number")
    DECIMAL = "decimal", _("Number")
    LIST = "list", _("List")
    FIGURES = "figures", _("List of figures")


@dataclass(frozen=True)
class Column:
    """One column of a table.

    `accessor` reads the value from a record: the dotted path of an attribute, or a function. An empty value
    means that none is on record. `choices` are its values, or a function that returns those of now.
    """

    name: str
    meaning: str
    accessor: str | Callable
    kind: Kind = Kind.TEXT
    required: bool = True
    choices: tuple | Callable = ()

    @property
    def values(self):
        return values_of(self.choices)

    @cached_property
    def get_value(self):
        return self.accessor if callable(self.accessor) else attrgetter(self.accessor)

    def read(self, record, base_url):
        """Returns the value as JSON has it: text, an integer or a list.

        `base_url` completes the paths of this site to addresses.
        """
        value = self.get_value(record)
        if self.kind == Kind.TEXT:
            return clean_text(value)
        if self.kind in (Kind.INTEGER, Kind.FIGURES):
            return value
        if self.kind == Kind.LIST:
            return [clean_text(each) for each in value]
        if self.kind == Kind.DECIMAL:
            return "" if value is None else f"{value.normalize():f}"
        if self.kind == Kind.TIME:
            return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        text = clean_text(value)
        return f"{base_url}{text}" if self.kind == Kind.ADDRESS and text.startswith("/") else text

    def cell(self, value):
        """Flattens a value that `read` returned for CSV and XLSX: text or a number."""
        if self.kind == Kind.LIST:
            return "; ".join(value)
        if self.kind == Kind.FIGURES:
            return "; ".join(map(figure_cell, value))
        return value


def values_of(choices):
    """Returns the values of a column or a filter as they are now."""
    return choices() if callable(choices) else choices


WHOSE_WORDS = ("quotation", "in our words")


def whose_words(record):
    return WHOSE_WORDS[not record.is_quotation]


def life_column(name, accessor):
    """Returns the column that says what became of an organisation, or of none, which the accessor returns."""
    return Column(
        f"{name}_life",
        _("What became of it, such as “closed 2019”; empty if nothing of the kind is on record."),
        lambda record: (organisation := accessor(record)) and organisation.life.mark or "",
        required=False,
    )


def organisation_columns(meaning, path):
    """Returns the columns that name an organisation, found under a dotted path of every record."""
    return (
        Column("organisation", meaning, f"{path}.official_name"),
        Column(
            "organisation_slug",
            _("The same organisation, as the table of organisations names it."),
            f"{path}.slug",
        ),
        life_column("organisation", attrgetter(path)),
    )


def figure_cell(figure):
    number = [figure["qualifier"], figure["value"], figure["unit"]]
    text = " ".join(filter(None, number)) if figure["value"] else figure["as_written"]
    return f"{text} ({figure['computed_from']})" if figure["computed_from"] else text


def cells(table, row):
    return [column.cell(row[column.name]) for column in table.columns]


def clean_text(value):
    """Returns the value as text without control characters; None becomes empty."""
    return without_control_signs("" if value is None else str(value))


@dataclass(frozen=True)
class Filter:
    """A query parameter that narrows a table: its name, the lookup of the ORM, and the values allowed.

    `former` maps values of earlier versions, which are allowed as well, to those that took their place.
    """

    name: str
    meaning: str
    lookup: str
    choices: tuple | Callable = ()
    pattern: str = SLUG_PATTERN
    former: dict = field(default_factory=dict)

    @property
    def values(self):
        return values_of(self.choices)

    def narrow(self, records, value):
        if value in self.former:
            return records.filter(**{f"{self.lookup}__in": self.former[value]})
        return records.filter(**{self.lookup: value})


@dataclass(frozen=True)
class YearFilter(Filter):
    """Narrows by the year of a date as precise as its source; `none` selects the undated."""

    pattern: str = YEAR_PATTERN

    def narrow(self, records, value):
        return records.filter(
            **({self.lookup: ""} if value == "none" else {f"{self.lookup}__startswith": value})
        )


@dataclass(frozen=True)
class ClaimFilter(Filter):
    """Narrows by the reference of a claim, such as E10."""

    pattern: str = REFERENCE_PATTERN

    def narrow(self, records, value):
        return records.filter(**{self.lookup: int(value[1:])})


@dataclass(frozen=True)
class Table:
    """Published records of one kind.

    `key` are the columns that name a row, `ordering` are pairs of (lookup path, type) that are unique
    together, and `foreign_keys` map a column to (other table, its column).
    """

    name: str
    title: str
    description: str
    row_name: str
    columns: tuple
    key: tuple
    ordering: tuple
    published: Callable
    filters: tuple = ()
    foreign_keys: dict = field(default_factory=dict)

    @cached_property
    def keyset(self):
        return Keyset(*(path for path, _type in self.ordering))

    def records(self, filter_values):
        """Returns the published records that pass {filter name: value}, in order."""
        records = self.published()
        for each in self.filters:
            if filter_values.get(each.name):
                records = each.narrow(records, filter_values[each.name])
        return records.order_by(*self.keyset.ordering)

    def rows(self, filter_values, base_url):
        """Yields every row while the database is read, so that memory does not grow with the table."""
        return (
            self.row(record, base_url)
            for record in self.records(filter_values).iterator(chunk_size=CHUNK_ROWS)
        )

    def get(self, key, base_url):
        """Returns the row with a key of one column; None if no published record has it."""
        [(path, _type)] = self.ordering
        record = self.published().filter(**{path: key}).first()
        return record and self.row(record, base_url)

    def page(self, filter_values, base_url, cursor, limit):
        """Returns (rows, cursor of the next page); the cursor is empty on the last page."""
        shown, has_more = first_rows(self.after(self.records(filter_values), cursor), limit)
        next_cursor = self.cursor(shown[-1]) if has_more else ""
        return [self.row(record, base_url) for record in shown], next_cursor

    def row(self, record, base_url):
        return {column.name: column.read(record, base_url) for column in self.columns}

    def after(self, records, cursor):
        """Returns the records behind a cursor; an empty one stands before the first."""
        if not cursor:
            return records
        parts = zip(self.ordering, cursor.split(CURSOR_SEPARATOR), strict=True)
        return self.keyset.after([type_(part) for (_path, type_), part in parts], records)

    def cursor(self, record):
        return CURSOR_SEPARATOR.join(map(str, self.keyset.position(record)))

    @property
    def cursor_pattern(self):
        patterns = {int: r"[0-9]{1,18}", str: r"[-a-zA-Z0-9_]{1,200}"}
        return f"^{CURSOR_SEPARATOR.join(patterns[type_] for _path, type_ in self.ordering)}$"

    @property
    def file_urls(self):
        """Maps each file format to the address of the whole table in it."""
        return {
            file_format: reverse(f"data-{self.name}-{file_format}") for file_format in ("csv", "json", "xlsx")
        }
