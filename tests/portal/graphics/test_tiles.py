"""A tile is the crease pattern of its claim, small enough for a home page of dozens."""

import re
from math import dist
from statistics import mean
from xml.etree import ElementTree

import pytest

from portal.graphics.crease_patterns import crease_pattern
from portal.graphics.crease_patterns.tile import SIDE, path_of, segments, tile

SLUGS = [f"e{number}" for number in range(1, 301)]


def paths(slug, **options):
    return [path.attrib["d"] for path in ElementTree.fromstring(tile(slug, **options))]


def drawn(path):
    """Returns the lines of path data as pairs of points."""
    x, y, lines = 0, 0, []
    for command, text in re.findall(r"([mhvl])([^mhvl]*)", path):
        numbers = [int(number) for number in re.findall(r"-?\d+", text)]
        while numbers:
            right = numbers.pop(0) if command != "v" else 0
            down = numbers.pop(0) if command != "h" else 0
            start, (x, y) = (x, y), (x + right, y + down)
            if command == "m":
                command = "l"
            else:
                lines.append((start, (x, y)))
    return lines


def length(lines):
    return sum(dist(*line) for line in lines)


def is_on(point, line):
    return dist(point, line[0]) + dist(point, line[1]) == pytest.approx(dist(*line))


def test_a_tile_is_small():
    sizes = [len(tile(slug).encode()) for slug in SLUGS]
    assert mean(sizes) <= 320
    assert max(sizes) <= 450


def test_every_crease_is_drawn_once_and_nothing_else():
    for slug in SLUGS[:60]:
        plate = crease_pattern(slug).lines
        _sheet, *others = paths(slug)
        for kind, path in zip(("mountain", "valley"), others, strict=True):
            creases, lines = segments(plate, kind), drawn(path)
            shift = min(x for x, _y in sum(lines, ())) - min(x for x, _y in sum(creases, ()))
            down = min(y for _x, y in sum(lines, ())) - min(y for _x, y in sum(creases, ()))
            assert length(lines) == pytest.approx(length(creases))
            for start, end in creases:
                at = [(x + shift, y + down) for x, y in (start, end)]
                assert any(is_on(at[0], line) and is_on(at[1], line) for line in lines), (slug, start, end)
            assert all(0 <= number <= SIDE for point in sum(lines, ()) for number in point)


def test_path_data_is_as_short_as_it_can_be():
    assert path_of([((0, 0), (8, 0)), ((8, 0), (16, 0))]) == "m0 0h16"
    assert path_of([((2, 2), (2, 9))]) == "m2 2v7"
    assert path_of([((2, 9), (5, 1))]) == "m2 9 3-8"
    assert path_of([((0, 0), (8, 0)), ((8, 0), (8, 8)), ((20, 4), (22, 9))]) == "m0 0h8v8m12-4 2 5"


def test_a_contradicted_claim_has_a_line_through_its_tile():
    assert len(paths("e1")) == 3
    assert len(paths("e1", struck=True)) == 4


def test_a_tile_says_nothing_to_readers_who_hear_the_page():
    assert ElementTree.fromstring(tile("e1")).attrib["aria-hidden"] == "true"
