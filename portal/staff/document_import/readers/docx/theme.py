"""Resolves the colours of a document: those of its theme, their tones, shadings and highlights."""

import re

from organisation.reader_process.unreadable import Unreadable
from portal.staff.colours import (
    BLACK,
    OFFICE_THEME,
    UNKNOWN,
    WHITE,
    Colour,
    channels,
    hexadecimal,
    read_css,
    read_hexadecimal,
    with_lightness,
)

from .xml import attribute, child, name_of

# The names that letters, drawings and settings give to the colours of a theme.
NAMES = {
    "dark1": "dk1", "light1": "lt1", "dark2": "dk2", "light2": "lt2", "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
}  # fmt: skip
MAPPED = {
    "background1": "bg1", "text1": "t1", "background2": "bg2", "text2": "t2", "tx1": "t1", "tx2": "t2",
    "bg1": "bg1", "bg2": "bg2",
}  # fmt: skip
USUAL_MAP = {"bg1": "lt1", "t1": "dk1", "bg2": "lt2", "t2": "dk2"}
HIGHLIGHTS = {
    "darkBlue": "#000080", "darkCyan": "#008080", "darkGreen": "#008000", "darkMagenta": "#800080",
    "darkRed": "#800000", "darkYellow": "#808000", "darkGray": "#808080", "lightGray": "#c0c0c0",
    "green": "#00ff00",
}  # fmt: skip
AUTO = "auto"  # black or white, whichever is seen


class Theme:
    """The colours of a document's theme and the names that its settings give them."""

    def __init__(self, root=None, settings=None):
        self.colors, self.map = dict(OFFICE_THEME), dict(USUAL_MAP)
        scheme = child(root, "a:themeElements", "a:clrScheme")
        for each in scheme if scheme is not None else ():
            for value in each:
                color = read_hexadecimal(attribute(value, "lastClr") or attribute(value))
                self.colors[name_of(each)[2:]] = color
        mapping = child(settings, "w:clrSchemeMapping")
        for name, value in mapping.items() if mapping is not None else ():
            self.map[name.rpartition("}")[2]] = NAMES.get(value, value)

    def named(self, name):
        """Returns the colour that a name has in this document; unknown for any other name."""
        name = self.map.get(MAPPED.get(name, ""), name)
        return self.colors.get(NAMES.get(name, name), UNKNOWN)

    def color(self, element, prefix=""):
        """Returns the colour in the attributes of an element: `AUTO`, one in digits, or unknown.

        `prefix` is that of the names of theme colours, as in “themeFill”.
        """
        theme = attribute(element, f"theme{prefix or 'Color'}")
        if theme and theme != "none":
            tint, shade = (attribute(element, f"theme{prefix}{name}") for name in ("Tint", "Shade"))
            return tinted(self.named(theme), tint, shade)
        value = attribute(
            element, prefix.lower() or ("val" if name_of(element) == "w:color" else "color"), AUTO
        )
        return AUTO if value == AUTO else read_hexadecimal(value)

    def shading(self, element):
        """Returns the colour of a shading (`w:shd`); None if it lets through what is behind it."""
        pattern, fill = attribute(element, default="clear"), self.color(element, "Fill")
        share = re.fullmatch(r"pct(\d{1,2})", pattern)
        if pattern == "nil":
            return None
        if pattern == "clear":
            return None if fill == AUTO else fill
        front = self.color(element)
        front = BLACK if front == AUTO else front
        if pattern == "solid":
            return front
        if share and UNKNOWN not in (front, fill):
            return Colour(front, int(share[1]) / 100).upon(WHITE if fill == AUTO else fill)
        return UNKNOWN

    def drawn(self, fill):
        """Returns the colour of a fill of a drawing (`solidFill`), unknown if it is clear."""
        for each in fill:
            name = each.tag.rpartition("}")[2]
            value = attribute(each)
            color = {"srgbClr": read_hexadecimal, "schemeClr": self.named}.get(name, lambda _value: UNKNOWN)(
                value
            )
            if name == "sysClr":
                color = read_hexadecimal(attribute(each, "lastClr"))
            if name == "prstClr":
                found = read_css(value)
                color = found.color if found else UNKNOWN
            return changed(color, each)
        return UNKNOWN


def highlight(element):
    """Returns the colour of a highlight; None without any."""
    value = attribute(element, default="none")
    if value == "none":
        return None
    found = read_css(value)
    return HIGHLIGHTS.get(value) or (found.color if found else UNKNOWN)


def tinted(color, tint="", shade=""):
    """Returns a colour in a lighter or darker tone, which are given in two digits, as in “BF”."""
    tint, shade = (
        int(each, 16) / 255 if re.fullmatch(r"[\da-fA-F]{1,2}", each) else None for each in (tint, shade)
    )
    if tint is not None:
        color = with_lightness(color, lambda lightness: lightness * tint + 1 - tint)
    if shade is not None:
        color = with_lightness(color, lambda lightness: lightness * shade)
    return color


def changed(color, element):
    """Returns a colour of a drawing after the changes that its element holds, in 100,000 parts."""
    for each in element:
        value, name = attribute(each), each.tag.rpartition("}")[2]
        if color == UNKNOWN or not value.removeprefix("-").isdecimal() or len(value) > 8:
            continue
        share = int(value) / 100_000
        if name == "alpha" and share < 0.5:
            return UNKNOWN
        if name in ("lumMod", "lumOff"):
            offset = share if name == "lumOff" else 0
            factor = share if name == "lumMod" else 1
            color = with_lightness(color, lambda lightness, f=factor, o=offset: lightness * f + o)
        elif name in ("tint", "shade"):
            other = 255 if name == "tint" else 0
            color = hexadecimal(share * part + (1 - share) * other for part in channels(color))
    return color


def theme_of(document):
    """Returns the theme of a document; the usual one where its own cannot be read."""
    try:
        root = document.related_root("theme")
    except Unreadable:
        root = None
    return Theme(root, document.related_root("settings"))
