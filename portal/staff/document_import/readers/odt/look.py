"""Tells how letters of an OpenDocument text look by what they inherit, and whether they can be seen."""

import re
from typing import NamedTuple

from ..paper import is_paper
from ..symbols import FONTS
from .names import attribute, short

# Points below which nobody reads a letter, and the part of a line by which it is raised at least.
MIN_SIZE, MIN_RAISE = 2, 10
LETTERS, PARAGRAPHS = "style:text-properties", "style:paragraph-properties"
GROUNDS = {
    *(LETTERS, PARAGRAPHS, "style:table-cell-properties", "style:table-row-properties"),
    *("style:table-properties", "style:page-layout-properties"),
}


class Look(NamedTuple):
    """Letters as a person sees them; `height` is 1 if they are raised and -1 if they are lowered."""

    is_hidden: bool = False
    is_pale: bool = False
    is_on_colour: bool = False
    is_tiny: bool = False
    height: int = 0
    font: str = ""  # only one of symbols

    @property
    def is_unseen(self):
        return self.is_hidden or self.is_tiny or self.is_pale and not self.is_on_colour

    def within(self, properties):
        """Returns the look of letters of a style, whose properties are {name: value}."""
        look = self
        if display := properties.get("text:display"):
            look = look._replace(is_hidden=display == "none")
        if color := properties.get("fo:color"):
            look = look._replace(is_pale=is_paper(color))
        if (ground := properties.get("fo:background-color")) and ground != "transparent":
            look = look._replace(is_on_colour=not is_paper(ground))
        if match := re.fullmatch(r"(\d{1,4}(?:\.\d{1,6})?)pt", properties.get("fo:font-size", "")):
            look = look._replace(is_tiny=float(match[1]) < MIN_SIZE)
        if position := properties.get("style:text-position"):
            look = look._replace(height=height_of(position))
        if font := properties.get("style:font-name"):
            # A file that names a font twice counts: “Symbol1”.
            names = [each for each in (font, font.rstrip("0123456789")) if each.lower() in FONTS]
            look = look._replace(font=names[0] if names else "")
        return look


def height_of(position):
    """Returns 1 for “super 58%” and “33% 58%”, -1 for “sub 58%” and “-33%”."""
    first = position.split()[0] if position.strip() else ""
    match = re.fullmatch(r"(-?\d{1,3})(?:\.\d+)?%", first)
    raised = int(match[1]) if match else {"super": MIN_RAISE, "sub": -MIN_RAISE}.get(first, 0)
    return (raised >= MIN_RAISE) - (raised <= -MIN_RAISE)


def properties_of(styles):
    """Returns {name: value} of what styles say of letters and what is behind them, the nearest first."""
    properties = {}
    for style in styles:
        for each in style:
            if isinstance(each.tag, str) and short(each.tag) in GROUNDS:
                own = {short(key): value for key, value in each.attrib.items()}
                properties = own | properties
    return properties


def is_coloured_page(styles_root):
    """Says that pages have a colour of their own."""
    layouts = styles_root.iter() if styles_root is not None else ()
    grounds = (
        attribute(each, "fo:background-color") or "transparent"
        for each in layouts
        if isinstance(each.tag, str) and short(each.tag) == "style:page-layout-properties"
    )
    return any(ground != "transparent" and not is_paper(ground) for ground in grounds)
