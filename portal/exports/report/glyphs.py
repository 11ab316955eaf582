"""Which letters the fonts of the printed documents have: an archival PDF may not show one that they lack."""

import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
# Between them they have every letter of the others; what is set in another font falls back on them.
WIDEST = ("GentiumBookPlus_400Regular.ttf", "NotoNaskhArabic_400Regular.ttf")

MISSING = "\ufffd"
JOINERS = (
    "\u00ad\u200c\u200d\u200e\u200f"  # they are not seen, and Arabic and long words are written with them
)
SPACES = "\n\t"


def printable(text):
    """The text with a sign for each letter that cannot be printed, and without what is not to be seen at all."""
    return "".join(letter if " " <= letter <= "~" else printed(letter) for letter in text)


@cache
def printed(letter):
    if letter in SPACES or letter in JOINERS:
        return letter
    category = unicodedata.category(letter)
    if category in ("Cc", "Cf"):
        return ""
    return letter if category != "Co" and ord(letter) in letters() else MISSING


@cache
def letters():
    """Every code point that the fonts have a picture for."""
    return {
        code
        for name in WIDEST
        for first, last in ranges((FONTS / name).read_bytes())
        for code in range(first, last + 1)
    }


def ranges(font):
    """(first, last) of each run of code points in a TrueType font that has a character map of format 12."""
    (tables,) = struct.unpack_from(">H", font, 4)
    places = {
        tag: place
        for tag, _sum, place, _size in (
            struct.unpack_from(">4sIII", font, 12 + 16 * n) for n in range(tables)
        )
    }
    start = places[b"cmap"]
    (maps,) = struct.unpack_from(">H", font, start + 2)
    for n in range(maps):
        (place,) = struct.unpack_from(">I", font, start + 8 + 8 * n)
        if struct.unpack_from(">H", font, start + place) == (12,):
            (groups,) = struct.unpack_from(">I", font, start + place + 12)
            return [
                struct.unpack_from(">II", font, start + place + 16 + 12 * group) for group in range(groups)
            ]
    raise ValueError("The font has no character map of format 12.")
