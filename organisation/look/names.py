"""The names of colours in plain words, for whoever does not see them or cannot read a code."""

from math import degrees

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .contrast import oklch

GREY = 0.03  # a chroma below it looks like none
NEARLY_WHITE, NEARLY_BLACK = 0.95, 0.2  # lightness
# Each ends where the next begins: a hue in degrees of OKLCH, a lightness from 0 to 1.
HUES = [
    (5, gettext_lazy("pink")),
    (40, gettext_lazy("red")),
    (80, gettext_lazy("orange")),
    (118, gettext_lazy("yellow")),
    (165, gettext_lazy("green")),
    (225, gettext_lazy("blue-green")),
    (280, gettext_lazy("blue")),
    (320, gettext_lazy("violet")),
    (350, gettext_lazy("purple")),
    (361, gettext_lazy("pink")),
]
LIGHTNESSES = [
    (0.32, gettext_lazy("very dark")),
    (0.5, gettext_lazy("dark")),
    (0.7, ""),
    (0.88, gettext_lazy("light")),
    (1.01, gettext_lazy("very light")),
]


def name_of(colour):
    """Returns what a colour, as #rrggbb, looks like: “dark blue-green”."""
    lightness, chroma, hue = oklch(colour)
    if lightness >= NEARLY_WHITE and chroma < 2 * GREY:
        return _("white") if colour == "#ffffff" else _("nearly white")
    if lightness <= NEARLY_BLACK and chroma < 2 * GREY:
        return _("black") if colour == "#000000" else _("nearly black")
    named = _("grey") if chroma < GREY else first_beyond(HUES, degrees(hue) % 360)
    if not (adjective := first_beyond(LIGHTNESSES, lightness)):
        return str(named)
    return _("%(lightness)s %(hue)s") % {"lightness": adjective, "hue": named}


def first_beyond(names, value):
    return next(name for end, name in names if value < end)
