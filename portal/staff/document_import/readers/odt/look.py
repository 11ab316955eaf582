"""Tells how letters of an OpenDocument text look by what they inherit, and whether they can be seen."""

import re
from typing import NamedTuple

from portal.staff.colours import TINY, UNKNOWN, WHITE, are_alike, read_hexadecimal

from ..symbols import FONTS
from .names import attribute, iter_named, short

# Parts of a hundred: of a line, by which a letter is raised at least, and of what is seen of a clear one.
MIN_RAISE, MIN_OPACITY = 10, 4
DEFAULT_SIZE = 12.0  # points
POINTS = {"pt": 1, "in": 72, "cm": 28.35, "mm": 2.835, "pc": 12, "px": 0.75}
LETTERS = "style:text-properties"
STRIKING = ("style:text-line-through-style", "style:text-line-through-type")
GROUNDS = {
    *("style:paragraph-properties", "style:table-cell-properties", "style:table-row-properties"),
    *("style:table-properties", "style:page-layout-properties", "style:section-properties"),
    *("style:graphic-properties", "style:drawing-page-properties"),
}
AUTO = "auto"  # black or white, whichever is seen
# What is said of the place of letters is kept apart from what is said of themselves.
PLACE = "place "


class Look(NamedTuple):
    """Letters as a person sees them; `height` is 1 if they are raised and -1 if they are lowered."""

    is_hidden: bool = False
    color: str = AUTO
    ground: str = WHITE
    highlight: str | None = None
    size: float = DEFAULT_SIZE
    is_clear: bool = False
    height: int = 0
    font: str = ""  # only one of symbols
    is_struck_out: bool = False

    @property
    def is_left_out(self):
        return self.is_unseen or self.is_struck_out

    @property
    def is_unseen(self):
        is_alike = self.color != AUTO and are_alike(self.color, self.highlight or self.ground)
        return self.is_hidden or self.size <= TINY or self.is_clear or is_alike

    def within(self, properties):
        """Returns the look of letters of a style, whose properties are {name: value}."""
        look = self
        if display := properties.get("text:display"):
            look = look._replace(is_hidden=display == "none")
        # A file names the line that strikes letters out by its style, by whether it is double, or by both.
        if lines := [properties[name] for name in STRIKING if name in properties]:
            look = look._replace(is_struck_out="none" not in lines)
        if properties.get("style:use-window-font-color") == "true":
            look = look._replace(color=AUTO)
        elif color := properties.get("fo:color"):
            look = look._replace(color=read_hexadecimal(color))
        if opacity := properties.get("loext:opacity"):
            look = look._replace(is_clear=percentage(opacity, 100) < MIN_OPACITY)
        if ground := ground_of(properties):
            look = look._replace(ground=ground, highlight=None)
        if ground := properties.get("fo:background-color"):
            look = look._replace(highlight=None if ground == "transparent" else read_hexadecimal(ground))
        if size := properties.get("fo:font-size"):
            look = look._replace(size=points(size, look.size))
        if position := properties.get("style:text-position"):
            look = look._replace(height=height_of(position))
        if font := properties.get("style:font-name"):
            # A file that names a font twice counts: “Symbol1”.
            names = [each for each in (font, font.rstrip("0123456789")) if each.lower() in FONTS]
            look = look._replace(font=names[0] if names else "")
        return look


def ground_of(properties):
    """Returns the colour that properties set behind a place; empty where they set none."""
    fill = properties.get(f"{PLACE}draw:fill", "")
    if fill == "solid":
        return read_hexadecimal(properties.get(f"{PLACE}draw:fill-color", "")) or "?"
    if fill not in ("", "none") or f"{PLACE}style:background-image" in properties:
        return "?"
    color = properties.get(f"{PLACE}fo:background-color", "transparent")
    return "" if color == "transparent" else read_hexadecimal(color) or "?"


def percentage(text, default):
    match = re.fullmatch(r"(\d{1,4}(?:\.\d{1,6})?)%", text)
    return float(match[1]) if match else default


def points(text, outer):
    """Returns a size in points; a percentage is one of the size around."""
    match = re.fullmatch(r"(\d{1,4}(?:\.\d{1,6})?)(%|[a-z]{2})", text)
    if not match:
        return outer
    return float(match[1]) * (outer / 100 if match[2] == "%" else POINTS.get(match[2], 1))


def height_of(position):
    """Returns 1 for “super 58%” and “33% 58%”, -1 for “sub 58%” and “-33%”."""
    first = position.split()[0] if position.strip() else ""
    match = re.fullmatch(r"(-?\d{1,3})(?:\.\d+)?%", first)
    raised = int(match[1]) if match else {"super": MIN_RAISE, "sub": -MIN_RAISE}.get(first, 0)
    return (raised >= MIN_RAISE) - (raised <= -MIN_RAISE)


def properties_of(styles):
    """Returns {name: value} of what styles say of letters and what is behind them, the nearest first.

    A size in per cent is one of the style that it inherits from.
    """
    properties = {}
    for style in reversed(list(styles)):
        for each in style:
            name = short(each.tag) if isinstance(each.tag, str) else ""
            if name == LETTERS:
                own = {short(key): value for key, value in each.attrib.items()}
                if own.get("fo:font-size", "").endswith("%") and "fo:font-size" in properties:
                    size = points(own["fo:font-size"], points(properties["fo:font-size"], DEFAULT_SIZE))
                    own["fo:font-size"] = f"{size:.2f}pt"
                if "fo:color" in own:
                    own = {"style:use-window-font-color": "false", "loext:opacity": "100%"} | own
                if own.get("style:use-window-font-color") == "true":
                    # LibreOffice writes “0%” beside it, and means nothing by it.
                    own["loext:opacity"] = "100%"
                properties |= own
            elif name in GROUNDS:
                properties |= {PLACE + short(key): value for key, value in each.attrib.items()}
                if has_image(each):
                    properties[f"{PLACE}style:background-image"] = ""
    return properties


def has_image(properties):
    images = iter_named(properties, "style:background-image")
    return any(any(short(key) == "xlink:href" for key in each.attrib) or len(each) for each in images)


def page_colour(styles_root):
    """Returns the colour of the pages; unknown where the kinds of pages have several."""
    colors = {
        attribute(each, "style:name"): ground_of(properties_of([each])) or WHITE
        for each in iter_named(styles_root, "style:page-layout")
    }
    pages = iter_named(styles_root, "style:master-page")
    used = {attribute(each, "style:page-layout-name") for each in pages}
    found = {color for name, color in colors.items() if name in used or not used & colors.keys()}
    return WHITE if not found else found.pop() if len(found) == 1 else UNKNOWN
