"""Cuts the wording of a claim into what is shown, what is not established, and the rest.

Staff name the words, a phrase a line. A phrase stands in the wording letter by letter, whole and once, so
that there is no question which place is meant: where it would stand twice, the words beside it go with it.
"""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organisation.whole_words import places

SHOWN, NOT_ESTABLISHED = "shown", "not_established"


class Segment(NamedTuple):
    """A piece of a wording. Its kind is “shown”, “not_established”, or empty for words with no mark."""

    text: str
    kind: str


def phrases(lines):
    """Returns the phrases of a field that holds one a line."""
    return [line.strip() for line in lines.splitlines() if line.strip()]


def segments(wording, shown="", not_established=""):
    """Returns the segments of a wording, which joined are the wording itself, letter by letter.

    Of a phrase that stands in it more than once the first place is marked, of two that overlap the one that
    is longer; what does not stand in it marks nothing. Where no phrase is given, there is one segment.
    """
    taken = []
    by_length = sorted(marks(wording, shown, not_established), key=lambda each: (each[0] - each[1], each))
    for start, end, kind in by_length:
        if not any(start < other_end and other_start < end for other_start, other_end, _kind in taken):
            taken.append((start, end, kind))
    pieces, done = [], 0
    for start, end, kind in sorted(taken):
        pieces += [Segment(wording[done:start], ""), Segment(wording[start:end], kind)]
        done = end
    pieces.append(Segment(wording[done:], ""))
    return [piece for piece in pieces if piece.text]


def marks(wording, shown, not_established):
    """Yields (start, end, kind) of the first place of each phrase."""
    for kind, lines in ((SHOWN, shown), (NOT_ESTABLISHED, not_established)):
        for phrase in phrases(lines):
            if place := next(places(phrase, wording), None):
                yield (*place, kind)


def problems_with_marks(wording, shown, not_established):
    """Yields (name of the field, sentence) for each phrase that marks no place of its own."""
    taken = []
    for kind, lines in ((SHOWN, shown), (NOT_ESTABLISHED, not_established)):
        for phrase in phrases(lines):
            names = {"words": phrase}
            found = list(places(phrase, wording))
            if not found:
                yield (
                    kind,
                    _("“%(words)s” does not stand in the statement: copy the words from it letter by letter.")
                    % names,
                )
            elif len(found) > 1:
                yield (
                    kind,
                    _(
                        "“%(words)s” stands in the statement %(count)d times: add the words beside it, "
                        "so that it is clear which place is meant."
                    )
                    % (names | {"count": len(found)}),
                )
            else:
                [(start, end)] = found
                other = next((each for first, last, each in taken if start < last and first < end), None)
                if other is not None:
                    yield (
                        kind,
                        _("“%(words)s” and “%(other)s” overlap: each word has one mark at most.")
                        % (names | {"other": other}),
                    )
                taken.append((start, end, phrase))


def check_marks(wording, shown, not_established):
    """Raises ValidationError, by field, for phrases that do not mark one place of the wording each."""
    problems = {}
    for field, sentence in problems_with_marks(wording, shown, not_established):
        problems.setdefault(field, []).append(sentence)
    if problems:
        raise ValidationError(problems)
