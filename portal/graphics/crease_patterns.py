"""Crease patterns on ruled paper, one for each slug: the picture that a record has instead of a photograph.

A pattern is made by folding a sheet, not by drawing lines, so that every one of them could be folded flat. Points are complex
numbers, in squares of the ruling from the middle of the sheet; what leaves this file is in millimetres on a plate of 80 × 80.
"""

import hashlib
from cmath import rect
from dataclasses import dataclass, field
from math import radians, sqrt

SIDE, SQUARE, LINE = 80, 8, 2  # Seyès ruling: squares of 8 mm, cut by lines 2 mm apart

SQRT_2 = sqrt(2)
NOTHING = 1e-6  # squares: what is nearer than this is the same place

# Chosen among thousands: it gives the first three organisations a boat, a bird and a plane, and the first thirty claims a plate each.
SALT = "margin 1079"


@dataclass(frozen=True)
class Line:
    """A straight line on a plate: a mountain, valley or edge of the sheet, or a square or line of the ruling."""

    kind: str
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass
class CreasePattern:
    """`figure` is what the sheet can be folded into: boat, plane, bird or swan."""

    figure: str
    lines: list[Line]
    ruling: list[Line]

    def path(self, *kinds):
        """The lines of these kinds as SVG path data."""
        return "".join(segment(line) for line in [*self.ruling, *self.lines] if line.kind in kinds)

    @property
    def squares(self):
        return self.path("square")

    @property
    def rules(self):
        return self.path("line")

    @property
    def mountains(self):
        return self.path("mountain")

    @property
    def valleys(self):
        return self.path("valley")

    @property
    def sheet(self):
        edges = [line for line in self.lines if line.kind == "edge"]
        return "M" + "L".join(f"{line.x1:g} {line.y1:g}" for line in edges) + "z"


def segment(line):
    if line.x1 == line.x2:
        return f"M{line.x1:g} {line.y1:g}V{line.y2:g}"
    if line.y1 == line.y2:
        return f"M{line.x1:g} {line.y1:g}H{line.x2:g}"
    return f"M{line.x1:g} {line.y1:g}L{line.x2:g} {line.y2:g}"


def crease_pattern(slug):
    """The plate of a slug: always the same one."""
    choice = Choice(slug)
    fold = choice.of(FIGURES)
    sheet = fold(choice)
    return CreasePattern(fold.__name__, sheet.lines(turn=1j ** choice.of(range(4))), ruling())


def ruling():
    lines = [Line("square", at, 0, at, SIDE) for at in range(SQUARE, SIDE, SQUARE)]
    return lines + [
        Line("line" if at % SQUARE else "square", 0, at, SIDE, at) for at in range(LINE, SIDE, LINE)
    ]


class Choice:
    """Numbers drawn from a slug, the same on every machine and in every process."""

    def __init__(self, slug):
        self.bytes = iter(hashlib.sha256(f"{SALT} {slug}".encode()).digest())

    def of(self, options):
        return options[next(self.bytes) % len(options)]


@dataclass
class Facet:
    """A piece of the sheet between creases: its corners on the open sheet, and where they lie once folded."""

    open: list[complex]
    folded: list[complex]
    flipped: bool = False

    @property
    def middle(self):
        return sum(self.open) / len(self.open)


@dataclass
class Sheet:
    """A sheet of paper, and the creases folded into it as (kind, from, to) on the open sheet."""

    width: float
    height: float
    on_corner: bool = False
    creases: list = field(default_factory=list)

    def __post_init__(self):
        x, y = self.width / 2, self.height / 2
        self.stand = rect(1, radians(45 if self.on_corner else 0))
        self.corners = [
            self.stand * corner for corner in (complex(-x, y), complex(x, y), complex(x, -y), complex(-x, -y))
        ]
        self.facets = [Facet(self.corners, self.corners)]

    def fold(self, through, angle, back=False, layers=lambda facet: True):
        """Fold what lies left of a line, seen along its angle in degrees, over to the right: to the front, or to the back."""
        along = rect(1, radians(angle))
        facets, self.facets = self.facets, []
        for facet in facets:
            if layers(facet):
                self.facets += self.folded(facet, through, along, back)
            else:
                self.facets.append(facet)

    def folded(self, facet, through, along, back):
        """The facet's parts that stay and move; the crease between them is a valley on the side that faces us."""
        parts, crease = cut(facet, through, along)
        if len(crease) == 2:
            self.creases.append(("mountain" if back != facet.flipped else "valley", *crease))
        for left, part in parts:
            if left:
                part.folded = [through + along**2 * (point - through).conjugate() for point in part.folded]
                part.flipped = not part.flipped
            yield part

    def crease(self, kind, start, end):
        self.creases.append((kind, start, end))

    def lines(self, turn):
        """Edges and creases in millimetres on a plate, after quarter turns; the sheet's sides lie on lines of the ruling."""
        turn /= self.stand
        corner = self.corners[0] * turn
        shift = complex(round(corner.real, 6) % 1, round(corner.imag, 6) % 1)
        edges = [
            ("edge", start, end) for start, end in zip(self.corners, self.corners[1:] + self.corners[:1])
        ]
        return [
            Line(kind, *on_plate(start * turn + shift), *on_plate(end * turn + shift))
            for kind, start, end in edges + self.creases
        ]


def on_plate(point):
    """From the top left corner of the plate."""
    return round(SIDE / 2 + SQUARE * point.real, 1), round(SIDE / 2 - SQUARE * point.imag, 1)


def cut(facet, through, along):
    """The parts (whether left of the line, facet), and the open ends of the cut, if the line crosses the facet."""
    sides = [
        side if abs(side) > NOTHING else 0
        for side in (((point - through) / along).imag for point in facet.folded)
    ]
    if min(sides) >= 0 or max(sides) <= 0:
        return [(max(sides) > 0, facet)], []
    parts, crease = {True: Facet([], [], facet.flipped), False: Facet([], [], facet.flipped)}, []
    corners = list(zip(facet.open, facet.folded, sides))
    for (open_1, folded_1, side_1), (open_2, folded_2, side_2) in zip(corners, corners[1:] + corners[:1]):
        for left, part in parts.items():
            if side_1 == 0 or left == (side_1 > 0):
                part.open.append(open_1)
                part.folded.append(folded_1)
        if side_1 == 0:
            crease.append(open_1)
        elif side_1 * side_2 < 0:
            share = side_1 / (side_1 - side_2)
            crease.append(open_1 + share * (open_2 - open_1))
            for part in parts.values():
                part.open.append(crease[-1])
                part.folded.append(folded_1 + share * (folded_2 - folded_1))
    return list(parts.items()), crease


def boat(choice):
    """The boat that starts as a hat: corners to the middle, brims up, the hat in two, its points up for the hull."""
    width, height = choice.of([(6, 7), (6, 8), (5, 7), (5, 8), (7, 8)])
    point = -0.5j * width
    hulls = choice.of([(1 / 2,), (1 / 2,), (1 / 3,), (2 / 3,), (2 / 3, 1 / 3)])
    sheet = Sheet(width, height)
    sheet.fold(0, 0, back=True)
    sheet.fold(0, -45)
    sheet.fold(0, 45)
    sheet.fold(point, 180, layers=lambda facet: facet.middle.imag < 0)
    sheet.fold(point, 180, back=True, layers=lambda facet: facet.middle.imag > 0)
    sheet.fold(0, 90, back=True)
    for hull in hulls:
        sheet.fold(hull * (point + width / 2), -135)
    return sheet


def plane(choice):
    """The dart: its nose folded once, some tips folded back, the nose folded again, then the wings and the keel."""
    sheet = Sheet(choice.of([5, 6, 7, 8]), 8)
    keel, slant, tip = choice.of([0.5, 0.75, 1]), choice.of([22.5, 22.5, 30]), choice.of([0, 0, 0, 2.5])
    nose = 4j
    sheet.fold(nose, -45)
    sheet.fold(nose, 45)
    if tip:
        sheet.fold(nose - 1j * tip, 0)
    sheet.fold(nose, slant - 90)
    sheet.fold(nose, 90 - slant)
    sheet.fold(keel, -90, layers=lambda facet: facet.middle.real > -NOTHING)
    sheet.fold(-keel, 90, layers=lambda facet: facet.middle.real < NOTHING)
    fold_in_two(sheet)
    return sheet


def swan(choice):
    """A kite, made slimmer, with its point folded up for the neck and down again for the head. The sheet stands on a corner."""
    sheet = Sheet(8, 8, on_corner=True)
    tip = -4j * SQRT_2
    neck, head = choice.of([-2, -1.5, -1, -0.5, 0]), choice.of([1, 1.5, 2])
    sheet.fold(tip, -112.5)
    sheet.fold(tip, 112.5)
    sheet.fold(tip, -101.25, back=True)
    sheet.fold(tip, 101.25, back=True)
    sheet.fold(1j * neck, 180)
    beak = 2j * neck - tip
    sheet.fold(beak - 1j * head, 0, layers=lambda facet: facet.middle.imag < neck)
    fold_in_two(sheet)
    return sheet


def bird(choice):
    """The bird base, from which cranes are folded: around a point, which may lie off the middle, each quarter a rabbit's ear."""
    sheet = Sheet(*choice.of([(8, 8), (8, 8), (7, 7), (6, 8)]))
    middle = choice.of([0, 0.5 + 0.5j, 1 + 1j, 1j, 1.5j])
    corners = sheet.corners
    for number, (start, end) in enumerate(zip(corners, corners[1:] + corners[:1])):
        ear = incentre(start, end, middle)
        foot = start + (end - start) * ((ear - start) / (end - start)).real
        sheet.crease("mountain", middle, start)
        sheet.crease("valley", start, ear)
        sheet.crease("valley", end, ear)
        sheet.crease("valley" if number else "mountain", middle, ear)
        sheet.crease("mountain" if number else "valley", ear, foot)
    return sheet


def fold_in_two(sheet):
    """The last fold, along the middle of the open sheet: what the other folds have laid over it stays as it is."""
    sheet.fold(
        0, 90, back=True, layers=lambda facet: min(sides(facet)) < -NOTHING and max(sides(facet)) > NOTHING
    )


def sides(facet):
    return [point.real for point in facet.open]


def incentre(a, b, c):
    """Where the bisectors of a triangle meet."""
    weights = abs(b - c), abs(c - a), abs(a - b)
    return (weights[0] * a + weights[1] * b + weights[2] * c) / sum(weights)


FIGURES = [boat, plane, bird, swan]
