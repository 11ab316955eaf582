"""Draws the panels of charts as SVG path data, measured in tenths of the size of the surrounding text."""

from decimal import Decimal

from django.utils.translation import gettext as _

from impact.grades import Grade
from organisation.templatetags.records import figure_value

from .chart import Panel

MAX_SQUARES, SQUARES_PER_ROW = 100, 20
SQUARE_SIZE, SQUARE_PITCH = 6.5, 8
SQUARES_TOP = 28  # below the number, which stands above its squares

NAMES_WIDTH, LONGEST_BAR = 66, 84
BAR_HEIGHT, ROW_HEIGHT = 10, 18


def squares(row, open_ended, series):
    """Draws a number as a field of squares that count powers of ten; the last is cut where a rest remains.

    `open_ended` adds a dashed square; `series` is the number of the colour.
    """
    step = 1
    while row.value > MAX_SQUARES * step:
        step *= 10
    whole, rest = divmod(row.value, step)
    whole, share = int(whole), float(rest / step)
    count = whole + bool(share)
    filled = "".join(square(index) for index in range(whole))
    if share:
        filled += square(whole, SQUARE_SIZE * share)
    # Floor division of the negative rounds the number of rows up.
    height = SQUARES_TOP + SQUARE_PITCH * -(-(count + open_ended) // SQUARES_PER_ROW)
    panel = Panel(row.names[0], str(row), height)
    panel.labels = [("chart-number" if len(row.number) < 15 else "chart-number long", 0, 18, row.number)]
    panel.notes = [
        _("Each square counts %(count)s of the %(unit)s.")
        % {"count": figure_value(Decimal(step)), "unit": row.unit}
    ]
    if filled:
        panel.paths.append((f"series-{series}", filled))
    if open_ended:
        panel.paths.append(("chart-open", square(count)))
        panel.notes.append(
            _("The dashed square stands for “%(qualifier)s”: how far beyond is not stated.")
            % {"qualifier": row.qualifier}
        )
    return panel


def square(index, width=SQUARE_SIZE):
    column = index % SQUARES_PER_ROW
    # A gap of half a square in the middle of a row, so that tens can be counted.
    x = column * SQUARE_PITCH + (SQUARE_PITCH / 2 if column >= SQUARES_PER_ROW / 2 else 0)
    return rectangle(x, SQUARES_TOP + index // SQUARES_PER_ROW * SQUARE_PITCH, width, SQUARE_SIZE)


def rectangle(x, y, width, height):
    return f"M{x:g} {y:g}h{width:.4g}v{height:g}h-{width:.4g}z"


def bars(title, rows, longest):
    """Draws rows of (name, count, grade or empty) as bars on a scale that ends at `longest`.

    Each unit is a mark of its own while marks can be told apart.
    """
    panel = Panel(
        title,
        _("; ").join(
            _("%(name)s: %(count)d") % {"name": name, "count": count} for name, count, _grade in rows
        ),
        ROW_HEIGHT * len(rows),
    )
    unit = unit_width(longest)
    distinct = marks_are_distinct(longest)
    for index, (name, count, grade) in enumerate(rows):
        y = ROW_HEIGHT * index + (ROW_HEIGHT - BAR_HEIGHT) / 2
        baseline = y + BAR_HEIGHT - 1.5
        fill = f"grade-{grade}" if grade else "series-1"
        if count:
            marks = (
                [rectangle(NAMES_WIDTH + nth * unit, y, unit - 2, BAR_HEIGHT) for nth in range(count)]
                if distinct
                else [rectangle(NAMES_WIDTH, y, count * unit, BAR_HEIGHT)]
            )
            panel.paths.append((fill, "".join(marks)))
        panel.labels.append(
            ("chart-name", 14, baseline, name) if grade else ("chart-year", 0, baseline, name)
        )
        count_label = str(count) if count or grade else _("0, none on record")
        panel.labels.append(
            ("chart-count", NAMES_WIDTH + count * unit + (3 if count else 0), baseline, count_label)
        )
        panel.paths += grade_shape(grade, fill, 5, y + BAR_HEIGHT / 2)
        if grade == Grade.UNSOURCED:
            panel.labels.append((f"chart-name {fill}", 2, baseline, "?"))
    return panel


def unit_width(longest):
    return min(BAR_HEIGHT + 2, LONGEST_BAR / longest)


def marks_are_distinct(longest):
    return unit_width(longest) > BAR_HEIGHT / 2


def grade_shape(grade, fill, x, y, radius=4):
    """Returns the paths of a grade's sign: a full, half or empty circle, as on its status tag, or none."""
    half = f"M{x} {y - radius:g}a{radius} {radius} 0 0 0 0 {2 * radius}"
    ring = f"{half}a{radius} {radius} 0 0 0 0 -{2 * radius}z"
    filled = {Grade.SUPPORTED: ring, Grade.STATED: f"{half}z", Grade.DISPUTED: ""}
    return [(f"{fill} ring", ring), (fill, filled[grade])] if grade in filled else []
