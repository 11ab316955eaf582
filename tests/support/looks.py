"""Looks that an organisation could choose: three that can be read, and twenty of which a colour cannot."""

from organisation.look import FIELDS, THEMES, Choice, Look

LEGAL = {
    "harbour": Look(
        light=Choice("#00576b", "#8a3b00", "#fdf6e3"),
        dark=Choice("#7fd4ea", "#ffb27a", "#0b1e26"),
    ),
    "lantern": Look(
        light=Choice("#8b1a1a", "#1f5f2e", "#f4f4f2"),
        dark=Choice("#ff9c9c", "#8fdc9f", "#1e1e1e"),
    ),
    "graphite": Look(
        light=Choice("#3d3d3d", "#5b3a8e", "#ffffff"),
        dark=Choice("#d8d8d8", "#cdb4ff", "#000000"),
    ),
}
# (theme, field, colour) each by itself, the other colours being the product's own.
ILLEGAL = [
    ("light", "accent", "#f4b400"),
    ("light", "accent", "#00aeef"),
    ("light", "accent", "#7ac143"),
    ("light", "accent", "#ff6f61"),
    ("light", "accent", "#ffffff"),
    ("light", "accent", "#7a7a7a"),
    ("light", "margin", "#ff7fa5"),
    ("light", "margin", "#ffd400"),
    ("light", "margin", "#8fbc8f"),
    ("light", "paper", "#808080"),
    ("light", "paper", "#000000"),
    ("light", "paper", "#ffd400"),
    ("light", "paper", "#d9c7a0"),
    ("dark", "accent", "#4b2a91"),
    ("dark", "accent", "#000000"),
    ("dark", "accent", "#c0392b"),
    ("dark", "margin", "#b11d4c"),
    ("dark", "margin", "#1f5f2e"),
    ("dark", "paper", "#777777"),
    ("dark", "paper", "#ffffff"),
]


def fields_of(look):
    """Returns {name of a field of the site's settings: colour} of a look."""
    return {
        f"{field}_{theme}": colour
        for theme, choice in zip(THEMES, look, strict=True)
        for field, colour in zip(FIELDS, choice, strict=True)
    }
