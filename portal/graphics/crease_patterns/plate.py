"""A plate: the 80 × 80 mm of ruled paper on which a crease pattern is drawn.

Everything here is in millimetres from the top left corner of the plate.
"""

from dataclasses import dataclass

SIDE, SQUARE, LINE = 80, 8, 2  # the plate; Seyès ruling has squares of 8 mm, cut by lines 2 mm apart


@dataclass(frozen=True)
class Line:
    """A straight line on a plate; its kind is mountain, valley, edge, square or line (of the ruling)."""

    kind: str
    x1: float
    y1: float
    x2: float
    y2: float


def path_segment(line):
    # The shorter forms of vertical and horizontal lines keep pages small.
    if line.x1 == line.x2:
        return f"M{line.x1:g} {line.y1:g}V{line.y2:g}"
    if line.y1 == line.y2:
        return f"M{line.x1:g} {line.y1:g}H{line.x2:g}"
    return f"M{line.x1:g} {line.y1:g}L{line.x2:g} {line.y2:g}"


def ruling():
    lines = [Line("square", at, 0, at, SIDE) for at in range(SQUARE, SIDE, SQUARE)]
    return lines + [
        Line("line" if at % SQUARE else "square", 0, at, SIDE, at) for at in range(LINE, SIDE, LINE)
    ]


def plate_position(point):
    """Returns (x, y), rounded to a tenth, of a point in squares from the middle of the plate."""
    return round(SIDE / 2 + SQUARE * point.real, 1), round(SIDE / 2 - SQUARE * point.imag, 1)
