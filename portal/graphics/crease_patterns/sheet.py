"""A sheet of paper that is folded: facets, the pieces between its creases, and the creases.

Points are complex numbers, in squares of the ruling from the middle of the sheet, the imaginary axis up.
"""

from cmath import rect
from dataclasses import dataclass, field
from math import radians

from .plate import Line, plate_position

EPSILON = 1e-6  # squares: points nearer than this are the same point


@dataclass
class Facet:
    """A piece of the sheet between creases: its corners on the open sheet, and where they lie once folded."""

    unfolded: list[complex]
    folded: list[complex]
    is_flipped: bool = False

    @property
    def middle(self):
        return sum(self.unfolded) / len(self.unfolded)


@dataclass
class Sheet:
    """A sheet of paper, and the creases folded into it as (kind, start, end) on the open sheet."""

    width: float
    height: float
    stands_on_corner: bool = False
    creases: list = field(default_factory=list)

    def __post_init__(self):
        x, y = self.width / 2, self.height / 2
        self.rotation = rect(1, radians(45 if self.stands_on_corner else 0))
        self.corners = [
            self.rotation * corner
            for corner in (complex(-x, y), complex(x, y), complex(x, -y), complex(-x, -y))
        ]
        self.facets = [Facet(self.corners, self.corners)]

    def fold(self, through, angle, back=False, layers=lambda facet: True):
        """Folds what lies left of a line over to the right, to the front or to the back.

        The line runs through a point, at an angle in degrees, and left is as one sees it looking along it.
        `layers` says of each facet whether it is folded, or left as it lies.
        """
        direction = rect(1, radians(angle))
        facets, self.facets = self.facets, []
        for facet in facets:
            if layers(facet):
                self.facets += self.fold_facet(facet, through, direction, back)
            else:
                self.facets.append(facet)

    def fold_facet(self, facet, through, direction, back):
        """Folds one facet: yields its parts, and records the crease between them."""
        parts, crease = split(facet, through, direction)
        if len(crease) == 2:
            # A fold to the front makes a valley on the side that faces us: the back of a flipped facet.
            self.creases.append(("mountain" if back != facet.is_flipped else "valley", *crease))
        for is_left, part in parts:
            if is_left:
                # The mirror image of a point in the line.
                part.folded = [
                    through + direction**2 * (point - through).conjugate() for point in part.folded
                ]
                part.is_flipped = not part.is_flipped
            yield part

    def crease(self, kind, start, end):
        self.creases.append((kind, start, end))

    def lines(self, turn):
        """Returns the edges and creases as lines on a plate, after `turn`, a power of 1j: quarter turns.

        The sheet is shifted so that its sides lie on lines of the ruling.
        """
        turn /= self.rotation
        corner = self.corners[0] * turn
        shift = complex(round(corner.real, 6) % 1, round(corner.imag, 6) % 1)
        edges = [("edge", start, end) for start, end in sides_of(self.corners)]
        return [
            Line(kind, *plate_position(start * turn + shift), *plate_position(end * turn + shift))
            for kind, start, end in edges + self.creases
        ]


def sides_of(corners):
    """Pairs each corner of a polygon with the next; the last side closes it."""
    return zip(corners, corners[1:] + corners[:1], strict=True)


def split(facet, through, direction):
    """Splits a facet along a line, as it lies folded.

    Returns the parts as (is left of the line, facet), and the ends of the crease on the open sheet: two if
    the line crosses the facet, otherwise none.
    """
    # Signed distances of the corners from the line, positive on its left.
    distances = [
        distance if abs(distance) > EPSILON else 0
        for distance in (((point - through) / direction).imag for point in facet.folded)
    ]
    if min(distances) >= 0 or max(distances) <= 0:
        return [(max(distances) > 0, facet)], []
    parts, crease = {True: Facet([], [], facet.is_flipped), False: Facet([], [], facet.is_flipped)}, []
    corners = list(zip(facet.unfolded, facet.folded, distances, strict=True))
    # Around the facet once: each corner goes to its part, a corner on the line to both, and where a side
    # crosses the line both parts get a new corner.
    for (unfolded_1, folded_1, distance_1), (unfolded_2, folded_2, distance_2) in sides_of(corners):
        for is_left, part in parts.items():
            if distance_1 == 0 or is_left == (distance_1 > 0):
                part.unfolded.append(unfolded_1)
                part.folded.append(folded_1)
        if distance_1 == 0:
            crease.append(unfolded_1)
        elif distance_1 * distance_2 < 0:
            share = distance_1 / (distance_1 - distance_2)
            crease.append(unfolded_1 + share * (unfolded_2 - unfolded_1))
            for part in parts.values():
                part.unfolded.append(crease[-1])
                part.folded.append(folded_1 + share * (folded_2 - folded_1))
    return list(parts.items()), crease
