"""Tags that draw records."""

from django import template

from portal.graphics.drawings import folds
from portal.graphics.drawings.lineage import LineageDrawing
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
