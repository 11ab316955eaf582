"""Colours as #rrggbb: their contrast (WCAG 2.2), mixtures, and the same colour lighter or darker (OKLCH)."""

from functools import lru_cache
from math import atan2, cos, hypot, sin

# Both matrices are those of https://bottosson.github.io/posts/oklab/.
TO_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
FROM_LAB = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
FROM_CONES = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)


def channels(colour):
    """Returns red, green and blue of a colour, each from 0 to 1."""
    return tuple(int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))


def from_channels(values):
    return "#" + "".join(f"{round(255 * min(max(value, 0), 1)):02x}" for value in values)


@lru_cache(4096)
def luminance(colour):
    red, green, blue = map(to_light, channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(4096)
def contrast(one, other):
    """Returns the contrast ratio of two colours, from 1 to 21, as WCAG defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour, ground, share):
    """Returns what a share of one colour, from 0 to 1, makes of the ground that it lies on."""
    pairs = zip(channels(colour), channels(ground), strict=True)
    return from_channels(share * over + (1 - share) * under for over, under in pairs)


def oklch(colour):
    """Returns lightness (0 to 1), chroma and hue of a colour in OKLCH, in which equal steps look equal."""
    cones = times(TO_CONES, map(to_light, channels(colour)))
    lightness, a, b = times(TO_LAB, (cone ** (1 / 3) for cone in cones))
    return lightness, hypot(a, b), atan2(b, a)


def with_lightness(colour, lightness):
    """Returns a colour with another lightness and its own hue; its chroma is less where no screen has it."""
    _lightness, chroma, hue = oklch(colour)
    most, least = chroma, 0.0
    if not on_screen(lightness, most, hue):
        for _halving in range(12):
            middle = (most + least) / 2
            least, most = (middle, most) if on_screen(lightness, middle, hue) else (least, middle)
        most = least
    return from_channels(map(from_light, light_of(lightness, most, hue)))


def nearest_lightness(colour, passes):
    """Returns a colour if it passes, or the nearest that does of those that are only lighter or darker.

    What passes has to do so up to black, or up to white; None if neither does.
    """
    if passes(colour):
        return colour
    lightness, found = oklch(colour)[0], []
    for far in (0.0, 1.0):
        near = lightness
        if passes(nearest := with_lightness(colour, far)):
            for _halving in range(10):
                middle = (near + far) / 2
                if passes(tried := with_lightness(colour, middle)):
                    far, nearest = middle, tried
                else:
                    near = middle
            found.append((abs(far - lightness), nearest))
    return min(found)[1] if found else None


def on_screen(lightness, chroma, hue):
    return all(-1e-6 <= value <= 1 + 1e-6 for value in light_of(lightness, chroma, hue))


def light_of(lightness, chroma, hue):
    """Returns the light of red, green and blue of a colour in OKLCH; outside of 0 to 1 no screen has it."""
    cones = times(FROM_LAB, (lightness, chroma * cos(hue), chroma * sin(hue)))
    return times(FROM_CONES, (cone**3 for cone in cones))


def times(matrix, vector):
    vector = tuple(vector)
    return tuple(sum(factor * value for factor, value in zip(row, vector, strict=True)) for row in matrix)


def to_light(value):
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def from_light(value):
    value = max(value, 0)
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
