"""Cuts out the part of a text that a search found, in its own spelling, with the found words highlighted."""

import re
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import mark_safe

from .scripts import ON_LETTERS
from .tokens import bigrams, stem, tokenize, variants

MAX_LENGTH = 280
MAX_SCANNED = 200_000
CONTEXT = 60  # characters before the first highlight
SIGN_ON_LETTER = re.compile(f"[{ON_LETTERS}]")
MAX_COMPARED = 40  # highlights that are compared for one window


@dataclass
class Excerpt:
    """Safe HTML, and the stems of the words that are highlighted in it."""

    html: str
    stems: set

    def __str__(self):
        return self.html


def excerpt(text, query, max_length=MAX_LENGTH):
    """Returns the window of a text that holds the most of what was searched for; a short text stays whole."""
    highlights = highlights_in(text[:MAX_SCANNED], query)
    start, end = (0, len(text)) if len(text) <= max_length else best_window(text, highlights, max_length)
    shown = [highlight for highlight in highlights if start <= highlight[0] and highlight[1] <= end]
    parts, position = [], start
    for mark_start, mark_end, _stem in merge_adjacent(text, shown):
        parts += [escape(text[position:mark_start]), "<mark>", escape(text[mark_start:mark_end]), "</mark>"]
        position = mark_end
    parts.append(escape(text[position:end]))
    return Excerpt(
        mark_safe(f"{'… ' if start else ''}{''.join(parts).strip()}{' …' if end < len(text) else ''}"),
        {each for _start, _end, each in shown},
    )


def highlights_in(text, query):
    """Returns (start, end, stem) of each word that the query asks for: alone, or within its phrase.

    A word that is one of a compound, or part of a number, overlaps what holds it.
    """
    tokens = [(start, end, stem(folded)) for start, end, folded in tokenize(text)]
    stems = [each for _start, _end, each in tokens]
    single = {token for tokens in query.alternatives for token in tokens}
    highlighted = {index for index, each in enumerate(stems) if each in single}
    for index, pair in enumerate(bigrams(stems)):
        if pair in single:
            highlighted.update((index, index + 1))
    for phrase in query.phrases:
        for index, each in enumerate(stems):
            if each == phrase[0] and tuple(stems[index : index + len(phrase)]) == phrase:
                highlighted.update(range(index, index + len(phrase)))
    others = ((start, end, stem(folded)) for start, end, folded in variants(text))
    return sorted(
        [*(tokens[index] for index in highlighted), *(other for other in others if other[2] in single)]
    )


def merge_adjacent(text, highlights):
    """Joins highlights that overlap or have nothing but space between them."""
    merged = []
    for start, end, each in highlights:
        if merged and not text[merged[-1][1] : start].strip():
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]), each)
        else:
            merged.append((start, end, each))
    return merged


def best_window(text, highlights, max_length):
    """Returns (start, end) around the first place with the most different stems, cut where words end."""
    best, most_stems = 0, 0
    for index, (start, _end, _stem) in enumerate(highlights):
        reach = start + max_length - CONTEXT
        stems = {each for _start, end, each in highlights[index : index + MAX_COMPARED] if end <= reach}
        if len(stems) > most_stems:
            best, most_stems = start, len(stems)
    start = max(0, min(best - CONTEXT, len(text) - max_length))
    end = min(len(text), start + max_length)
    if start:
        gaps = (at for at in range(start, min(start + CONTEXT, best)) if text[at].isspace())
        start = next((at + 1 for at in gaps), start)
        while start < best and SIGN_ON_LETTER.match(text, start):
            start += 1
    if end < len(text):
        gaps = (at for at in range(end, max(end - CONTEXT, start), -1) if text[at].isspace())
        end = next(gaps, end)
        while end > start and SIGN_ON_LETTER.match(text, end):
            end -= 1
    return start, end
