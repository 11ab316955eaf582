"""A long list in pages, each found by the number at its edge: no page costs more for standing far down the list."""

import re
from dataclasses import dataclass
from operator import attrgetter

SIZE = 50


@dataclass
class Page:
    """The records shown; `previous` and `next` are what the address of the page before and after says, empty where there is none."""

    records: list
    previous: dict
    next: dict


def page_of(records, field, given):
    """The page that the query asks for with after=50 or before=51, numbers of `field`; the first if it asks for none."""
    after, before = number_in(given, "after"), number_in(given, "before")
    if before and not after:
        found = list(records.filter(**{f"{field}__lt": before}).order_by(f"-{field}")[: SIZE + 1])
        shown, earlier = found[:SIZE][::-1], len(found) > SIZE
        later = records.filter(**{f"{field}__gte": before}).exists()
    else:
        found = list(records.filter(**{f"{field}__gt": after}).order_by(field)[: SIZE + 1])
        shown, later = found[:SIZE], len(found) > SIZE
        earlier = bool(after) and records.filter(**{f"{field}__lte": after}).exists()
    number_of = attrgetter(field.replace("__", "."))
    first, last = (number_of(shown[0]), number_of(shown[-1])) if shown else (after + 1, before - 1)
    return Page(shown, {"before": first} if earlier else {}, {"after": last} if later else {})


def number_in(given, key):
    """The number that the query says for a key; 0 for whatever is no number of a record."""
    value = given.get(key, "")
    return int(value) if re.fullmatch(r"\d{1,9}", value, re.ASCII) else 0
