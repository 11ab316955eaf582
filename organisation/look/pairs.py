"""The pairs of colours that stand upon each other on pages, in print, in PDFs and in pictures."""

from typing import NamedTuple

from .contrast import contrast
from .palette import CHARTS, palette, shared_colours

TEXT, SHAPE = 4.5, 3.0  # the least contrast of WCAG 2.2 AA: 1.4.3 for text, 1.4.11 for controls and drawings

INKS = ("ink", "ink-2", "ink-3")
GRADES = ("verified", "attention", "disputed", "retired")
ACCENTS = ("violet", "violet-deep")
GROUNDS = ("paper", "sheet", "violet-wash", "margin-wash")


class Pair(NamedTuple):
    """Two tokens and the least contrast between them; `field` is the chosen colour that has to give way."""

    front: str
    ground: str
    least: float
    field: str

    def contrast(self, colours):
        colours = shared_colours() | colours
        return contrast(colours[self.front], colours[self.ground])


# Whatever is written in a colour is also drawn in it: the margin line, the outline of the focus (ink), the
# creases of a plate (violet) and the signs of the grades pass with their text. Rules only decorate, and the
# marigold underline tells nothing by itself.
PAIRS = [
    *(Pair(ink, ground, TEXT, "paper") for ground in GROUNDS for ink in (*INKS, *GRADES)),
    *(Pair(ink, ground, SHAPE, "paper") for ground in ("paper", "sheet") for ink in ("edge", *CHARTS)),
    *(Pair(ink, ground, TEXT, "accent") for ground in GROUNDS for ink in ACCENTS),
    *(Pair("sheet", ground, TEXT, "accent") for ground in ACCENTS),  # the buttons of the desk
    *(Pair("margin", ground, TEXT, "margin") for ground in GROUNDS),
    Pair("paper", "ink", TEXT, "paper"),  # a filter that is on
    Pair("on-pencil", "pencil", TEXT, "paper"),  # what has the focus
]
# PDFs are set on white in the colours of the light theme; a printed page has black text on what is tinted.
ON_WHITE = [
    *(Pair(ink, "white", TEXT, "paper") for ink in (*INKS, *GRADES)),
    *(Pair(ink, "white", TEXT, "accent") for ink in ACCENTS),
    Pair("margin", "white", TEXT, "margin"),
    Pair("black", "violet-wash", TEXT, "paper"),
]


def pairs_of(theme):
    return [*PAIRS, *ON_WHITE] if theme == "light" else PAIRS


def failing_pairs(theme, choice, field=None):
    """Returns the pairs with too little contrast in one theme, as (pair, its contrast), the worst first.

    With a field, those only in which that colour has to give way.
    """
    colours = palette(theme, choice)
    pairs = [pair for pair in pairs_of(theme) if field in (None, pair.field)]
    failing = [(pair, ratio) for pair in pairs if (ratio := pair.contrast(colours)) < pair.least]
    return sorted(failing, key=lambda each: (each[1] / each[0].least, each[0]))
