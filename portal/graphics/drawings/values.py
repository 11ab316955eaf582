"""Draws the values that texts give for one thing, each in its row, on one scale that begins at nothing."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from organisation.templatetags.records import figure_value

from . import Drawing
from .text_width import text_width

ROW, MIDDLE, AXIS = 36, 18, 24  # pixels
NARROWEST = 230  # pixels across, on a telephone
START, END = 4, 84  # per cent: an arrow may stand behind the last value
OVER = ("over", "more than", "at least")
UNDER = ("nearly", "up to")
ABOUT = "about"
STEPS = (Decimal(1), Decimal(2), Decimal(5))
MOST_STEPS = 5
# In pixels around the value. An arrow is a direction and has always the same length; “about” has no width.
DOT = "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0 -14 0"
ARROW, HEAD = "M9 0H32", "M27 -5L34 0L27 5"
STROKE = "M0 -9V9"
WAVES = "M-17 2q3 -6 6 -2t6 -2M5 2q3 -6 6 -2t6 -2"


@dataclass
class ValueRow:
    """A text and the value that it gives, in words and drawn."""

    label: str
    aside: str
    words: str
    address: str
    drawing: Drawing


@dataclass
class ValuesDrawing:
    """Rows of values, the scale below them, and which signs of the key they have."""

    rows: list[ValueRow]
    axis: Drawing
    has_over: bool
    has_under: bool
    has_about: bool


def values_drawing(values):
    """Returns the drawing of values; None of fewer than two, which do not differ.

    Each is (label: whose text it is, aside: of when or of what kind, value, qualifier, words: the value as it
    is written there, address of the text or of the claim, is_contradicting: it is drawn in the other colour).
    """
    values = list(values)
    if len(values) < 2:
        return None
    ticks = ticks_up_to(max(Decimal(each[2]) for each in values))
    rows = [
        ValueRow(label, aside, words, address, drawn(ticks, Decimal(value), qualifier, is_contradicting))
        for label, aside, value, qualifier, words, address, is_contradicting in values
    ]
    qualifiers = {each[3] for each in values}
    has = (bool(qualifiers & set(signs)) for signs in (OVER, UNDER, (ABOUT,)))
    return ValuesDrawing(rows, axis_of(ticks), *has)


def ticks_up_to(most):
    """Returns the ticks of a scale from nothing to the value or a little above it, at round steps."""
    most = max(most, Decimal(1))
    power = Decimal(10) ** (most.adjusted() - 1)
    steps = (step * power * ten for ten in (1, 10) for step in STEPS)
    step = next(step for step in steps if most / step <= MOST_STEPS)
    return [step * number for number in range(int((most / step).to_integral_value(ROUND_CEILING)) + 1)]


def across(ticks, value):
    return START + float(value / ticks[-1]) * (END - START)


def drawn(ticks, value, qualifier, is_contradicting):
    drawing, x = Drawing(ROW), across(ticks, value)
    for tick in ticks:
        drawing.line("values-tick", across(ticks, tick), across(ticks, tick), 0, ROW)
    drawing.line("values-line", 0, 100, MIDDLE, MIDDLE)
    side = " values-other" if is_contradicting else ""
    if qualifier == ABOUT:
        drawing.mark(f"values-stroke{side}", x, MIDDLE, STROKE)
        drawing.mark(f"values-wave{side}", x, MIDDLE, WAVES)
    elif qualifier in (*OVER, *UNDER):
        turned = qualifier in UNDER
        drawing.mark(f"values-arrow{side}", x, MIDDLE, ARROW, turned)
        drawing.mark(f"values-head{side}", x, MIDDLE, HEAD, turned)
        drawing.mark(f"values-open{side}", x, MIDDLE, DOT)
    else:
        drawing.mark(f"values-dot{side}", x, MIDDLE, DOT)
    return drawing


def axis_of(ticks):
    """Returns the numbers of the scale: all of them, or the first and the last where they are long."""
    drawing, numbers = Drawing(AXIS), [figure_value(tick) for tick in ticks]
    room = NARROWEST * (END - START) / 100 / (len(ticks) - 1)
    if any(text_width(number, 15) > room - 6 for number in numbers):
        numbers = [number if place in (0, len(ticks) - 1) else "" for place, number in enumerate(numbers)]
    for tick, number in zip(ticks, numbers, strict=True):
        if number:
            drawing.text("values-number", across(ticks, tick), 17, number, "middle")
    return drawing
