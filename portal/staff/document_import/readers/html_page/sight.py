"""Tells whether letters can be seen, by what they inherit: visibility, size, and colour upon colour."""

import re
from typing import NamedTuple

from ..symbols import FONTS

NOTHING = re.compile(r"[+-]?0*\.?0*(?:px|pt|pc|r?em|ex|ch|%|v[wh]|cm|mm|in)?")
NAMES = {"white": "#ffffff", "black": "#000000", "transparent": "", "snow": "#fffafa", "ivory": "#fffff0"}
NAMES |= {"ghostwhite": "#f8f8ff", "whitesmoke": "#f5f5f5", "floralwhite": "#fffaf0", "mintcream": "#f5fffa"}
# No channel of a colour that is seen on another one differs less from it.
MIN_CONTRAST = 12
WHITE, BLACK, CLEAR, UNKNOWN = "#ffffff", "#000000", "", "?"
KEPT = ("inherit", "initial", "unset", "revert", "currentcolor")


class Sight(NamedTuple):
    """How the letters within an element look; a colour is “#rrggbb”, empty if clear, “?” if unknown."""

    is_visible: bool = True
    is_tiny: bool = False
    color: str = BLACK
    ground: str = WHITE
    font: str = ""  # only one of symbols

    @property
    def is_unseen(self):
        return (
            not self.is_visible or self.is_tiny or self.color == CLEAR or are_alike(self.color, self.ground)
        )

    def within(self, element, styles):
        """Returns the sight within an element that stands in this one."""
        if not styles and not element.keys():
            return self
        color = styles.get("color") or (element.get("color") if element.tag == "font" else None)
        ground = ground_of(element, styles)
        size = size_of(styles)
        family = styles.get("font-family") or (element.get("face") if element.tag == "font" else None)
        family = family.split(",")[0].strip("\"' ") if family else None
        visibility = styles.get("visibility")
        return Sight(
            self.is_visible if visibility in (None, *KEPT) else visibility not in ("hidden", "collapse"),
            self.is_tiny if size is None else bool(NOTHING.fullmatch(size)),
            self.color if color in (None, *KEPT) else read_color(color),
            self.ground if ground in (None, *KEPT, CLEAR) else ground,
            self.font if family is None else family if family.lower() in FONTS else "",
        )


def ground_of(element, styles):
    """Returns the colour that an element has behind its letters; None or empty if it sets none."""
    values = [styles.get(name) for name in ("background-image", "background", "background-color")]
    if not any(values):
        return read_color(element.get("bgcolor")) if element.get("bgcolor") else None
    image, whole, color = values
    if image and image != "none" or whole and re.search(r"url|gradient|var\(", whole):
        return UNKNOWN
    words = re.findall(r"[\w-]+\([^)]*\)|\S+", color or whole or "")
    found = [read_color(word) for word in words if color or word != "none" and is_color(word)]
    return found[0] if found else CLEAR


def is_color(word):
    return word.startswith("#") or "(" in word or word.isalpha()


def size_of(styles):
    """Returns the size of letters that styles set; None where it is that of the element around."""
    if size := styles.get("font-size"):
        is_relative = re.fullmatch(r"[\d.]*[1-9][\d.]*(?:em|%)", size)
        return None if size in KEPT or is_relative else size
    match = re.search(r"(?:^|\s)([\d.]+(?:px|pt|r?em|%)?)(?:\s*/|\s)", styles.get("font", ""))
    return match[1] if match else None


def read_color(text):
    """Returns a colour as “#rrggbb” or by its name; empty for a clear one, “?” for one that is not read."""
    text = "".join(text.lower().split())
    if text in NAMES:
        return NAMES[text]
    if match := re.fullmatch(r"#?([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})", text):
        digits = match[1] if len(match[1]) > 4 else "".join(2 * digit for digit in match[1])
        return CLEAR if digits[6:] == "00" else f"#{digits[:6]}"
    if match := re.fullmatch(r"(?:rgb|hsl)a?\((.*)\)", text):
        parts = re.split(r"[,/]", match[1])
        if len(parts) == 4 and NOTHING.fullmatch(parts[3]):
            return CLEAR
        channels = [int(part) for part in parts[:3] if part.isdecimal() and len(part) < 4]
        if text.startswith("rgb") and len(channels) == 3:
            return "#" + "".join(f"{min(channel, 255):02x}" for channel in channels)
    return text if text.isalpha() else UNKNOWN


def are_alike(color, ground):
    """Says that letters of a colour are not seen upon another; two names are alike if they are the same."""
    if not (color.startswith("#") and ground.startswith("#")):
        return color == ground != UNKNOWN
    channels = (bytes.fromhex(each[1:]) for each in (color, ground))
    return all(abs(one - other) < MIN_CONTRAST for one, other in zip(*channels, strict=True))
