"""Draws the parts of a reading, each in its row, on one scale for all of them; they are never stacked."""

from dataclasses import dataclass
from decimal import Decimal

from impact.grades import SHOWN
from impact.results.comparing import OVER, UNDER
from organisation.models.qualifier import Qualifier

from . import Drawing
from .result_marks import CORE, CROSS, MARKS, SQUARE

HEIGHT, BAR, MIDDLE = 34, 22, 17  # pixels
END = 78  # per cent: behind the longest bar stands its number
WAVES = "M-21 2q3 -6 6 -2t6 -2M9 2q3 -6 6 -2t6 -2"
FORWARDS, HEAD = "M9 0H24", "M20 -4.5L26 0L20 4.5"
BACKWARDS, HEAD_BACK = "M-9 0H-24", "M-20 -4.5L-26 0L-20 4.5"


@dataclass
class PartRow:
    """A part and its drawing."""

    part: object
    drawing: Drawing


def part_rows(axes, edition):
    """Returns the rows of each axis of one reading, whose edition says how far it is shown."""
    values = [each.value for axis in axes for each in axis.parts if each.value is not None]
    most = max([abs(each) for each in values], default=Decimal(0)) or Decimal(1)
    mark = MARKS[SHOWN[edition.grade]]
    return [(axis, [PartRow(each, drawn(each, most, mark)) for each in axis.parts]) for axis in axes]


def drawn(part, most, mark):
    drawing = Drawing(HEIGHT)
    drawing.line("result-zero", 0, 0, 0, HEIGHT)
    if part.value is None:
        drawing.line("result-part-hatch", 0, 100, MIDDLE, MIDDLE)
        return drawing
    x = float(abs(part.value) / most) * END
    drawing.rect("result-bar", 0, x, MIDDLE - BAR / 2, BAR)
    if part.qualifier in OVER:
        draw_arrow(drawing, x, FORWARDS, HEAD)
    elif part.qualifier in UNDER:
        draw_arrow(drawing, x, BACKWARDS, HEAD_BACK)
    elif part.qualifier == Qualifier.ABOUT:
        drawing.mark("result-head", x, MIDDLE, WAVES)
    drawing.mark(f"result-point result-{mark}", x, MIDDLE, SQUARE)
    if mark == "partner":
        drawing.mark("result-core", x, MIDDLE, CORE)
    if mark == "contradicted":
        drawing.mark("result-cross", x, MIDDLE, CROSS)
    return drawing


def draw_arrow(drawing, x, path, head):
    drawing.mark("result-arrow", x, MIDDLE, path)
    drawing.mark("result-head", x, MIDDLE, head)
