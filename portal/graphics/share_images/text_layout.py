"""Lays text out in the fonts of the site: picks a font for each word, breaks lines, and draws them.

Pillow draws with one font and in one direction at a time, so a line is drawn as runs of words in one font.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from django.conf import settings
from PIL import ImageFont

FONTS = settings.BASE_DIR / "portal/graphics/typesetting/fonts"
ARABIC = "NotoNaskhArabic_400Regular"
# Each family is a list of fonts, from which a word takes the first that has all its glyphs.
SERIF = ("GentiumBookPlus_400Regular", ARABIC)
SANS = ("AtkinsonHyperlegibleNext_400Regular", *SERIF)
BOLD = ("AtkinsonHyperlegibleNext_600SemiBold", *SERIF)
MONO = ("AtkinsonHyperlegibleMono_600SemiBold", *SERIF)

CLOSING_QUOTATION_MARKS = "”’»“"
MAX_LETTERS = 700  # more would not fit at any size
# Controls, and marks of direction: no font has a glyph for them.
INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@cache
def font(name, size):
    return ImageFont.truetype(str(FONTS / f"{name}.ttf"), size)


@cache
def has_glyph(font_name, letter):
    """Returns true if the font draws the letter otherwise than the box that stands for any it lacks."""
    glyph, missing_glyph = (font(font_name, 40).getmask(character) for character in (letter, "\uffff"))
    return (glyph.size, bytes(glyph)) != (missing_glyph.size, bytes(missing_glyph))


@dataclass(frozen=True)
class Word:
    """A word, or a run of words, and the name of its font."""

    text: str
    font: str

    @property
    def is_right_to_left(self):
        return self.font == ARABIC


def words_in_fonts(text, family):
    """Returns the words of a text with their fonts; none if one of them cannot be written in any font."""
    words = []
    for part in INVISIBLE.sub(" ", text[:MAX_LETTERS]).split():
        font_name = next((name for name in family if all(has_glyph(name, letter) for letter in part)), None)
        if font_name is None:
            return []
        words.append(Word(part, font_name))
    return words


def is_right_to_left(text):
    """Decides by the first letter that has a direction, as browsers do for dir="auto"."""
    first = next((letter for letter in text if unicodedata.bidirectional(letter) in ("L", "R", "AL")), "a")
    return unicodedata.bidirectional(first) != "L"


def width_of(words, size):
    runs = list(runs_of(words))
    return sum(length(run, size) for run in runs) + space(size) * (len(runs) - 1)


def runs_of(words):
    """Joins neighbours in one font, which are drawn together."""
    for font_name, run in groupby(words, key=lambda word: word.font):
        yield Word(" ".join(word.text for word in run), font_name)


@cache
def space(size):
    return font(SERIF[0], size).getlength(" ")


def length(word, size):
    return font(word.font, size).getlength(word.text, direction="rtl" if word.is_right_to_left else "ltr")


@dataclass(frozen=True)
class TextBlock:
    """A text that is broken into lines of words, at a size and with a leading in pixels."""

    lines: list
    size: int
    leading: int
    is_right_to_left: bool

    @property
    def height(self):
        return self.leading * len(self.lines)

    @property
    def ascent(self):
        """The distance from the top of a line to its baseline."""
        return round(0.78 * self.leading)

    @property
    def width(self):
        return max((width_of(line, self.size) for line in self.lines), default=0)

    def draw(self, canvas, x, y, width, colour):
        """Draws the lines below y in the column from x; right-to-left text starts at its right edge."""
        for number, line in enumerate(self.lines):
            baseline = y + self.leading * number + self.ascent
            runs = list(runs_of(line))
            run_x = x + width - width_of(line, self.size) if self.is_right_to_left else x
            for run in reversed(runs) if self.is_right_to_left else runs:
                run_font, direction = font(run.font, self.size), "rtl" if run.is_right_to_left else "ltr"
                canvas.text((run_x, baseline), run.text, colour, run_font, anchor="ls", direction=direction)
                run_x += length(run, self.size) + space(self.size)


def fit_text(text, family, width, height, sizes, spacing=1.32):
    """Sets a text at the largest of the sizes at which it fits into width and height; one line always fits.

    If it fits at no size, it is shortened at the last of them.
    """
    words, right_to_left = words_in_fonts(text, family), is_right_to_left(text)
    for size in sizes:
        leading = round(spacing * size)
        max_lines = max(1, height // leading)
        lines = break_lines(words, size, width, max_lines)
        if lines is not None:
            break
    else:
        lines = shorten(words, size, width, max_lines)
    return TextBlock(lines, size, leading, right_to_left)


def break_lines(words, size, width, max_lines):
    """Returns the words in lines; None if there are too many lines, or one word is wider than a line."""
    lines, room = [], -1
    for word in words:
        needed = length(word, size)
        if needed > width:
            return None
        if needed + space(size) > room:
            if len(lines) == max_lines:
                return None
            lines.append([])
            room = width + space(size)
        lines[-1].append(word)
        room -= needed + space(size)
    return lines


def shorten(words, size, width, max_lines):
    """Returns lines of as many words as fit, with an ellipsis.

    Of a first word that is too wide they hold as many letters as fit.
    """
    # Bisects the number of words: `fitting` words fit, more than `most` do not.
    fitting, most = 0, len(words)
    while fitting < most:
        middle = (fitting + most + 1) // 2
        if break_lines(first_words(words, middle), size, width, max_lines) is None:
            most = middle - 1
        else:
            fitting = middle
    if fitting or not words:
        return break_lines(first_words(words, fitting), size, width, max_lines) if fitting else []
    first = words[0]
    parts = (Word(f"{first.text[:letters]}…", first.font) for letters in range(len(first.text), 0, -1))
    return [[next((part for part in parts if length(part, size) <= width), Word("…", first.font))]]


def first_words(words, count):
    """Returns the first words, with “…” and the closing quotation mark of the text if it goes on."""
    first = words[:count]
    if count == len(words) or not first:
        return first
    last, mark = first[-1], words[-1].text[-1]
    closing = mark if mark in CLOSING_QUOTATION_MARKS else ""
    return [*first[:-1], Word(f"{last.text.rstrip('.,;:–-')}…{closing}", last.font)]
