"""Tags that draw records."""

from django import template

from portal.graphics.drawings import folds
from portal.graphics.drawings.lineage import LineageDrawing
from portal.graphics.drawings.result_parts import part_rows
from portal.graphics.drawings.results import result_drawing as drawing_of_result
from portal.graphics.drawings.values import values_drawing as drawing_of_values

register = template.Library()


@register.simple_tag
def lineage_drawing(organisations, successions, present=None, moments=(), documents=()):
    """Returns the drawing of who came after whom, and the same in words."""
    return LineageDrawing(organisations, successions, present, moments, documents)


@register.simple_tag
def fold_drawing(step, steps, is_open=False):
    """Draws a sheet of paper on its way to a boat, as it is after a step of so many."""
    return folds.fold_drawing(step, steps, is_open)


@register.simple_tag
def values_drawing(values):
    """Draws the values that several texts give for one thing; see portal/graphics/drawings/values.py."""
    return drawing_of_values(values)


@register.simple_tag
def result_drawing(results, size="page"):
    """Draws an indicator over time; see portal/graphics/drawings/results.py."""
    return drawing_of_result(results, size)


@register.simple_tag
def result_parts(reading):
    """Draws the parts of a reading, axis by axis; see portal/graphics/drawings/result_parts.py."""
    return part_rows(reading.parts, reading.edition)
