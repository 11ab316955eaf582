"""Prepares a page of results: hits with excerpts, facets, and other queries where nothing is found."""

from collections import defaultdict
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.text import Truncator

from impact.models import Edition
from organisation.facets import CappedCount, FacetLink, Facets, query_address
from organisation.models.record import prefetch_evidence
from portal.models import SearchEntry

from .addresses import entry_addresses
from .documents import DOCUMENT_TYPES
from .excerpt import Excerpt, excerpt
from .query import MAX_RESULTS, Search, suggested_entries

PAGE_SIZE = 20
MAX_SUGGESTION_LENGTH = 110
# The types of records that say something in the name of their organisation.
SPOKEN = ("claim", "statement", "milestone", "ask", "affiliation")


@dataclass
class Hit:
    entry: SearchEntry
    kind: str
    address: str
    title: Excerpt
    text: Excerpt | None
    as_it_said: str

    @property
    def speaker(self):
        """Returns whose it is and what became of that; of an organisation only the latter."""
        organisation = self.entry.organisation
        if not organisation:
            return ""
        return organisation.life.mark if self.entry.kind == "organisation" else organisation.named


class Results:
    """Answers the query string of a results page: q, kind, organisation, page."""

    def __init__(self, parameters):
        self.search = Search(
            parameters.get("q", ""), parameters.get("kind", ""), parameters.get("organisation", "")
        )
        self.page_number = parameters.get("page", "")

    @property
    def query(self):
        return self.search.query.typed

    @property
    def asks_for_nothing(self):
        """True if something was typed, but no word to look for: only signs, or only exclusions."""
        return bool(self.query) and not self.search.query.all_words.groups

    @property
    def count(self):
        return CappedCount(self.search.count, self.search.has_more)

    @cached_property
    def page(self):
        return Paginator(self.search.ids[:MAX_RESULTS], PAGE_SIZE).get_page(self.page_number)

    @cached_property
    def hits(self):
        entries = self.search.entries(self.page.object_list)
        addresses, said = entry_addresses(entries), times_of_saying(entries)
        return [self.hit(entry, addresses[entry.pk], said.get(entry.pk, "")) for entry in entries]

    def hit(self, entry, address, as_it_said):
        title, text = excerpt(entry.title, self.search.query), excerpt(entry.text, self.search.query)
        # A claim's wording is its title: its limitations are worth their place only where they alone hold a
        # word.
        shown = text if entry.kind != "claim" or text.stems - title.stems else None
        return Hit(entry, DOCUMENT_TYPES[entry.kind].label, address, title, shown, as_it_said)

    @cached_property
    def rows(self):
        facets, counts = self.search.facets()
        rows = Facets(facets, self.parameters, kept=self.parameters).rows(counts)
        # “All” and a single value leave nothing to choose, unless that value is chosen.
        return [row for row in rows if len(row.links) > 2 or any(link.current for link in row.links[1:])]

    @property
    def parameters(self):
        return {
            "q": self.query,
            "kind": self.search.kind,
            "organisation": self.search.organisation_slug,
        }

    def address(self, **changes):
        return query_address(self.parameters | changes)

    @property
    def previous_address(self):
        return self.address(page=self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def next_address(self):
        return self.address(page=self.page.next_page_number()) if self.page.has_next() else ""

    @property
    def unnarrowed_address(self):
        is_narrowed = self.search.kind or self.search.organisation_slug
        return self.address(kind="", organisation="") if is_narrowed else ""

    @cached_property
    def alternatives(self):
        queries = self.search.alternative_queries()
        return [FacetLink(query, query_address({"q": query}), current=False) for query in queries]


def times_of_saying(entries):
    """Returns {primary key of an entry: when an organisation that is over said so} of what they say."""
    keys = defaultdict(dict)
    for entry in entries:
        if entry.kind in SPOKEN and entry.organisation and entry.organisation.life.is_over:
            keys[entry.kind][entry.object_id] = entry
    records = {kind: spoken_records(kind, by_key) for kind, by_key in keys.items()}
    prefetch_evidence([record for of_kind in records.values() for record in of_kind.values()])
    said = {}
    for kind, of_kind in records.items():
        for key, record in of_kind.items():
            record.organisation = keys[kind][key].organisation
            said[keys[kind][key].pk] = record.as_it_said
    return said


def spoken_records(kind, keys):
    """Returns {primary key: the record of this kind, or the current edition of a claim}."""
    if kind == "claim":
        return {each.claim_id: each for each in Edition.objects.current().filter(claim__in=keys)}
    return DOCUMENT_TYPES[kind].all_records().in_bulk(list(keys))


def suggestions(typed):
    """Returns what the search box offers: title, kind and address of each entry that has one."""
    entries = suggested_entries(typed)
    addresses = entry_addresses(entries)
    return [
        {
            "title": " ".join(
                filter(
                    None, [entry.label, Truncator(entry.title).chars(MAX_SUGGESTION_LENGTH), mark_of(entry)]
                )
            ),
            "kind": str(DOCUMENT_TYPES[entry.kind].label),
            "address": addresses[entry.pk],
        }
        for entry in entries
        if addresses[entry.pk]
    ]


def mark_of(entry):
    """Returns “(closed 2019)” for the entry of an organisation that is over; else nothing."""
    mark = entry.kind == "organisation" and entry.organisation and entry.organisation.life.mark
    return f"({mark})" if mark else ""
