"""What a table of published records is: its columns, how a row is read, how it is narrowed, and how it comes in pages."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timezone, UTC
from functools import cached_property
from operator import attrgetter

from django.db.models import Q, TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

AT_ONCE = 500
SLUG = r"^[-a-zA-Z0-9_]{1,100}$"
# XML, and with it XLSX and Atom, knows no way to write these; PostgreSQL does not even keep the first.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Kind(TextChoices):
    """What the values of a column are. None is ever rounded or made more precise than its source."""

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
    """One column. `of` reads its value from a record: the path of an attribute, or a function; an empty value says that none is on record."""

    name: str
    meaning: str
    of: str | Callable
    kind: Kind = Kind.TEXT
    required: bool = True
    choices: tuple = ()

    @cached_property
    def value_of(self):
        return self.of if callable(self.of) else attrgetter(self.of)

    def read(self, record, site):
        """The value as JSON gives it: text, an integer, or a list; `site` stands before addresses of our own."""
        value = self.value_of(record)
        if self.kind == Kind.TEXT:
            return plain(value)
        if self.kind in (Kind.INTEGER, Kind.FIGURES):
            return value
        if self.kind == Kind.LIST:
            return [plain(each) for each in value]
        if self.kind == Kind.DECIMAL:
            return f"{value.normalize():f}"
        if self.kind == Kind.TIME:
            return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        text = plain(value)
        return f"{site}{text}" if self.kind == Kind.ADDRESS and text.startswith("/") else text

    def cell(self, value):
        """The value as a table without depth gives it: text or a number."""
        if self.kind == Kind.LIST:
            return "; ".join(value)
        if self.kind == Kind.FIGURES:
            return "; ".join(
                " ".join(filter(None, [each["qualifier"], each["value"], each["unit"]])) for each in value
            )
        return value


def plain(value):
    return CONTROLS.sub("", "" if value is None else str(value))


@dataclass(frozen=True)
class Filter:
    """A way to narrow a table: the key in the address, what it chooses by, and what may be asked for."""

    name: str
    meaning: str
    by: str
    choices: tuple = ()
    pattern: str = SLUG

    def narrow(self, records, value):
        return records.filter(**{self.by: value})


class YearFilter(Filter):
    """By the year of a date as precise as its source; `none` chooses what is not dated."""

    def narrow(self, records, value):
        return records.filter(**({self.by: ""} if value == "none" else {f"{self.by}__startswith": value}))


class ClaimFilter(Filter):
    """By the reference of a claim, such as E10."""

    def narrow(self, records, value):
        return records.filter(**{self.by: int(value[1:])})


@dataclass(frozen=True)
class Table:
    """Published records of one kind.

    `key` are the columns that name a row, `order` are pairs of (path, type) that are unique together, and `parents` say of a
    column which other table, and which column of it, has the same value.
    """

    name: str
    title: str
    holds: str
    row_name: str
    columns: tuple
    key: tuple
    order: tuple
    published: Callable
    filters: tuple = ()
    parents: dict = field(default_factory=dict)

    def records(self, chosen):
        """The published records that fit {name of a filter: value}, in order."""
        records = self.published()
        for each in self.filters:
            if chosen.get(each.name):
                records = each.narrow(records, chosen[each.name])
        return records.order_by(*(path for path, _type in self.order))

    def all(self, chosen, site):
        """Every row, read as it is asked for, so that none has to be kept."""
        return (self.row(record, site) for record in self.records(chosen).iterator(chunk_size=AT_ONCE))

    def one(self, key, site):
        """The row with this key; None if there is none that readers may see."""
        [(path, _type)] = self.order
        record = self.published().filter(**{path: key}).first()
        return record and self.row(record, site)

    def page(self, chosen, site, after, limit):
        """(rows, the place where the next page begins, which is empty on the last)."""
        records = self.following(self.records(chosen), after)[: limit + 1]
        shown = list(records)[:limit]
        return [self.row(record, site) for record in shown], self.place(shown[-1]) if len(
            records
        ) > limit else ""

    def row(self, record, site):
        return {column.name: column.read(record, site) for column in self.columns}

    def following(self, records, after):
        """Those after a place. The first part of the condition says nothing new: it lets the database begin there."""
        if not after:
            return records
        place = [type_(part) for (_path, type_), part in zip(self.order, after.split("~"))]
        beyond = Q()
        for depth, ((path, _type), value) in enumerate(zip(self.order, place)):
            level = {name: same for (name, _of), same in zip(self.order[:depth], place)}
            beyond |= Q(**level, **{f"{path}__gt": value})
        return records.filter(beyond, **{f"{self.order[0][0]}__gte": place[0]})

    def place(self, record):
        return "~".join(str(attrgetter(path.replace("__", "."))(record)) for path, _type in self.order)

    @property
    def place_pattern(self):
        parts = {int: r"[0-9]{1,18}", str: r"[-a-zA-Z0-9_]{1,200}"}
        return f"^{'~'.join(parts[type_] for _path, type_ in self.order)}$"

    @property
    def addresses(self):
        """Where the whole of it can be taken home, by form."""
        return {form: reverse(f"data-{self.name}-{form}") for form in ("csv", "json", "xlsx")}
