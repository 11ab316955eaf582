"""The part of a text that a search found, in its own spelling, with the found words marked."""

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import mark_safe

from .tokens import found_in, stem

LONGEST = 280
LOOKED_THROUGH = 200_000
LEAD_IN = 60


@dataclass
class Excerpt:
    """Safe HTML, and the stems of the words that are marked in it."""

    html: str
    stems: set

    def __str__(self):
        return self.html


def excerpt(text, query, longest=LONGEST):
    """The stretch of a text that holds the most of what was searched for; short texts are left whole."""
    marks = marks_in(text[:LOOKED_THROUGH], query)
    start, end = (0, len(text)) if len(text) <= longest else stretch(text, marks, longest)
    shown = [mark for mark in marks if start <= mark[0] and mark[1] <= end]
    parts, place = [], start
    for a, b, _stem in joined(text, shown):
        parts += [escape(text[place:a]), "<mark>", escape(text[a:b]), "</mark>"]
        place = b
    parts.append(escape(text[place:end]))
    return Excerpt(
        mark_safe(f"{'… ' if start else ''}{''.join(parts).strip()}{' …' if end < len(text) else ''}"),
        {each for _a, _b, each in shown},
    )


def marks_in(text, query):
    """(start, end, stem) of each word that the query asks for: alone, or in its phrase."""
    words = [(start, end, stem(folded)) for start, end, folded in found_in(text)]
    stems = [each for _start, _end, each in words]
    single = {word.stem for word in query.words}
    marked = {place for place, each in enumerate(stems) if each in single}
    for phrase in query.phrases:
        for place, each in enumerate(stems):
            if each == phrase[0] and tuple(stems[place : place + len(phrase)]) == phrase:
                marked.update(range(place, place + len(phrase)))
    return [words[place] for place in sorted(marked)]


def joined(text, marks):
    """Marks with nothing but a space between them are one."""
    found = []
    for start, end, each in marks:
        if found and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], end, each)
        else:
            found.append((start, end, each))
    return found


def stretch(text, marks, longest):
    """Where to begin and to end: at words' ends, around the first place with the most different marks."""
    best, most = 0, 0
    for place, (start, _end, _stem) in enumerate(marks):
        different = {each for a, b, each in marks[place : place + 40] if b <= start + longest - LEAD_IN}
        if len(different) > most:
            best, most = start, len(different)
    start = max(0, min(best - LEAD_IN, len(text) - longest))
    end = min(len(text), start + longest)
    if start:
        start = next(
            (place + 1 for place in range(start, min(start + LEAD_IN, best)) if text[place].isspace()), start
        )
    if end < len(text):
        end = next(
            (place for place in range(end, max(end - LEAD_IN, start), -1) if text[place].isspace()), end
        )
    return start, end
