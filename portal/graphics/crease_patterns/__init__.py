"""Crease patterns on ruled paper, one for each slug: the picture that a record has instead of a photograph.

A crease pattern is an unfolded sheet with the lines along which it was folded. It is computed by folding a
sheet, not by drawing lines, so that every pattern could be folded flat.
"""

import hashlib
from dataclasses import dataclass

from .figures import FIGURES
from .plate import Line, path_segment, ruling

# Whose plate is which figure is chance, and stays for good: another salt redraws every record of every site.
SALT = "margin 1079"


@dataclass
class CreasePattern:
    """The lines of a plate; `figure` is what the sheet can be folded into: boat, plane, bird or swan."""

    figure: str
    lines: list[Line]
    ruling: list[Line]

    def path(self, *kinds):
        """Returns the lines of these kinds as SVG path data."""
        return "".join(path_segment(line) for line in [*self.ruling, *self.lines] if line.kind in kinds)

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
        """The outline of the sheet as one closed SVG path, so that it can be filled."""
        edges = [line for line in self.lines if line.kind == "edge"]
        return "M" + "L".join(f"{line.x1:g} {line.y1:g}" for line in edges) + "z"


def crease_pattern(slug):
    """Returns the crease pattern of a slug, always the same one."""
    choice = Choice(slug)
    fold_figure = choice.of(FIGURES)
    sheet = fold_figure(choice)
    return CreasePattern(fold_figure.__name__, sheet.lines(turn=1j ** choice.of(range(4))), ruling())


class Choice:
    """Chooses by the hash of a slug, in the same way on every machine and in every process."""

    def __init__(self, slug):
        self.bytes = iter(hashlib.sha256(f"{SALT} {slug}".encode()).digest())

    def of(self, options):
        return options[next(self.bytes) % len(options)]
