"""Draws a crease pattern as a tile: the same sheet without ruling, as large as a stamp and short as HTML.

A home page has dozens of tiles. At their size a millimetre of the plate is half a pixel, so creases end on
whole ones, and are drawn in as few strokes as a greedy walk along them finds.
"""

from collections import Counter
from functools import lru_cache

from django.utils.html import format_html, format_html_join

from . import crease_pattern

SIDE = 68  # millimetres: the largest sheet has sides of 64, and half of its outline stands over its edge


@lru_cache(4000)
def tile(slug, struck=False):
    """Returns the tile of a slug as SVG; `struck` draws a line through it.

    Its paths are the sheet, the mountains, the valleys and the strike, in this order. Style sheets know them
    by their place, because a class on each would be a fifth of the tile.
    """
    lines = crease_pattern(slug).lines
    edges = segments(lines, "edge")
    xs, ys = ({point[axis] for ends in edges for point in ends} for axis in (0, 1))
    shift = (SIDE - max(xs) - min(xs)) // 2, (SIDE - max(ys) - min(ys)) // 2
    corner, across, down = f"m{min(xs) + shift[0]} ", max(xs) - min(xs), max(ys) - min(ys)
    paths = [f"{corner}{min(ys) + shift[1]}h{across}v{down}h-{across}z"]
    paths += [path_of(segments(lines, kind, shift)) for kind in ("mountain", "valley")]
    if struck:
        paths.append(f"{corner}{max(ys) + shift[1]} {across}-{down}")
    return format_html(
        '<svg class="tile" viewBox="0 0 {0} {0}" aria-hidden="true">{1}</svg>',
        SIDE,
        format_html_join("", '<path d="{}"/>', ((path,) for path in paths)),
    )


def segments(lines, kind, shift=(0, 0)):
    """Returns the lines of a kind as pairs of whole points, each once, without those that became a point."""
    found = {}
    for line in lines:
        if line.kind == kind:
            start, end = (
                (round(x) + shift[0], round(y) + shift[1])
                for x, y in ((line.x1, line.y1), (line.x2, line.y2))
            )
            if start != end:
                found[frozenset((start, end))] = (start, end)
    return list(found.values())


def path_of(segments):
    """Returns the shortest path data that this module knows for segments."""
    path, at, left = "", (0, 0), list(segments)
    implied = ""  # the command that a path goes on with where none is written
    while left:
        stroke = stroke_of(left)
        for command, point in zip("m" + "l" * len(stroke), stroke, strict=False):
            numbers = [point[0] - at[0], point[1] - at[1]]
            if command == "l" and 0 in numbers:
                command, numbers = ("h", numbers[:1]) if numbers[1] == 0 else ("v", numbers[1:])
            written = "".join(f" {number}" if number >= 0 else str(number) for number in numbers)
            path += written if command == implied else command + written.lstrip()
            at, implied = point, "l" if command == "m" else command
    return path


def stroke_of(left):
    """Takes segments that hang together out of `left`, and returns the corners of one stroke along them."""
    degrees = Counter(point for ends in left for point in ends)
    start = min(degrees, key=lambda point: (degrees[point] % 2 == 0, point))
    stroke = [start]
    while going_on := [ends for ends in left if stroke[-1] in ends]:
        ends = max(going_on, key=lambda ends: straightness(stroke, other_end(ends, stroke[-1])))
        left.remove(ends)
        point = other_end(ends, stroke[-1])
        if len(stroke) > 1 and straightness(stroke, point) == 1:
            stroke.pop()  # the line goes on
        stroke.append(point)
    return stroke


def other_end(ends, point):
    return ends[1] if ends[0] == point else ends[0]


def straightness(stroke, point):
    """Returns the cosine of the turn towards a point: 1 is straight on, less than 0 a turn back."""
    if len(stroke) < 2:
        return 0
    (x0, y0), (x1, y1) = stroke[-2:]
    along, onward = complex(x1 - x0, y1 - y0), complex(point[0] - x1, point[1] - y1)
    dot, cross = (along.conjugate() * onward).real, (along.conjugate() * onward).imag
    return (1 if dot > 0 else -1) if cross == 0 else dot / abs(along * onward)
