"""Keyset pagination: each page starts at a number, so that no page costs more for being far down the list."""

import re
from dataclasses import dataclass
from operator import attrgetter

PAGE_SIZE = 50


@dataclass
class Page:
    """One page of records; `previous` and `next` are query parameters, empty where there is no such page."""

    records: list
    previous: dict
    next: dict


def keyset_page(records, field, query):
    """Returns the page after=50 or before=51, numbers of `field`; the first if the query names neither."""
    after, before = cursor_number(query, "after"), cursor_number(query, "before")
    # One record more than is shown tells whether there is another page in the same direction.
    if before and not after:
        rows = list(records.filter(**{f"{field}__lt": before}).order_by(f"-{field}")[: PAGE_SIZE + 1])
        shown, has_previous = rows[:PAGE_SIZE][::-1], len(rows) > PAGE_SIZE
        has_next = records.filter(**{f"{field}__gte": before}).exists()
    else:
        rows = list(records.filter(**{f"{field}__gt": after}).order_by(field)[: PAGE_SIZE + 1])
        shown, has_next = rows[:PAGE_SIZE], len(rows) > PAGE_SIZE
        has_previous = bool(after) and records.filter(**{f"{field}__lte": after}).exists()
    number_of = attrgetter(field.replace("__", "."))
    # A page without records still leads back to the number that it was asked for.
    first, last = (number_of(shown[0]), number_of(shown[-1])) if shown else (after + 1, before - 1)
    return Page(shown, {"before": first} if has_previous else {}, {"after": last} if has_next else {})


def cursor_number(query, key):
    """Returns the number under a key of the query; 0 for whatever is no number of a record."""
    value = query.get(key, "")
    return int(value) if re.fullmatch(r"\d{1,9}", value, re.ASCII) else 0
