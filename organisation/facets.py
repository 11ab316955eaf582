"""Ways to narrow a list: each value that occurs in it, how often, and the address that shows only that."""

from collections import Counter
from dataclasses import dataclass


@dataclass
class Facet:
    title: str
    address: str
    count: int
    current: bool


def facets(name, chosen, found):
    """The facets of `found`, pairs of (value, title) in the order to show, one a listed thing, for the query key `name`."""
    counts, titles = Counter(value for value, _title in found), dict(found)
    return [
        Facet(title, f"?{name}={value}", counts[value], current=value == chosen) for value, title in titles.items()
    ]
