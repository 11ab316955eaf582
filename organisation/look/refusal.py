"""Refuses colours that could not be read, and names the nearest that could."""

from math import floor

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .contrast import nearest_lightness
from .pairs import failing_pairs
from .palette import FIELDS, TOKEN_OF, palette

NAMES = {
    ("accent", "light"): gettext_lazy("the accent of the light theme"),
    ("accent", "dark"): gettext_lazy("the accent of the dark theme"),
    ("margin", "light"): gettext_lazy("the margin colour of the light theme"),
    ("margin", "dark"): gettext_lazy("the margin colour of the dark theme"),
    ("paper", "light"): gettext_lazy("the paper of the light theme"),
    ("paper", "dark"): gettext_lazy("the paper of the dark theme"),
}
FRONTS = {
    "ink": gettext_lazy("text"),
    "ink-2": gettext_lazy("secondary text"),
    "ink-3": gettext_lazy("small print"),
    "edge": gettext_lazy("the frame of a field"),
    "violet": gettext_lazy("a link"),
    "violet-deep": gettext_lazy("a link under the pointer"),
    "margin": gettext_lazy("a reference"),
    "sheet": gettext_lazy("the text of a button"),
    "paper": gettext_lazy("the text of a chosen filter"),
    "verified": gettext_lazy("the mark of what is supported"),
    "attention": gettext_lazy("the mark of what is stated"),
    "disputed": gettext_lazy("the mark of what is disputed"),
    "retired": gettext_lazy("the mark of what is unsourced"),
    "black": gettext_lazy("printed text"),
    "on-pencil": gettext_lazy("text with the focus"),
    **dict.fromkeys(("chart-1", "chart-2", "chart-3", "chart-4"), gettext_lazy("a line of a chart")),
}
GROUNDS = {
    "paper": gettext_lazy("the paper"),
    "sheet": gettext_lazy("a card"),
    "violet-wash": gettext_lazy("a ground tinted with the accent"),
    "margin-wash": gettext_lazy("a ground tinted with the margin colour"),
    "violet": gettext_lazy("a button in the accent"),
    "violet-deep": gettext_lazy("a button under the pointer"),
    "white": gettext_lazy("white paper"),
    "ink": gettext_lazy("the ink"),
    "pencil": gettext_lazy("the marigold of the focus"),
}


def passing(theme, choice):
    """Returns the nearest choice for one theme of which every pair passes: itself if it does."""
    while (nearer := mended(theme, choice)) != choice:
        # Another colour has another tint, which text in the other one has to bear as well.
        choice = nearer
    return choice


def mended(theme, choice):
    for field in ("paper", "accent", "margin"):
        choice = choice._replace(**{field: nearest(theme, choice, field)})
    return choice


def nearest(theme, choice, field):
    """Returns the colour of a field, or the nearest that passes of those that are lighter or darker."""
    if not failing_pairs(theme, choice, field):
        return getattr(choice, field)
    return nearest_lightness(
        palette(theme, choice)[TOKEN_OF[field]],
        lambda colour: not failing_pairs(theme, choice._replace(**{field: colour}), field),
    )


def refusals(theme, choice):
    """Returns {field: (sentence, nearest colour that passes)} for each colour of a theme that is refused."""
    accepted = passing(theme, choice)
    return {
        field: (sentence(theme, accepted, field, choice), getattr(accepted, field))
        for field in FIELDS
        if getattr(accepted, field) != getattr(choice, field)
    }


def sentence(theme, accepted, field, choice):
    refused = accepted._replace(**{field: getattr(choice, field)})
    (pair, ratio), *_others = failing_pairs(theme, refused, field)
    return _(
        "%(colour)s cannot be %(name)s: %(front)s on %(ground)s would have a contrast of %(contrast)s to 1, "
        "and at least %(least)s to 1 can be read. The nearest colour that passes is %(nearest)s."
    ) % {
        "colour": palette(theme, refused)[TOKEN_OF[field]],
        "name": NAMES[field, theme],
        "front": FRONTS[pair.front],
        "ground": GROUNDS[pair.ground],
        # Rounded down, so that what is refused never reads as what would pass.
        "contrast": number_format(floor(100 * ratio) / 100, 2),
        "least": number_format(pair.least, 1),
        "nearest": getattr(accepted, field),
    }
