"""Reads lengths and sizes of letters of style sheets, in pixels."""

import re

DEFAULT_SIZE, PIXELS_OF_POINT = 16.0, 4 / 3
LENGTH = re.compile(r"([+-]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9}))([a-z]+|%)?")
ABSOLUTE = {"px": 1, "pt": PIXELS_OF_POINT, "pc": 16, "in": 96, "cm": 37.8, "mm": 3.78, "q": 0.945}
# Of a window of 1280 by 800 pixels.
OF_WINDOW = {"vw": 12.8, "vh": 8, "vmin": 8, "vmax": 12.8, "vi": 12.8, "vb": 8}
OF_WINDOW |= {f"{kind}{name}": value for kind in "sdl" for name, value in OF_WINDOW.items()}
OF_LETTER = {"em": 1, "ex": 0.5, "ch": 0.5, "lh": 1.2, "cap": 0.7, "ic": 1}
NAMED = {"xx-small": 9, "x-small": 10, "small": 13, "medium": 16, "large": 18, "x-large": 24, "xx-large": 32}
NAMED |= {"xxx-large": 48, "initial": DEFAULT_SIZE}
SHORTHAND = re.compile(
    r"(?:^|\s)((?:\d+(?:\.\d+)?|\.\d+)(?:[a-z]+|%)?|(?:xx?-)?(?:small|large)|medium)(?=\s*/|\s|$)"
)


def pixels(text, letter=DEFAULT_SIZE, whole=None, root=DEFAULT_SIZE):
    """Returns a length in pixels; None for one that is not read. `whole` is what a percentage is part of."""
    match = LENGTH.fullmatch((text or "").strip())
    if not match:
        return None
    value, unit = float(match[1]), match[2]
    if unit is None:
        return value
    if unit == "%":
        return None if whole is None else value / 100 * whole
    factor = ABSOLUTE.get(unit) or OF_WINDOW.get(unit)
    if unit in OF_LETTER:
        factor = OF_LETTER[unit] * letter
    if unit == "rem":
        factor = root
    return None if factor is None else value * factor


def font_size(element, styles, outer, root):
    """Returns the size of the letters of an element within letters of another size."""
    value = styles.get("font-size")
    if value is None:
        return outer
    if " " in value or "/" in value:  # all of a font at once
        match = SHORTHAND.search(value)
        value = match[1] if match else ""
    if value in NAMED:
        return NAMED[value]
    if value in ("smaller", "larger"):
        return outer / 1.2 if value == "smaller" else outer * 1.2
    size = pixels(value, outer, outer, root)
    return outer if size is None or size < 0 else size
