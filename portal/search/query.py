"""Parses what somebody typed, and finds entries by it: words, "phrases", -exclusions.

No other syntax exists: whatever else is typed is a word or nothing.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
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
from .tokens import STOP_WORDS, bigrams, stem, tokenize

# Limits on what is read of a query: each word costs a condition in the statement.
MAX_LENGTH = 300
MAX_WORDS = 20
MAX_RESULTS = 1000
MAX_ORGANISATIONS = 6
HITS_WITH_ORGANISATIONS = 300
MAX_ALTERNATIVES = 5
MAX_SUGGESTIONS = 8
TERM = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
NORMALISED_SIGNS = str.maketrans(dict.fromkeys("“”„‟«»＂", '"') | {"−": "-"})


@dataclass(frozen=True)
class Word:
    """A folded word, and where it was typed."""

    folded: str
    start: int
    end: int

    @property
    def stem(self):
        return stem(self.folded)

    @property
    def is_stop_word(self):
        return self.folded in STOP_WORDS


class Query:
    """Typed text, parsed. Only its first 300 signs and 20 words count."""

    def __init__(self, typed, closed=()):
        self.closed = closed
        self.typed = typed.replace("\x00", "").strip()[:MAX_LENGTH]
        self.plain, self.quoted, self.excluded = [], [], []
        remaining = MAX_WORDS
        for match in TERM.finditer(self.typed.translate(NORMALISED_SIGNS)):
            group = 2 if match[3] is None else 3
            words = [
                Word(folded, match.start(group) + start, match.start(group) + end)
                for start, end, folded in tokenize(match[group])
            ][:remaining]
            remaining -= len(words)
            if words and match[1]:
                self.excluded.append(words)
            elif group == 2 and len(words) > 1:
                self.quoted.append(words)
            else:
                self.plain += words

    @cached_property
    def words(self):
        """The single words that an entry must hold: all but stop words, or these if there are no others."""
        return [word for word in self.plain if not word.is_stop_word] or ([] if self.quoted else self.plain)

    @cached_property
    def typed_words(self):
        """Every word that was typed and not excluded, in its order."""
        quoted = (word for words in self.quoted for word in words)
        return sorted([*self.plain, *quoted], key=lambda word: word.start)

    @cached_property
    def phrases(self):
        return [tuple(word.stem for word in words) for words in self.quoted]

    @property
    def phrase_bigrams(self):
        return [bigram for phrase in self.phrases for bigram in bigrams(phrase)]

    def token_query(self, tokens):
        """Asks for all of these tokens, and for nothing of what was excluded."""
        excluded = [[word.stem for word in words] for words in self.excluded]
        return TokenQuery(
            tuple((token,) for token in dict.fromkeys(tokens)),
            tuple(tuple(bigrams(stems)) or tuple(stems) for stems in excluded),
            # A phrase of two words is its bigram. A longer one is more than its bigrams, which may lie apart.
            tuple(phrase for phrase in self.phrases if len(phrase) > 2),
            self.closed,
        )

    @cached_property
    def all_words(self):
        return self.token_query([*(word.stem for word in self.words), *self.phrase_bigrams])

    @cached_property
    def tiers(self):
        """The token queries, best hits first: names with all words, texts with them in a row, all texts.

        A name's words and bigrams are among those of the text: asking for these again would only cost time.
        """
        stems = [*(word.stem for word in self.words), *(each for phrase in self.phrases for each in phrase)]
        names = self.token_query([*(f"n={each}" for each in stems), *self.phrase_bigrams])
        in_a_row = bigrams([word.stem for word in self.typed_words])
        adjacent = self.token_query(in_a_row) if in_a_row else self.all_words
        return list(dict.fromkeys([names, adjacent, self.all_words]))

    def with_organisation_names(self):
        """Asks for entries that hold each word or are of an organisation whose name holds it.

        None if no word is of a name, or if it is the only one.
        """
        groups, has_name = [], False
        for (token,) in self.all_words.groups:
            of_name = TokenQuery(((f"n={token}",), ("kind=organisation",)), closed=self.closed)
            entries = SearchEntry.objects.filter(pk__in=matching_ids(of_name, MAX_ORGANISATIONS))
            organisations = list(entries.values_list("organisation", flat=True))
            groups.append((token, *(f"org={pk}" for pk in organisations)))
            has_name = has_name or bool(organisations)
        if not has_name or len(groups) < 2:
            return None
        return replace(self.all_words, groups=tuple(groups))


class Search:
    """The hits of a query among all entries, or among those of one kind, one organisation or both."""

    def __init__(self, typed, kind="", organisation=""):
        # Asked for each search, though the index follows the pages: nothing closed is found meanwhile.
        self.closed = closed_entries() if typed else ()
        self.query = Query(typed, self.closed)
        self.kind = kind if kind in DOCUMENT_TYPES else ""
        self.organisation_slug = organisation.replace("\x00", "")
        self.organisation = (
            Organisation.objects.filter(slug=self.organisation_slug).first()
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
        with_names = self.query.with_organisation_names()
        return self.ids_of_tiers([with_names]) if with_names else []

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
        words = [word for word in self.query.typed_words if not word.is_stop_word]
        unknown = [word for word in words if not self.occurs(word.stem)]
        corrected = [
            [(word, other) for other in corrections(word.folded) if self.occurs(stem(other))][
                :MAX_ALTERNATIVES
            ]
            for word in unknown
        ]
        if unknown and all(corrected):
            choices = islice(product(*corrected), MAX_ALTERNATIVES)
            return list(dict.fromkeys(self.typed_with(replacements) for replacements in choices))
        single = dict.fromkeys(word.folded for word in words if word not in unknown)
        return list(single)[:MAX_ALTERNATIVES] if len(words) > 1 else []

    def occurs(self, token):
        return bool(matching_ids(TokenQuery(((token,),), closed=self.closed), 1))

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
    if not words or len(words[-1]) < 2:
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
