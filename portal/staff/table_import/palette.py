"""Resolves the colours of a workbook: those of its theme and of its palette, and their tints."""

from portal.staff.colours import (
    BLACK,
    OFFICE_THEME,
    UNKNOWN,
    WHITE,
    Colour,
    are_alike,
    read_hexadecimal,
    with_lightness,
)

# A workbook numbers the colours of its theme in this order.
THEME_ORDER = "lt1 dk1 lt2 dk2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink".split()
# Of older programs; the first eight stand there twice.
FIRST_EIGHT = "000000 ffffff ff0000 00ff00 0000ff ffff00 ff00ff 00ffff".split()
INDEXED = [*FIRST_EIGHT, *FIRST_EIGHT]
INDEXED += (
    "800000 008000 000080 808000 800080 008080 c0c0c0 808080 9999ff 993366 ffffcc ccffff 660066 ff8080 "
    "0066cc ccccff 000080 ff00ff ffff00 00ffff 800080 800000 008080 0000ff 00ccff ccffff ccffcc ffff99 "
    "99ccff ff99cc cc99ff ffcc99 3366ff 33cccc 99cc00 ffcc00 ff9900 ff6600 666699 969696 003366 339966 "
    "003300 333300 993300 993366 333399 333333"
).split()
SYSTEM = {"64": BLACK, "65": WHITE}  # the letters and the ground of windows
# How much of a pattern is in its own colour.
PATTERNS = {"darkGray": 0.75, "mediumGray": 0.5, "lightGray": 0.25, "gray125": 0.125, "gray0625": 0.0625}
AUTO = "auto"  # the program chooses one that is seen
FORMAT_COLOURS = dict(zip("black white red green blue yellow magenta cyan".split(), FIRST_EIGHT, strict=True))


class Palette:
    """The colours of a workbook, by the attributes that its styles write."""

    def __init__(self, theme=(), indexed=()):
        """Takes the colours of a theme as (name, attributes, parent), and those of a palette of its own."""
        found = {}
        for name, attributes, parent in theme:
            if name in ("srgbClr", "sysClr") and parent in OFFICE_THEME:
                color = read_hexadecimal(attributes.get("lastClr") or attributes.get("val", ""))
                found.setdefault(parent, color)
        self.theme = [(OFFICE_THEME | found)[name] for name in THEME_ORDER]
        own = [read_hexadecimal(each[-6:]) for each in indexed]
        self.indexed = own + [f"#{digits}" for digits in INDEXED[len(own) :]]

    def color(self, attributes):
        """Returns the colour that an element names: in digits, `AUTO`, or unknown."""
        if "rgb" in attributes:
            color = read_hexadecimal(attributes["rgb"][-6:])
        elif "theme" in attributes:
            color = at(self.theme, attributes["theme"])
        elif "indexed" in attributes:
            color = SYSTEM.get(attributes["indexed"]) or at(self.indexed, attributes["indexed"])
        else:
            return AUTO
        tint = float(attributes.get("tint", 0))
        if not tint:
            return color
        share, added = (1 + tint, 0) if tint < 0 else (1 - tint, tint)
        return with_lightness(color, lambda lightness: lightness * share + added)

    def of_format(self, section):
        """Returns the colour that a section of a number format gives, as “[White]”; `AUTO` without any."""
        for name in section.lower().split("[")[1:]:
            name = name.partition("]")[0].strip()
            if name in FORMAT_COLOURS:
                return f"#{FORMAT_COLOURS[name]}"
            number = name.removeprefix("color").strip()
            if name.startswith("color") and number.isdecimal() and len(number) < 3:
                return at(self.indexed, str(int(number) + 7))
        return AUTO


def at(colors, number):
    place = int(number)
    return colors[place] if 0 <= place < len(colors) else UNKNOWN


def pattern_ground(pattern, front, back):
    """Returns the colour behind the letters of a cell that a pattern fills; unknown for stripes."""
    if pattern == "none":
        return WHITE
    if pattern == "solid":
        return UNKNOWN if front == AUTO else front
    front, back = (BLACK if front == AUTO else front), (WHITE if back == AUTO else back)
    if pattern not in PATTERNS or UNKNOWN in (front, back):
        return UNKNOWN
    return Colour(front, PATTERNS[pattern]).upon(back)


def gradient_ground(colors):
    """Returns the colour of a gradient whose colours are all alike; unknown for any other."""
    is_even = bool(colors) and all(are_alike(each, colors[0]) for each in colors)
    return colors[0] if is_even else UNKNOWN
