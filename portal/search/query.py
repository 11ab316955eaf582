"""Finds entries by what somebody typed."""

from collections import Counter
from dataclasses import replace
from itertools import islice, product

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from organisation.facets import COUNT_LIMIT, CappedCount, Facet
from organisation.models import Organisation
from portal.models import SearchEntry

from .closed_entries import closed_entries
from .documents import DOCUMENT_TYPES
from .engine import TokenQuery, count_by_organisation, count_matches, matching_ids
from .spelling import corrections
from .tokens import is_unspaced, stem
from .typed import Query, of_names

MAX_RESULTS = 1000
MAX_ORGANISATIONS = 6
HITS_WITH_ORGANISATIONS = 300
MAX_ALTERNATIVES = 5
MAX_SUGGESTIONS = 8


class Search:
    """The hits of a query among all entries, or among those of one kind, one organisation or both."""

    def __init__(self, typed, kind="", organisation=""):
        # Asked for each search, though the index follows the pages: nothing closed is found meanwhile.
        self.closed = closed_entries() if typed else ()
        self.query = Query(typed, self.closed)
        self.kind = kind if kind in DOCUMENT_TYPES else ""
        self.organisation_slug = organisation.replace("\x00", "")
        self.organisation = (
            Organisation.objects.public().filter(slug=self.organisation_slug).first()
            if self.organisation_slug
            else None
        )
        self.filters = {"kind": [], "organisation": [], "language": []}
        if self.kind:
            self.filters["kind"] = [(f"kind={self.kind}",)]
        if self.organisation_slug:
            # No organisation has the id 0, so a slug that is unknown finds nothing.
            self.filters["organisation"] = [(f"org={self.organisation.pk if self.organisation else 0}",)]
        if len(settings.LANGUAGES) > 1:
            self.filters["language"] = [(f"lang={get_language()}", f"lang={settings.LANGUAGE_CODE}")]

    def filtered(self, token_query, except_for=""):
        """Narrows a token query to what the reader has chosen, in all facets or in all but one."""
        return token_query.narrowed_to(
            *(group for key, groups in self.filters.items() if key != except_for for group in groups)
        )

    @cached_property
    def ids(self):
        """The ids of the thousand best entries, the best first; one more tells that there are more."""
        if not self.query.all_words.groups:
            return []
        if ids := self.ids_of_tiers(self.query.tiers):
            return ids
        with_names = self.with_organisation_names()
        return self.ids_of_tiers([with_names]) if with_names else []

    def with_organisation_names(self):
        """Asks for entries that hold each word or are of an organisation whose name holds it.

        None if no word is of a name, or if it is the only one.
        """
        groups, has_name = [], False
        for group in self.query.all_words.groups:
            of_name = TokenQuery((of_names(group), ("kind=organisation",)), closed=self.closed)
            entries = SearchEntry.objects.filter(pk__in=matching_ids(of_name, MAX_ORGANISATIONS))
            organisations = list(entries.values_list("organisation", flat=True))
            groups.append((*group, *(f"org={pk}" for pk in organisations)))
            has_name = has_name or bool(organisations)
        if not has_name or len(groups) < 2:
            return None
        return replace(self.query.all_words, groups=tuple(groups))

    def ids_of_tiers(self, tiers):
        # The last tier finds what all the others do: the facets count with it.
        self.widest_tier = tiers[-1]
        ids = {}
        for tier in tiers:
            ids |= dict.fromkeys(matching_ids(self.filtered(tier), MAX_RESULTS + 1))
            if len(ids) > MAX_RESULTS:
                break
        return list(ids)[: MAX_RESULTS + 1]

    @property
    def count(self):
        return min(len(self.ids), MAX_RESULTS)

    @property
    def has_more(self):
        return len(self.ids) > MAX_RESULTS

    def entries(self, ids):
        entries = SearchEntry.objects.select_related("organisation").in_bulk(ids)
        return [entries[pk] for pk in ids if pk in entries]

    def facets(self):
        """Returns the facets of kind and organisation, and {(key, value): count}.

        Each is counted as if nothing were chosen in it.
        """
        if not self.query.all_words.groups or not (self.ids or self.kind or self.organisation_slug):
            return [], {}
        of_any_kind = self.filtered(self.widest_tier, except_for="kind")
        kind_counts = count_matches(
            [of_any_kind.narrowed_to((f"kind={key}",)) for key in DOCUMENT_TYPES], COUNT_LIMIT + 1
        )
        organisations = self.top_organisations()
        organisation_counts = count_by_organisation(
            self.filtered(self.widest_tier, except_for="organisation"),
            [pk for pk, _slug, _name in organisations],
            COUNT_LIMIT + 1,
        )
        kinds = Facet("kind", _("Kind"), None, [(key, each.plural) for key, each in DOCUMENT_TYPES.items()])
        by_organisation = Facet(
            "organisation", _("Organisation"), None, [(slug, name) for _pk, slug, name in organisations]
        )
        values = [(facet.key, value) for facet in (kinds, by_organisation) for value, _title in facet.choices]
        counts = map(CappedCount.of, [*kind_counts, *organisation_counts])
        return [kinds, by_organisation], dict(zip(values, counts, strict=True))

    def top_organisations(self):
        """Returns (pk, slug, name) of the organisations with most of the best hits, and of the chosen one."""
        limit = HITS_WITH_ORGANISATIONS
        ids = (
            self.ids[:limit]
            if not self.organisation_slug
            else matching_ids(self.filtered(self.widest_tier, except_for="organisation"), limit)
        )
        entries = SearchEntry.objects.filter(pk__in=ids, organisation__isnull=False).order_by()
        columns = ("pk", "slug", "official_name", "closed")
        hits = Counter(entries.values_list(*(f"organisation__{column}" for column in columns)))
        top = sorted(hits, key=lambda organisation: (-hits[organisation], organisation))[:MAX_ORGANISATIONS]
        organisations = [Organisation(**dict(zip(columns, row, strict=True))) for row in top]
        if self.organisation:
            organisations.append(self.organisation)
        return [(each.pk, each.slug, each.named) for each in dict.fromkeys(organisations)]

    def alternative_queries(self):
        """Returns queries to try where nothing is found: corrected, or else each of the words alone."""
        words = [
            word for word in self.query.typed_words if not word.is_stop_word and not is_unspaced(word.folded)
        ]
        unknown = [word for word in words if not self.occurs(self.query.tokens_for(word))]
        corrected = [
            [(word, other) for other in corrections(word.folded) if self.occurs([stem(other)])][
                :MAX_ALTERNATIVES
            ]
            for word in unknown
        ]
        if unknown and all(corrected):
            choices = islice(product(*corrected), MAX_ALTERNATIVES)
            return list(dict.fromkeys(self.typed_with(replacements) for replacements in choices))
        runs = [run for run in self.query.typed_runs if Search(run).ids]
        single = dict.fromkeys([*(word.folded for word in words if word not in unknown), *runs])
        return list(single)[:MAX_ALTERNATIVES] if len(words) + len(self.query.runs) > 1 else []

    def occurs(self, tokens):
        return bool(matching_ids(TokenQuery((tuple(tokens),), closed=self.closed), 1))

    def typed_with(self, replacements):
        """Returns the typed text with other words in place of some; pairs of (word, other)."""
        typed = self.query.typed
        # From the end, so that the positions of the words before stay right.
        for word, other in sorted(replacements, key=lambda pair: -pair[0].start):
            typed = f"{typed[: word.start]}{other}{typed[word.end :]}"
        return typed


def suggested_entries(typed, limit=MAX_SUGGESTIONS):
    """Returns entries whose names hold the words, then those that hold them anywhere.

    The last word of a name may be unfinished.
    """
    search = Search(typed)
    words = [word.folded for word in search.query.typed_words]
    if not words or (len(words[-1]) < 2 and not is_unspaced(words[-1])):
        return []
    *finished, unfinished = words
    by_name = TokenQuery(
        (*((f"w={word}",) for word in finished), (f"w={unfinished}*",)),
        search.query.all_words.excluded,
        closed=search.closed,
    )
    ids = dict.fromkeys(matching_ids(search.filtered(by_name), limit))
    for tier in search.query.tiers:
        if len(ids) < limit and search.query.all_words.groups:
            ids |= dict.fromkeys(matching_ids(search.filtered(tier), limit))
    return search.entries(list(ids)[:limit])
