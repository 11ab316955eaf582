"""Places tiles on the ruled paper of a share image, and draws the creases of each; a point is a pixel."""

from math import ceil

from ..crease_patterns import crease_pattern
from ..crease_patterns.tile import SIDE

# The part of the ruled paper that tiles may fill, and the room between two.
LEFT, TOP, WIDTH, HEIGHT = 872, 55, 280, 520
GAP = 6


def places(count):
    """Returns the side of the largest tiles of which so many fit, and the top left corner of each."""
    side, columns = max((side_in(columns, count), -columns) for columns in range(1, count + 1))
    columns, step = -columns, side + GAP
    left = LEFT + (WIDTH - columns * step + GAP) / 2
    top = TOP + (HEIGHT - ceil(count / columns) * step + GAP) / 2
    corners = [divmod(number, columns) for number in range(count)]
    return side, [(left + column * step, top + row * step) for row, column in corners]


def side_in(columns, count):
    """Returns the side of tiles in so many columns, as large as width and height allow."""
    rows = ceil(count / columns)
    return min((WIDTH + GAP) / columns - GAP, (HEIGHT + GAP) / rows - GAP)


def tile_lines(slug):
    """Returns the edges and creases of a slug as (kind, x1, y1, x2, y2), in parts of the side of a tile."""
    lines = crease_pattern(slug).lines
    edges = [line for line in lines if line.kind == "edge"]
    xs, ys = ([value for line in edges for value in ends(line)] for ends in (across, down))
    shift_x, shift_y = ((SIDE - max(each) - min(each)) / 2 for each in (xs, ys))
    return [
        {
            "kind": line.kind,
            "x1": (line.x1 + shift_x) / SIDE,
            "y1": (line.y1 + shift_y) / SIDE,
            "x2": (line.x2 + shift_x) / SIDE,
            "y2": (line.y2 + shift_y) / SIDE,
        }
        for line in lines
    ]


def across(line):
    return line.x1, line.x2


def down(line):
    return line.y1, line.y2
