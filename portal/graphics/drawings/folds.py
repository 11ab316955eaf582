"""Draws a sheet of paper on its way to a boat, one state for each fold of a story."""

from django.utils.html import format_html, format_html_join

WIDTH, HEIGHT = 120, 92
# Each state of the sheet as its layers, from the one that lies farthest back to the foremost.
STATES = (
    ("M30 6h60v80H30z",),
    ("M26 42h68v44H26z", "M26 42h68v40H26z"),
    ("M26 70h68v16H26z", "M60 36L94 70H60z", "M60 36L26 70H60z"),
    ("M60 34L98 72H22z", "M60 34V72", "M18 72h84v14H18z"),
    ("M60 14L96 50L60 86L24 50z", "M24 50L60 86L96 50z", "M60 14V50"),
    ("M60 18L86 62H34z", "M60 18V62", "M16 50L44 86H60V66z", "M104 50L76 86H60V66z"),
)
MIN, MAX = 2, len(STATES)


def state_of(step, steps):
    """Returns the layers at a step, counted from 1, of so many: the first is the sheet, the last the boat."""
    if steps < MIN:
        return STATES[-1]
    return STATES[round((step - 1) * (MAX - 1) / (steps - 1))]


def fold_drawing(step, steps, is_open=False):
    """Returns the drawing of a step as SVG; an open one, of which nothing is on record, is dashed."""
    layers = format_html_join("", '<path d="{}"/>', ((layer,) for layer in state_of(step, steps)))
    return format_html(
        '<svg class="fold-drawing{}" viewBox="0 0 {} {}" aria-hidden="true">{}</svg>',
        " fold-open" if is_open else "",
        WIDTH,
        HEIGHT,
        layers,
    )
