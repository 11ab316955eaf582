"""Drawings made on the server from records: inline SVG of one form for every width.

Places across are per cent of the width, places down are pixels, and there is no viewBox: a drawing grows as
wide as its column while its text keeps its size. What lies where is computed for the narrowest width at which
a drawing is shown; in a wider one things only move apart.
"""

from dataclasses import dataclass, field

from django.utils.translation import get_language_bidi

from .text_width import text_width


def percent(x):
    return f"{round(x, 2):g}%"


@dataclass
class Drawing:
    """Shapes of a drawing, each as the values that its element has, in the order in which they are painted.

    Time and size run the way that the page is read: from the left, or in Arabic from the right.
    """

    height: float = 0
    rects: list = field(default_factory=list)
    lines: list = field(default_factory=list)
    marks: list = field(default_factory=list)
    texts: list = field(default_factory=list)

    def __post_init__(self):
        self.mirrored = get_language_bidi()

    @property
    def height_in_pixels(self):
        return f"{self.height:g}"

    def across(self, x):
        return 100 - x if self.mirrored else x

    def rect(self, name, start, end, y, height):
        left, right = sorted((self.across(start), self.across(end)))
        values = (name, percent(left), percent(right - left), f"{y:g}", f"{height:g}")
        self.rects.append(values)

    def line(self, name, start, end, y1, y2):
        ends = percent(self.across(start)), percent(self.across(end))
        self.lines.append((name, *ends, f"{y1:g}", f"{y2:g}"))

    def mark(self, name, x, y, path, turned=False):
        """Draws a path in pixels from a place, turned round or not; a page read from the right mirrors it."""
        turn = "scale(-1 1)" if self.mirrored != turned else ""
        self.marks.append((name, percent(self.across(x)), f"{y:g}", path, turn))

    def text(self, name, x, y, words, anchor="start", shift=0):
        """Writes words from their start on, or up to their end; a positive shift goes the way of reading."""
        shift = f"{-shift if self.mirrored else shift:g}"
        self.texts.append((name, percent(self.across(x)), f"{y:g}", anchor, shift, words))


__all__ = ["Drawing", "percent", "text_width"]
