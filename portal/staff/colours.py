"""Reads colours in the ways in which documents write them, and tells whether one is seen upon another.

A colour is “#rrggbb”, or `UNKNOWN`; one that lets light through is a `Colour` with its opacity.
"""

import colorsys
import re
from functools import lru_cache
from typing import NamedTuple

WHITE, BLACK, UNKNOWN = "#ffffff", "#000000", ""
# Letters on another ground differ from it by so much in one channel at least, and let less light through.
MIN_CONTRAST, MIN_OPACITY = 12, 0.04
# Points up to which nobody reads a letter.
TINY = 2
NAMES_AND_DIGITS = (
    "aliceblue f0f8ff antiquewhite faebd7 aqua 00ffff aquamarine 7fffd4 azure f0ffff beige f5f5dc "
    "bisque ffe4c4 black 000000 blanchedalmond ffebcd blue 0000ff blueviolet 8a2be2 brown a52a2a "
    "burlywood deb887 cadetblue 5f9ea0 chartreuse 7fff00 chocolate d2691e coral ff7f50 cornflowerblue "
    "6495ed cornsilk fff8dc crimson dc143c cyan 00ffff darkblue 00008b darkcyan 008b8b darkgoldenrod "
    "b8860b darkgray a9a9a9 darkgreen 006400 darkkhaki bdb76b darkmagenta 8b008b darkolivegreen 556b2f "
    "darkorange ff8c00 darkorchid 9932cc darkred 8b0000 darksalmon e9967a darkseagreen 8fbc8f "
    "darkslateblue 483d8b darkslategray 2f4f4f darkturquoise 00ced1 darkviolet 9400d3 deeppink ff1493 "
    "deepskyblue 00bfff dimgray 696969 dodgerblue 1e90ff firebrick b22222 floralwhite fffaf0 "
    "forestgreen 228b22 fuchsia ff00ff gainsboro dcdcdc ghostwhite f8f8ff gold ffd700 goldenrod daa520 "
    "gray 808080 green 008000 greenyellow adff2f honeydew f0fff0 hotpink ff69b4 indianred cd5c5c indigo "
    "4b0082 ivory fffff0 khaki f0e68c lavender e6e6fa lavenderblush fff0f5 lawngreen 7cfc00 "
    "lemonchiffon fffacd lightblue add8e6 lightcoral f08080 lightcyan e0ffff lightgoldenrodyellow "
    "fafad2 lightgray d3d3d3 lightgreen 90ee90 lightpink ffb6c1 lightsalmon ffa07a lightseagreen 20b2aa "
    "lightskyblue 87cefa lightslategray 778899 lightsteelblue b0c4de lightyellow ffffe0 lime 00ff00 "
    "limegreen 32cd32 linen faf0e6 magenta ff00ff maroon 800000 mediumaquamarine 66cdaa mediumblue "
    "0000cd mediumorchid ba55d3 mediumpurple 9370db mediumseagreen 3cb371 mediumslateblue 7b68ee "
    "mediumspringgreen 00fa9a mediumturquoise 48d1cc mediumvioletred c71585 midnightblue 191970 "
    "mintcream f5fffa mistyrose ffe4e1 moccasin ffe4b5 navajowhite ffdead navy 000080 oldlace fdf5e6 "
    "olive 808000 olivedrab 6b8e23 orange ffa500 orangered ff4500 orchid da70d6 palegoldenrod eee8aa "
    "palegreen 98fb98 paleturquoise afeeee palevioletred db7093 papayawhip ffefd5 peachpuff ffdab9 peru "
    "cd853f pink ffc0cb plum dda0dd powderblue b0e0e6 purple 800080 rebeccapurple 663399 red ff0000 "
    "rosybrown bc8f8f royalblue 4169e1 saddlebrown 8b4513 salmon fa8072 sandybrown f4a460 seagreen "
    "2e8b57 seashell fff5ee sienna a0522d silver c0c0c0 skyblue 87ceeb slateblue 6a5acd slategray "
    "708090 snow fffafa springgreen 00ff7f steelblue 4682b4 tan d2b48c teal 008080 thistle d8bfd8 "
    "tomato ff6347 turquoise 40e0d0 violet ee82ee wheat f5deb3 white ffffff whitesmoke f5f5f5 yellow "
    "ffff00 yellowgreen 9acd32"
).split()
NAMES = dict(zip(NAMES_AND_DIGITS[::2], NAMES_AND_DIGITS[1::2], strict=True))
NAMES |= {name.replace("gray", "grey"): digits for name, digits in NAMES.items() if "gray" in name}
# Those of the theme of Office, where a document has none of its own.
OFFICE_THEME = {
    "dk1": BLACK, "lt1": WHITE, "dk2": "#1f497d", "lt2": "#eeece1", "accent1": "#4f81bd",
    "accent2": "#c0504d", "accent3": "#9bbb59", "accent4": "#8064a2", "accent5": "#4bacc6",
    "accent6": "#f79646", "hlink": "#0000ff", "folHlink": "#800080",
}  # fmt: skip
# What systems draw upon and with.
NAMES |= {"canvas": "ffffff", "canvastext": "000000", "window": "ffffff", "windowtext": "000000"}
NUMBER = re.compile(r"[+-]?(?:\d{1,6}(?:\.\d{0,9})?|\.\d{1,9})")
FUNCTION = re.compile(r"(rgb|hsl|hwb)a?\((.*)\)")


class Colour(NamedTuple):
    """A colour and its opacity, from 0 to 1."""

    color: str = UNKNOWN
    opacity: float = 1

    def upon(self, ground):
        """Returns the colour that is seen where this one lies upon another."""
        if self.opacity >= 1 or self.color == UNKNOWN:
            return self.color
        if self.opacity <= 0:
            return ground
        if ground == UNKNOWN:
            return UNKNOWN
        pairs = zip(channels(self.color), channels(ground), strict=True)
        return hexadecimal(self.opacity * own + (1 - self.opacity) * behind for own, behind in pairs)

    def is_seen_upon(self, ground):
        """Says that letters of this colour may be seen upon another."""
        return self.opacity >= MIN_OPACITY and not are_alike(self.upon(ground), ground)


def are_alike(color, ground):
    """Says that letters of a colour are not seen upon another; what is unknown is like nothing."""
    if not (color.startswith("#") and ground.startswith("#")):
        return False
    return all(
        abs(one - other) < MIN_CONTRAST for one, other in zip(channels(color), channels(ground), strict=True)
    )


def channels(color):
    return tuple(bytes.fromhex(color[1:]))


def hexadecimal(values):
    return "#" + "".join(f"{min(255, max(0, round(value))):02x}" for value in values)


def read_hexadecimal(text):
    """Returns a colour in six digits, as in “1F3864” or “#1f3864”; unknown if it is none."""
    match = re.fullmatch(r"#?([\da-fA-F]{6})", text.strip())
    return f"#{match[1].lower()}" if match else UNKNOWN


def with_lightness(color, change):
    """Returns a colour whose lightness, from 0 to 1, a function changes."""
    if color == UNKNOWN:
        return UNKNOWN
    hue, lightness, saturation = colorsys.rgb_to_hls(*(value / 255 for value in channels(color)))
    lightness = min(1.0, max(0.0, change(lightness)))
    return hexadecimal(255 * value for value in colorsys.hls_to_rgb(hue, lightness, saturation))


@lru_cache(1_000)
def read_css(text):
    """Returns a colour as a style sheet writes it; None for one that is not read."""
    text = text.strip().lower()
    if text == "transparent":
        return Colour(BLACK, 0)
    if text in NAMES:
        return Colour(f"#{NAMES[text]}")
    if match := re.fullmatch(r"#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})", text):
        digits = match[1] if len(match[1]) > 4 else "".join(2 * digit for digit in match[1])
        return Colour(f"#{digits[:6]}", int(digits[6:] or "ff", 16) / 255)
    if not (match := FUNCTION.fullmatch(text)):
        return None
    parts = re.sub(r"[,/]", " ", match[2]).split()
    if len(parts) not in (3, 4):
        return None
    try:
        opacity = part(parts[3], 1) if len(parts) == 4 else 1.0
        return Colour(READERS[match[1]](*parts[:3]), min(1.0, max(0.0, opacity)))
    except ValueError:
        return None


def part(text, whole):
    """Returns a number or the part of a whole that a percentage is; “none” is nothing."""
    if text == "none":
        return 0.0
    return number(text[:-1]) / 100 * whole if text.endswith("%") else number(text)


def number(text):
    if not NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text)


def angle(text):
    """Returns an angle in parts of a full turn."""
    for unit, turn in (("grad", 400), ("rad", 6.283185307), ("deg", 360), ("turn", 1)):
        if text.endswith(unit):
            return number(text.removesuffix(unit)) / turn
    return part(text, 360) / 360


def share(text):
    """Returns a percentage, which may lack its sign, as a number from 0 to 1."""
    return min(1.0, max(0.0, part(text.removesuffix("%") + "%" if text != "none" else text, 1)))


def of_rgb(*parts):
    return hexadecimal(part(each, 255) for each in parts)


def of_hsl(hue, saturation, lightness):
    shares = colorsys.hls_to_rgb(angle(hue) % 1, share(lightness), share(saturation))
    return hexadecimal(255 * each for each in shares)


def of_hwb(hue, white, black):
    white, black = share(white), share(black)
    if white + black >= 1:
        return hexadecimal([255 * white / (white + black)] * 3)
    pure = colorsys.hls_to_rgb(angle(hue) % 1, 0.5, 1)
    return hexadecimal(255 * (each * (1 - white - black) + white) for each in pure)


READERS = {"rgb": of_rgb, "hsl": of_hsl, "hwb": of_hwb}
