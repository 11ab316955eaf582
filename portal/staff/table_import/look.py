"""Tells how the cells of a workbook look: their number format, and whether their words can be seen."""

from typing import NamedTuple

from portal.staff.colours import TINY, WHITE, are_alike

from .palette import AUTO, gradient_ground, pattern_ground

NO = ("0", "false", "off")


class Look(NamedTuple):
    """How a cell looks, by its style."""

    format: str = "General"
    is_struck: bool = False
    color: str = AUTO
    is_tiny: bool = False
    ground: str = WHITE

    @property
    def is_unseen(self):
        return self.is_tiny or self.hides(self.color)

    def hides(self, color):
        """Says that nobody sees letters of a colour in this cell."""
        return are_alike(color, self.ground)

    def with_font(self, name, attributes, palette):
        """Returns the look with what an element of a font says."""
        if name == "strike":
            return self._replace(is_struck=attributes.get("val", "1") not in NO)
        if name == "color":
            return self._replace(color=palette.color(attributes))
        if name == "sz":
            return self._replace(is_tiny=is_tiny(attributes))
        return self


def is_tiny(attributes):
    return float(attributes["val"]) <= TINY


class Fill:
    """The fill of a cell, as its elements come."""

    def __init__(self, palette):
        self.palette, self.pattern, self.colors, self.stops = palette, "none", {}, None

    def take(self, name, attributes):
        if name == "patternFill":
            self.pattern = attributes.get("patternType", "none")
        elif name == "gradientFill":
            self.stops = []
        elif name in ("fgColor", "bgColor"):
            self.colors[name] = self.palette.color(attributes)
        elif name == "color" and self.stops is not None:
            self.stops.append(self.palette.color(attributes))

    @property
    def ground(self):
        if self.stops is not None:
            return gradient_ground(self.stops)
        return pattern_ground(self.pattern, *(self.colors.get(each, AUTO) for each in ("fgColor", "bgColor")))
