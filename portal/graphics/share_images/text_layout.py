"""Words set in the house's fonts: chosen by the letters they have, broken into lines, and written from either side."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from django.conf import settings
from PIL import ImageFont

FONTS = settings.BASE_DIR / "portal/exports/report/fonts"
NASKH = "NotoNaskhArabic_400Regular"
SERIF = ("GentiumBookPlus_400Regular", NASKH)
SANS = ("AtkinsonHyperlegibleNext_400Regular", *SERIF)
BOLD = ("AtkinsonHyperlegibleNext_600SemiBold", *SERIF)
MONO = ("AtkinsonHyperlegibleMono_600SemiBold", *SERIF)

QUOTATION_MARKS = "”’»“"
LONGEST = 700  # letters: more would not fit at any size
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@cache
def font(name, size):
    return ImageFont.truetype(str(FONTS / f"{name}.ttf"), size)


@cache
def has(name, letter):
    """Whether a font has a picture of its own for a letter, and not the box that stands for any other."""
    drawn, box = (font(name, 40).getmask(each) for each in (letter, "\uffff"))
    return (drawn.size, bytes(drawn)) != (box.size, bytes(box))


@dataclass(frozen=True)
class Word:
    text: str
    font: str

    @property
    def from_right(self):
        return self.font == NASKH


def words_of(text, family):
    """The words with the first font of the family that can write each; none at all if one of them cannot be written."""
    found = []
    for part in UNSEEN.sub(" ", text[:LONGEST]).split():
        fitting = next((name for name in family if all(has(name, letter) for letter in part)), None)
        if fitting is None:
            return []
        found.append(Word(part, fitting))
    return found


def reads_from_right(text):
    """By its first letter that has a direction, as browsers decide it."""
    first = next((letter for letter in text if unicodedata.bidirectional(letter) in ("L", "R", "AL")), "a")
    return unicodedata.bidirectional(first) != "L"


def width_of(words, size):
    runs = list(runs_of(words))
    return sum(length(run, size) for run in runs) + space(size) * (len(runs) - 1)


def runs_of(words):
    """Neighbours in one font, which are written in one go."""
    for name, run in groupby(words, key=lambda word: word.font):
        yield Word(" ".join(word.text for word in run), name)


@cache
def space(size):
    return font(SERIF[0], size).getlength(" ")


def length(word, size):
    return font(word.font, size).getlength(word.text, direction="rtl" if word.from_right else "ltr")


@dataclass(frozen=True)
class Lines:
    """A text at a size, in lines no wider than they may be."""

    lines: list
    size: int
    leading: int
    from_right: bool

    @property
    def height(self):
        return self.leading * len(self.lines)

    @property
    def ascent(self):
        """From the top of a line to where its letters stand."""
        return round(0.78 * self.leading)

    @property
    def width(self):
        return max((width_of(line, self.size) for line in self.lines), default=0)

    def write(self, draw, x, y, width, colour):
        """Below y, from the left edge or the right, as the text is read."""
        for number, line in enumerate(self.lines):
            baseline = y + self.leading * number + self.ascent
            runs = list(runs_of(line))
            place = x + width - width_of(line, self.size) if self.from_right else x
            for run in reversed(runs) if self.from_right else runs:
                face, direction = font(run.font, self.size), "rtl" if run.from_right else "ltr"
                draw.text((place, baseline), run.text, colour, face, anchor="ls", direction=direction)
                place += length(run, self.size) + space(self.size)


def lines_of(text, family, width, height, sizes, spacing=1.32):
    """The text at the largest size at which its lines fit, of which there is always one; at the smallest it is shortened after a word."""
    words, from_right = words_of(text, family), reads_from_right(text)
    for size in sizes:
        leading = round(spacing * size)
        most = max(1, height // leading)
        lines = broken(words, size, width, most)
        if lines is not None:
            break
    else:
        lines = shortened(words, size, width, most)
    return Lines(lines, size, leading, from_right)


def broken(words, size, width, most):
    """The words in lines; None if they take too many, or one is wider than a line."""
    lines, room = [], -1
    for word in words:
        needed = length(word, size)
        if needed > width:
            return None
        if needed + space(size) > room:
            if len(lines) == most:
                return None
            lines.append([])
            room = width + space(size)
        lines[-1].append(word)
        room -= needed + space(size)
    return lines


def shortened(words, size, width, most):
    """As many words as there is room for, and a sign that more follow; of a first word that is too wide, as many letters."""
    few, many = 0, len(words)
    while few < many:
        middle = (few + many + 1) // 2
        if broken(cut(words, middle), size, width, most) is None:
            many = middle - 1
        else:
            few = middle
    if few or not words:
        return broken(cut(words, few), size, width, most) if few else []
    first = words[0]
    parts = (Word(f"{first.text[:letters]}…", first.font) for letters in range(len(first.text), 0, -1))
    return [[next((part for part in parts if length(part, size) <= width), Word("…", first.font))]]


def cut(words, count):
    """The first words and “…”, and the quotation mark that the text ends with."""
    kept = words[:count]
    if count == len(words) or not kept:
        return kept
    last, mark = kept[-1], words[-1].text[-1]
    return [
        *kept[:-1],
        Word(f"{last.text.rstrip('.,;:–-')}…{mark if mark in QUOTATION_MARKS else ''}", last.font),
    ]
