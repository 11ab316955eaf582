"""Tells how the cells of a workbook look: their number format, and whether their words can be seen."""

from typing import NamedTuple

NO = ("0", "false", "off")
# Points below which nobody reads a letter, and the least channel of a colour that is not seen on paper.
MIN_SIZE, PALE = 2, 0xF6
WHITE_OF_THEME, WHITE_OF_PALETTE = "0", ("1", "9")


class Look(NamedTuple):
    """How a cell looks, by its style."""

    format: str = "General"
    is_struck: bool = False
    is_pale: bool = False
    is_tiny: bool = False
    is_filled: bool = False  # with another colour than paper

    @property
    def is_unseen(self):
        return self.is_tiny or self.is_pale and not self.is_filled

    def with_font(self, name, attributes):
        """Returns the look with what an element of a font says."""
        if name == "strike":
            return self._replace(is_struck=attributes.get("val", "1") not in NO)
        if name == "color":
            return self._replace(is_pale=is_white(attributes))
        if name == "sz":
            return self._replace(is_tiny=float(attributes["val"]) < MIN_SIZE)
        return self


def is_white(attributes):
    """Says that a colour is that of paper; its tint may make it another one."""
    if float(attributes.get("tint", 0)) < 0:
        return False
    if "rgb" in attributes:
        return min(bytes.fromhex(attributes["rgb"][-6:]), default=0) >= PALE
    return attributes.get("theme") == WHITE_OF_THEME or attributes.get("indexed") in WHITE_OF_PALETTE
