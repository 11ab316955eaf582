"""Estimates how wide a text is drawn, on the safe side: nothing that is laid out by it overlaps."""

import unicodedata

# In ems: of the widest letters of each kind in the site's fonts, and in those that stand in for them.
NARROW, LOWER, CAPITAL, WIDE = 0.36, 0.6, 0.76, 1.05
NARROW_SIGNS = frozenset(" .,:;!|'’‘“”\"()[]-iljtfrI1")


def text_width(text, size):
    """Returns at most how many pixels wide a text of this size in pixels is."""
    return size * sum(map(width_of, text))


def width_of(sign):
    if unicodedata.combining(sign):
        return 0
    if sign in NARROW_SIGNS:
        return NARROW
    if unicodedata.east_asian_width(sign) in "WF":
        return WIDE
    return CAPITAL if sign.isupper() or sign in "mwMW@%&—" else LOWER


def fitted(text, size, width):
    """Returns the text, cut with an ellipsis if it is wider than so many pixels."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"
