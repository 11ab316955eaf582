"""The colours of the site: the product's own, or those that were chosen and what is computed from them."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from django.conf import settings

from .contrast import contrast, mix, nearest_lightness, with_lightness

THEMES = ("light", "dark")
FIELDS = ("accent", "margin", "paper")
TOKEN_OF = {"accent": "violet", "margin": "margin", "paper": "paper"}
TOKEN = re.compile(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
SAME_IN_BOTH = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{6});")
WHITE, BLACK = "#ffffff", "#000000"
# The shares of the mixtures are those by which the product's own colours come out, give or take a shade.
SHEET = {"light": 0.6, "dark": 0.045}  # of white on the paper
RULE = {"light": 0.28, "dark": 0.28}  # of the edge on the paper
WASH = {"light": 0.12, "dark": 0.3}  # of the hue of the accent or of the margin colour on the paper
WASH_LIGHTNESS = {"light": 0.62, "dark": 0.5}
DEEP = {"light": (BLACK, 0.3), "dark": (WHITE, 0.45)}  # on the accent
CHART_CONTRAST = 3.0
CHARTS = ("chart-1", "chart-2", "chart-3", "chart-4")


class Choice(NamedTuple):
    """The colours that were chosen for one theme; an empty one is the product's own."""

    accent: str = ""
    margin: str = ""
    paper: str = ""


OWN = Choice()


class Look(NamedTuple):
    """The colours that were chosen for both themes."""

    light: Choice = OWN
    dark: Choice = OWN


@cache
def own_colours():
    """Returns {theme: {name of the token: its colour}} of the style sheets."""
    tokens = TOKEN.findall(tokens_css())
    return {theme: {token[0]: token[1 + place] for token in tokens} for place, theme in enumerate(THEMES)}


@cache
def shared_colours():
    """Returns {name: colour} that both themes share, with the white of paper and the black of print."""
    return dict(SAME_IN_BOTH.findall(tokens_css())) | {"white": WHITE, "black": BLACK}


def tokens_css():
    return (settings.BASE_DIR / "static/css/tokens.css").read_text()


@lru_cache(4096)
def palette(theme, choice=OWN):
    """Returns {name of the token: its colour} in one theme.

    A token is the product's own as long as everything is that it is computed from. The inks and the colours
    of the grades are always: they mean something. So are those of charts, which were chosen together to be
    told apart by the colour-blind too; they are only made lighter or darker as another paper needs it.
    """
    colours = own_colours()[theme] | {
        TOKEN_OF[field]: value for field, value in zip(FIELDS, choice, strict=True) if value
    }
    accent, margin, paper = (colours[token] for token in ("violet", "margin", "paper"))
    if choice.paper:
        colours["sheet"] = mix(WHITE, paper, SHEET[theme])
        colours["rule"] = mix(colours["edge"], paper, RULE[theme])
        grounds = (paper, colours["sheet"])
        colours |= {chart: visible_on(grounds, colours[chart]) for chart in CHARTS}
    if choice.accent:
        far_end, share = DEEP[theme]
        colours["violet-deep"] = mix(far_end, accent, share)
    if choice.accent or choice.paper:
        colours["violet-wash"] = wash(theme, accent, paper)
    if choice.margin or choice.paper:
        colours["margin-wash"] = wash(theme, margin, paper)
    return colours


def wash(theme, colour, paper):
    """Returns the paper in a tint of a colour. Its lightness is that of the paper, whatever the colour's."""
    return mix(with_lightness(colour, WASH_LIGHTNESS[theme]), paper, WASH[theme])


def visible_on(grounds, colour):
    """Returns a colour as light or dark as it has to be on some grounds; itself if black and white fail."""

    def is_visible(colour):
        return min(contrast(colour, ground) for ground in grounds) >= CHART_CONTRAST

    return nearest_lightness(colour, is_visible) or colour
