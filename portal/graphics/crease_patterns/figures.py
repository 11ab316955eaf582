"""The figures that a sheet is folded into; a `Choice` picks the proportions."""

from math import sqrt

from .sheet import EPSILON, Sheet, sides_of


def boat(choice):
    """Folds the boat that starts as a hat.

    Its corners go to the middle, the brims up, the hat in two, and its points up for the hull.
    """
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
    """Folds the dart: its nose, in some the tip back, the nose again, then the wings and the keel."""
    sheet = Sheet(choice.of([5, 6, 7, 8]), 8)
    keel, slant, tip = choice.of([0.5, 0.75, 1]), choice.of([22.5, 22.5, 30]), choice.of([0, 0, 0, 2.5])
    nose = 4j
    sheet.fold(nose, -45)
    sheet.fold(nose, 45)
    if tip:
        sheet.fold(nose - 1j * tip, 0)
    sheet.fold(nose, slant - 90)
    sheet.fold(nose, 90 - slant)
    sheet.fold(keel, -90, layers=lambda facet: facet.middle.real > -EPSILON)
    sheet.fold(-keel, 90, layers=lambda facet: facet.middle.real < EPSILON)
    fold_in_two(sheet)
    return sheet


def swan(choice):
    """Folds a kite from a sheet that stands on its corner, and makes it slimmer.

    Its point is folded up for the neck, and down again for the head.
    """
    sheet = Sheet(8, 8, stands_on_corner=True)
    tip = -4j * sqrt(2)
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
    """Creases the bird base, from which cranes are folded: a rabbit's ear in each quarter around a point.

    All four ears collapse at once, which no row of folds along straight lines can do, so their creases are
    constructed. The point may lie off the middle of the sheet.
    """
    sheet = Sheet(*choice.of([(8, 8), (8, 8), (7, 7), (6, 8)]))
    middle = choice.of([0, 0.5 + 0.5j, 1 + 1j, 1j, 1.5j])
    for number, (start, end) in enumerate(sides_of(sheet.corners)):
        ear = incentre(start, end, middle)
        foot = start + (end - start) * ((ear - start) / (end - start)).real
        sheet.crease("mountain", middle, start)
        sheet.crease("valley", start, ear)
        sheet.crease("valley", end, ear)
        # One ear is turned the other way, so that around the point the numbers of mountains and valleys
        # differ by two (Maekawa's theorem).
        sheet.crease("valley" if number else "mountain", middle, ear)
        sheet.crease("mountain" if number else "valley", ear, foot)
    return sheet


def fold_in_two(sheet):
    """Folds the sheet along its middle for the last time.

    Only facets that cross the middle of the open sheet are folded: what other folds laid over it stays.
    """
    sheet.fold(
        0,
        90,
        back=True,
        layers=lambda facet: (
            min(point.real for point in facet.unfolded) < -EPSILON
            and max(point.real for point in facet.unfolded) > EPSILON
        ),
    )


def incentre(a, b, c):
    """Returns the point where the bisectors of a triangle meet."""
    weights = abs(b - c), abs(c - a), abs(a - b)
    return (weights[0] * a + weights[1] * b + weights[2] * c) / sum(weights)


FIGURES = [boat, plane, bird, swan]
