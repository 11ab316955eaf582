"""The glyph coverage of the fonts: PDF/A forbids a character for which a font has no glyph."""

import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
# What is set in another font falls back on these, which together cover all that the others do.
FALLBACK_FONTS = ("GentiumBookPlus_400Regular.ttf", "NotoNaskhArabic_400Regular.ttf")

REPLACEMENT = "\ufffd"
# Invisible, but Arabic and long words are written with them: the soft hyphen, joiners and direction marks.
INVISIBLE = "\u00ad\u200c\u200d\u200e\u200f"
WHITESPACE = "\n\t"
CMAP_FORMAT = 12


def printable(text):
    """Replaces each character without a glyph by U+FFFD, and removes control and format characters."""
    return "".join(
        character if " " <= character <= "~" else printable_character(character) for character in text
    )


@cache
def printable_character(character):
    if character in WHITESPACE or character in INVISIBLE:
        return character
    category = unicodedata.category(character)
    if category in ("Cc", "Cf"):
        return ""
    # "Co" is private use, where a font may have any glyph.
    return character if category != "Co" and ord(character) in covered_code_points() else REPLACEMENT


@cache
def covered_code_points():
    return {
        code_point
        for name in FALLBACK_FONTS
        for first, last in cmap_groups((FONTS / name).read_bytes())
        for code_point in range(first, last + 1)
    }


def cmap_groups(font):
    """Returns (first, last) of each run of code points in the character map of a TrueType font.

    Reads subtables of format 12 alone: https://learn.microsoft.com/typography/opentype/spec/cmap
    """
    (table_count,) = struct.unpack_from(">H", font, 4)
    offsets = {
        tag: offset
        for tag, _checksum, offset, _length in (
            struct.unpack_from(">4sIII", font, 12 + 16 * n) for n in range(table_count)
        )
    }
    cmap = offsets[b"cmap"]
    (subtable_count,) = struct.unpack_from(">H", font, cmap + 2)
    for n in range(subtable_count):
        (offset,) = struct.unpack_from(">I", font, cmap + 8 + 8 * n)
        if struct.unpack_from(">H", font, cmap + offset) == (CMAP_FORMAT,):
            (group_count,) = struct.unpack_from(">I", font, cmap + offset + 12)
            return [
                struct.unpack_from(">II", font, cmap + offset + 16 + 12 * group)
                for group in range(group_count)
            ]
    raise ValueError("The font has no character map of format 12.")
