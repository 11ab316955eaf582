"""Parses what somebody typed: words, "phrases", -exclusions.

No other syntax exists: whatever else is typed is a word or nothing.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from django.utils.functional import cached_property

from .engine import TokenQuery
from .scripts import DIRECTION_MARKS
from .tokens import (
    SIGNS_A_WORD,
    STOP_WORDS,
    bigrams,
    first_words,
    halves,
    is_unspaced,
    stem,
    tokenize,
    variants,
)

# Limits on what is read of a query: each word costs a condition in the statement.
MAX_LENGTH = 300
MAX_WORDS = 20
TERM = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
NORMALISED_SIGNS = str.maketrans(dict.fromkeys("“”„‟«»＂「」『』", '"') | dict.fromkeys("−－", "-"))
UNSEEN = re.compile(rf"[\x00{DIRECTION_MARKS}]")


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

    def is_in(self, start, end):
        return start <= self.start and self.end <= end


class Query:
    """Typed text, parsed. Only its first 300 signs and 20 words count."""

    def __init__(self, typed, closed=()):
        self.closed = closed
        self.typed = UNSEEN.sub("", typed).strip()[:MAX_LENGTH]
        self.plain, self.quoted, self.runs, self.excluded = [], [], [], []
        room = MAX_WORDS * SIGNS_A_WORD
        text = self.typed.translate(NORMALISED_SIGNS)
        for match in TERM.finditer(text):
            group = 2 if match[3] is None else 3
            tokens, room = first_words(tokenize(match[group]), room)
            offset = match.start(group)
            words = [Word(folded, offset + start, offset + end) for start, end, folded in tokens]
            if words and match[1]:
                self.excluded.append(words)
            elif group == 2 and len(words) > 1:
                self.quoted.append(words)
            else:
                for run in runs(words):
                    if len(run) > 1:
                        self.runs.append(run)
                    else:
                        self.plain += run
        self.compounds = [*variants(text), *compounds_of_neighbours(self.plain, text)]

    @cached_property
    def words(self):
        """The single words that an entry must hold: all but stop words, or these if there are no others."""
        words = [word for word in self.plain if not word.is_stop_word or self.is_of_abbreviation(word)]
        return words or ([] if self.quoted or self.runs else self.plain)

    def is_of_abbreviation(self, word):
        """Says that a word stands in an abbreviation such as “S&D”, which “R&D” is not."""
        return "&" in (self.typed[max(word.start - 1, 0) : word.start], self.typed[word.end : word.end + 1])

    @cached_property
    def typed_words(self):
        """Every word that was typed and not excluded, in its order."""
        in_phrases = (word for words in [*self.quoted, *self.runs] for word in words)
        return sorted([*self.plain, *in_phrases], key=lambda word: word.start)

    @cached_property
    def phrases(self):
        """The stems of what must stand together: what was quoted, and the runs of scripts without spaces."""
        return [tuple(word.stem for word in words) for words in [*self.quoted, *self.runs]]

    @property
    def typed_runs(self):
        return [self.typed[run[0].start : run[-1].end] for run in self.runs]

    @cached_property
    def alternatives(self):
        return [self.tokens_for(word) for word in self.words]

    def tokens_for(self, word):
        """Returns the tokens that stand for a word: its stem, compounds that hold it, its two halves."""
        compounds = (stem(folded) for start, end, folded in self.compounds if word.is_in(start, end))
        return tuple(dict.fromkeys([word.stem, *compounds, *halves(word.folded)]))

    @property
    def phrase_groups(self):
        return [(bigram,) for phrase in self.phrases for bigram in bigrams(phrase)]

    def token_query(self, groups):
        """Asks for one token of each group, and for nothing of what was excluded."""
        excluded = [[word.stem for word in words] for words in self.excluded]
        return TokenQuery(
            tuple(dict.fromkeys(groups)),
            tuple(tuple(bigrams(stems)) or tuple(stems) for stems in excluded),
            # A phrase of two words is its bigram. A longer one is more than its bigrams, which may lie apart.
            tuple(phrase for phrase in self.phrases if len(phrase) > 2),
            self.closed,
        )

    @cached_property
    def all_words(self):
        return self.token_query([*self.alternatives, *self.phrase_groups])

    @cached_property
    def tiers(self):
        """The token queries, best hits first: names with all words, texts with them in a row, all texts.

        A name's words and bigrams are among those of the text: asking for these again would only cost time.
        """
        groups = [*self.alternatives, *((each,) for phrase in self.phrases for each in phrase)]
        names = self.token_query([*map(of_names, groups), *self.phrase_groups])
        in_a_row = [(bigram,) for bigram in bigrams([word.stem for word in self.typed_words])]
        adjacent = self.token_query(in_a_row) if in_a_row else self.all_words
        return list(dict.fromkeys([names, adjacent, self.all_words]))


def runs(words):
    """Divides words into those that touch, where one of them is of a script without spaces."""
    divided = []
    for word in words:
        last = divided[-1][-1] if divided else None
        if last and last.end == word.start and (is_unspaced(last.folded) or is_unspaced(word.folded)):
            divided[-1].append(word)
        else:
            divided.append([word])
    return divided


def compounds_of_neighbours(words, text):
    """Yields each two words with a space between them as one, as `variants` do; no figures become one so."""
    for one, other in pairwise(words):
        are_figures = one.folded[-1].isdecimal() and other.folded[0].isdecimal()
        if text[one.end : other.start].isspace() and not are_figures:
            yield one.start, other.end, one.folded + other.folded


def of_names(tokens):
    return tuple(f"n={token}" for token in tokens)
