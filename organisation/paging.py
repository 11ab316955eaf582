"""Keyset pagination: each page starts at a row, so that no page costs more for being far down the list."""

import re
from dataclasses import dataclass
from operator import attrgetter

from django.db.models import Q

PAGE_SIZE = 50


class Keyset:
    """An order of rows by fields that are unique together; a field with a minus is sorted downwards.

    A position is the tuple of a row's values in these fields.
    """

    def __init__(self, *ordering):
        self.ordering = ordering
        self.fields = [field.removeprefix("-") for field in ordering]

    def after(self, position, records, *others):
        """Returns the records behind a position, in order, of several querysets the union; None is the start.

        They are compared as tuples: (a, b, c) > (x, y, z).
        """
        if position is not None:
            records, *others = (each.filter(self.is_after(position)) for each in (records, *others))
        union = records.union(*others, all=True) if others else records
        return union.order_by(*self.ordering)

    def is_after(self, position):
        lookups = ["lt" if field.startswith("-") else "gt" for field in self.ordering]
        behind = Q()
        for depth, (field, lookup) in enumerate(zip(self.fields, lookups, strict=True)):
            same = dict(zip(self.fields[:depth], position, strict=False))
            behind |= Q(**same, **{f"{field}__{lookup}": position[depth]})
        if len(self.fields) == 1:
            return behind
        # The bound follows from the rest, but it lets the database start within the index.
        return behind & Q(**{f"{self.fields[0]}__{lookups[0]}e": position[0]})

    def position(self, record):
        return tuple(attrgetter(field.replace("__", "."))(record) for field in self.fields)

    def position_of_first(self, records):
        """Returns the position of the first record of a queryset; None if it is empty."""
        return records.values_list(*self.fields).first()


def first_rows(rows, size):
    """Returns the first rows of a queryset or list, and True if there are more, without counting them."""
    rows = list(rows[: size + 1])
    return rows[:size], len(rows) > size


@dataclass
class Page:
    """One page of records; `previous` and `next` are query parameters, empty where there is no such page."""

    records: list
    previous: dict
    next: dict


def keyset_page(records, field, query):
    """Returns the page after=50 or before=51, numbers of `field`; the first if the query names neither."""
    after, before = cursor_number(query, "after"), cursor_number(query, "before")
    forwards, backwards = Keyset(field), Keyset(f"-{field}")
    if before and not after:
        rows, has_previous = first_rows(backwards.after([before], records), PAGE_SIZE)
        shown, has_next = rows[::-1], forwards.after([before - 1], records).exists()
    else:
        shown, has_next = first_rows(forwards.after([after], records), PAGE_SIZE)
        has_previous = bool(after) and backwards.after([after + 1], records).exists()
    # A page without records still leads back to the number that it was asked for.
    (first,), (last,) = (
        map(forwards.position, (shown[0], shown[-1])) if shown else ([after + 1], [before - 1])
    )
    return Page(shown, {"before": first} if has_previous else {}, {"after": last} if has_next else {})


def cursor_number(query, key):
    """Returns the number under a key of the query; 0 for whatever is no number of a record."""
    value = query.get(key, "")
    return int(value) if re.fullmatch(r"\d{1,9}", value, re.ASCII) else 0
