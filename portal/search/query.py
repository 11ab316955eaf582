"""What somebody typed, and what is found by it: words, "phrases", -exclusions. Whatever else is typed is a word or nothing."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice, product

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import get_language

from organisation.facets import COUNT_LIMIT
from organisation.models import Organisation
from portal.models import SearchEntry

from .documents import DOCUMENTS
from .engine import Wanted, count_by_organisation, count_each, matching
from .spelling import corrections
from .tokens import STOP_WORDS, found_in, pairs, stem

LONGEST = 300
MOST_WORDS = 20
MOST = 1000
MOST_ORGANISATIONS = 6
LOOKED_AT_FOR_ORGANISATIONS = 300
MOST_OFFERED = 5
TERM = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"') | {"−": "-"})


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
    def says_something(self):
        return self.folded not in STOP_WORDS


class Query:
    """Typed text, read. Only its first 300 signs and 20 words count."""

    def __init__(self, typed):
        self.typed = typed.replace("\x00", "").strip()[:LONGEST]
        self.plain, self.quoted, self.excluded = [], [], []
        room = MOST_WORDS
        for match in TERM.finditer(self.typed.translate(QUOTES)):
            group = 2 if match[3] is None else 3
            words = [
                Word(folded, match.start(group) + start, match.start(group) + end)
                for start, end, folded in found_in(match[group])
            ][:room]
            room -= len(words)
            if words and match[1]:
                self.excluded.append(words)
            elif group == 2 and len(words) > 1:
                self.quoted.append(words)
            else:
                self.plain += words

    @cached_property
    def words(self):
        """The single words that an entry must hold: those that say something, or all where none does."""
        return [word for word in self.plain if word.says_something] or ([] if self.quoted else self.plain)

    @cached_property
    def in_order(self):
        """Every word that was typed and not excluded."""
        return sorted(
            [*self.plain, *(word for words in self.quoted for word in words)], key=lambda word: word.start
        )

    @cached_property
    def phrases(self):
        return [tuple(word.stem for word in words) for words in self.quoted]

    def wanting(self, tokens):
        """All of these tokens, and nothing of what was excluded."""
        without = [[word.stem for word in words] for words in self.excluded]
        return Wanted(
            tuple((token,) for token in dict.fromkeys(tokens)),
            tuple(tuple(pairs(stems)) or tuple(stems) for stems in without),
            tuple(phrase for phrase in self.phrases if len(phrase) > 2),
        )

    @cached_property
    def wanted(self):
        return self.wanting([*(word.stem for word in self.words), *self.quoted_pairs])

    @property
    def quoted_pairs(self):
        return [pair for phrase in self.phrases for pair in pairs(phrase)]

    @cached_property
    def tiers(self):
        """What is wanted, from the best hits on: names that hold all the words, texts that hold them side by side, all texts.

        A word of a name, or two side by side, are words of the text as well: asking for these again would only cost time.
        """
        said = [*(word.stem for word in self.words), *(each for phrase in self.phrases for each in phrase)]
        names = self.wanting([*(f"n={each}" for each in said), *self.quoted_pairs])
        together = pairs([word.stem for word in self.in_order])
        return list(dict.fromkeys([names, self.wanting(together) if together else self.wanted, self.wanted]))

    def with_speakers(self):
        """What is wanted, where the words of a speaker's name count as if each of its records held them; None if no word is of a name."""
        groups, speaks = [], False
        for (token,) in self.wanted.groups:
            found = matching(Wanted(((f"n={token}",), ("kind=organisation",))), MOST_ORGANISATIONS)
            whose = SearchEntry.objects.filter(pk__in=found).values_list("organisation", flat=True)
            groups.append((token, *(f"org={pk}" for pk in whose)))
            speaks = speaks or bool(found)
        return (
            Wanted(tuple(groups), self.wanted.without, self.wanted.phrases)
            if speaks and len(groups) > 1
            else None
        )


class Search:
    """What a query finds among the entries of one kind, of one organisation, or among all."""

    def __init__(self, typed, kind="", organisation=""):
        self.query = Query(typed)
        self.kind = kind if kind in DOCUMENTS else ""
        self.organisation = organisation.replace("\x00", "")
        self.speaker = (
            Organisation.objects.filter(slug=self.organisation).first() if self.organisation else None
        )
        self.groups = {
            "kind": [(f"kind={self.kind}",)] if self.kind else [],
            "organisation": [(f"org={self.speaker.pk if self.speaker else 0}",)] if self.organisation else [],
            "language": [(f"lang={get_language()}", f"lang={settings.LANGUAGE_CODE}")]
            if len(settings.LANGUAGES) > 1
            else [],
        }

    def narrowed(self, wanted, but=""):
        return wanted.along_with(
            *(group for key, groups in self.groups.items() if key != but for group in groups)
        )

    @cached_property
    def ids(self):
        """The best thousand, the best first; one more tells that there are more."""
        if not self.query.wanted.groups:
            return []
        if found := self.best(self.query.tiers):
            return found
        speakers = self.query.with_speakers()
        return self.best([speakers]) if speakers else []

    def best(self, tiers):
        self.found_by = tiers[-1]
        found = {}
        for wanted in tiers:
            found |= dict.fromkeys(matching(self.narrowed(wanted), MOST + 1))
            if len(found) > MOST:
                break
        return list(found)[: MOST + 1]

    @property
    def count(self):
        return min(len(self.ids), MOST)

    @property
    def has_more(self):
        return len(self.ids) > MOST

    def entries(self, ids):
        found = SearchEntry.objects.select_related("organisation").in_bulk(ids)
        return [found[pk] for pk in ids if pk in found]

    def facets(self):
        """(kinds, organisations): lists of (value, title, count) that the words find, whichever of them is chosen; 1,001 tells “more”."""
        if not self.query.wanted.groups or not (self.ids or self.kind or self.organisation):
            return [], []
        kinds = [
            (key, kind.plural, self.narrowed(self.found_by, but="kind").along_with((f"kind={key}",)))
            for key, kind in DOCUMENTS.items()
        ]
        counts = count_each([wanted for _value, _title, wanted in kinds], COUNT_LIMIT + 1)
        speakers = self.speakers()
        of_each = count_by_organisation(
            self.narrowed(self.found_by, but="organisation"),
            [pk for pk, _slug, _name in speakers],
            COUNT_LIMIT + 1,
        )
        return (
            [(key, title, count) for (key, title, _wanted), count in zip(kinds, counts)],
            [(slug, name, count) for (_pk, slug, name), count in zip(speakers, of_each)],
        )

    def speakers(self):
        """The organisations that the best hits are most often of, and the chosen one, as (pk, slug, name)."""
        most = LOOKED_AT_FOR_ORGANISATIONS
        ids = (
            self.ids[:most]
            if not self.organisation
            else matching(self.narrowed(self.found_by, but="organisation"), most)
        )
        of = SearchEntry.objects.filter(pk__in=ids, organisation__isnull=False).order_by()
        hits = Counter(of.values_list("organisation", "organisation__slug", "organisation__official_name"))
        often = sorted(hits, key=lambda each: (-hits[each], each))[:MOST_ORGANISATIONS]
        chosen = [(self.speaker.pk, self.speaker.slug, self.speaker.official_name)] if self.speaker else []
        return list(dict.fromkeys([*often, *chosen]))

    def instead(self):
        """What to search for where nothing is found: the query with the words that somebody may have meant, or each of its words alone."""
        said = [word for word in self.query.in_order if word.says_something]
        unknown = [word for word in said if not finds(word.stem)]
        offers = [
            [(word, other) for other in corrections(word.folded) if finds(stem(other))][:MOST_OFFERED]
            for word in unknown
        ]
        if unknown and all(offers):
            return list(
                dict.fromkeys(self.with_words(choice) for choice in islice(product(*offers), MOST_OFFERED))
            )
        alone = dict.fromkeys(word.folded for word in said if word not in unknown)
        return list(alone)[:MOST_OFFERED] if len(said) > 1 else []

    def with_words(self, choice):
        """The typed text with other words in place of some."""
        typed = self.query.typed
        for word, other in sorted(choice, key=lambda each: -each[0].start):
            typed = f"{typed[: word.start]}{other}{typed[word.end :]}"
        return typed


def finds(token):
    return bool(matching(Wanted(((token,),)), 1))


def suggestions(typed, most=8):
    """Entries whose names hold the words and begin one as the last word does; then those that hold the words anywhere."""
    search = Search(typed)
    words = [word.folded for word in search.query.in_order]
    if not words or len(words[-1]) < 2:
        return []
    *whole, begun = words
    by_name = Wanted((*((f"w={word}",) for word in whole), (f"w={begun}*",)), search.query.wanted.without)
    ids = dict.fromkeys(matching(search.narrowed(by_name), most))
    for wanted in search.query.tiers:
        if len(ids) < most and search.query.wanted.groups:
            ids |= dict.fromkeys(matching(search.narrowed(wanted), most))
    return search.entries(list(ids)[:most])
