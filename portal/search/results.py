"""What a page of results shows: hits with excerpts, ways to narrow them, and what to do where nothing is found."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from organisation.facets import COUNT_LIMIT, CappedCount, FacetLink, FacetRow
from portal.models import SearchEntry

from .addresses import addresses_of
from .documents import DOCUMENTS
from .excerpt import Excerpt, excerpt
from .query import MOST, Search, suggestions

A_PAGE = 20
LONGEST_SUGGESTION = 110


@dataclass
class Hit:
    entry: SearchEntry
    kind: str
    address: str
    title: Excerpt
    text: Excerpt | None


class Results:
    """The answer to the address of a results page: q, kind, organisation, page."""

    def __init__(self, given):
        self.search = Search(given.get("q", ""), given.get("kind", ""), given.get("organisation", ""))
        self.number = given.get("page", "")

    @property
    def query(self):
        return self.search.query.typed

    @property
    def asks_for_nothing(self):
        """Whether something was typed, but nothing to look for: only signs, or only words to leave out."""
        return bool(self.query) and not self.search.query.wanted.groups

    @property
    def count(self):
        return CappedCount(self.search.count, self.search.has_more)

    @cached_property
    def page(self):
        return Paginator(self.search.ids[:MOST], A_PAGE).get_page(self.number)

    @cached_property
    def hits(self):
        entries = self.search.entries(self.page.object_list)
        addresses = addresses_of(entries)
        return [self.hit(entry, addresses[entry.pk]) for entry in entries]

    def hit(self, entry, address):
        title, text = excerpt(entry.title, self.search.query), excerpt(entry.text, self.search.query)
        # A claim's own words are its title: its limitations are worth their place only where they alone hold a word.
        shown = text if entry.kind != "claim" or text.stems - title.stems else None
        return Hit(entry, DOCUMENTS[entry.kind].label, address, title, shown)

    @cached_property
    def rows(self):
        kinds, organisations = self.search.facets()
        rows = [
            self.row(_("Kind"), "kind", self.search.kind, kinds),
            self.row(_("Organisation"), "organisation", self.search.organisation, organisations),
        ]
        return [row for row in rows if len(row.links) > 2 or any(link.current for link in row.links[1:])]

    def row(self, label, key, chosen, counted):
        links = [
            FacetLink(
                title,
                self.address(**{key: value}),
                value == chosen,
                CappedCount(min(count, COUNT_LIMIT), count > COUNT_LIMIT),
            )
            for value, title, count in counted
            if count or value == chosen
        ]
        return FacetRow(label, [FacetLink(_("All"), self.address(**{key: ""}), not chosen), *links])

    def address(self, **changes):
        values = {
            "q": self.query,
            "kind": self.search.kind,
            "organisation": self.search.organisation,
        } | changes
        return "?" + urlencode({key: value for key, value in values.items() if value})

    @property
    def previous_address(self):
        return self.address(page=self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def next_address(self):
        return self.address(page=self.page.next_page_number()) if self.page.has_next() else ""

    @property
    def unnarrowed_address(self):
        return self.address(kind="", organisation="") if self.search.kind or self.search.organisation else ""

    @cached_property
    def instead(self):
        return [
            FacetLink(typed, "?" + urlencode({"q": typed}), current=False) for typed in self.search.instead()
        ]


def suggested(typed):
    entries = suggestions(typed)
    addresses = addresses_of(entries)
    return [
        {
            "title": " ".join(filter(None, [entry.label, Truncator(entry.title).chars(LONGEST_SUGGESTION)])),
            "kind": str(DOCUMENTS[entry.kind].label),
            "address": addresses[entry.pk],
        }
        for entry in entries
        if addresses[entry.pk]
    ]
