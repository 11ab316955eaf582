"""Cuts out the part of a text that a search found, in its own spelling, with the found words highlighted."""

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import mark_safe

from .tokens import stem, tokenize

MAX_LENGTH = 280
MAX_SCANNED = 200_000
CONTEXT = 60  # characters before the first highlight
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
    """Returns (start, end, stem) of each word that the query asks for: alone, or within its phrase."""
    tokens = [(start, end, stem(folded)) for start, end, folded in tokenize(text)]
    stems = [each for _start, _end, each in tokens]
    single = {word.stem for word in query.words}
    highlighted = {index for index, each in enumerate(stems) if each in single}
    for phrase in query.phrases:
        for index, each in enumerate(stems):
            if each == phrase[0] and tuple(stems[index : index + len(phrase)]) == phrase:
                highlighted.update(range(index, index + len(phrase)))
    return [tokens[index] for index in sorted(highlighted)]


def merge_adjacent(text, highlights):
    """Joins highlights that have nothing but space between them."""
    merged = []
    for start, end, each in highlights:
        if merged and not text[merged[-1][1] : start].strip():
            merged[-1] = (merged[-1][0], end, each)
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
    if end < len(text):
        gaps = (at for at in range(end, max(end - CONTEXT, start), -1) if text[at].isspace())
        end = next(gaps, end)
    return start, end
