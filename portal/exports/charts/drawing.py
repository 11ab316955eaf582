"""Draws the panels of charts as SVG path data, measured in tenths of the size of the surrounding text."""

from decimal import Decimal

from django.utils.text import slugify
from django.utils.translation import gettext as _

from impact.grades import Grade
from organisation.templatetags.records import figure_value

from .chart import Panel

MAX_SQUARES, SQUARES_PER_ROW = 100, 20
SQUARE_SIZE, SQUARE_PITCH = 6.5, 8
SQUARES_TOP = 28  # below the number, which stands above its squares

NAMES_WIDTH, LONGEST_BAR = 66, 84
BAR_HEIGHT, ROW_HEIGHT = 10, 18
# The name of a grade is a phrase: it stands above its bar, behind the grade's sign.
SIGN_WIDTH, NAME_HEIGHT = 14, 13
GRADE_LETTERS = {Grade.ORGANISATION_ONLY: "“", Grade.UNSOURCED: "?"}


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
    description = _("; ").join(
        _("%(name)s: %(count)d") % {"name": name, "count": count} for name, count, _grade in rows
    )
    panel = Panel(title, description, height=0)
    unit = unit_width(longest)
    distinct = marks_are_distinct(longest)
    for name, count, grade in rows:
        if grade:
            name_grade(panel, name, grade)
        left, fill = (SIGN_WIDTH, grade_class(grade)) if grade else (NAMES_WIDTH, "series-1")
        y = panel.height + (ROW_HEIGHT - BAR_HEIGHT) / 2
        baseline = y + BAR_HEIGHT - 1.5
        panel.height += ROW_HEIGHT
        if count:
            marks = (
                [rectangle(left + nth * unit, y, unit - 2, BAR_HEIGHT) for nth in range(count)]
                if distinct
                else [rectangle(left, y, count * unit, BAR_HEIGHT)]
            )
            panel.paths.append((fill, "".join(marks)))
        if not grade:
            panel.labels.append(("chart-year", 0, baseline, name))
        count_label = str(count) if count or grade else _("0, none on record")
        panel.labels.append(("chart-count", left + count * unit + (3 if count else 0), baseline, count_label))
    return panel


def name_grade(panel, name, grade):
    """Adds the sign and the name of a grade, whose bar stands below."""
    baseline = panel.height + NAME_HEIGHT - 2
    panel.paths += grade_shape(grade, 5, baseline - 3.5)
    if grade in GRADE_LETTERS:
        panel.labels.append((f"chart-name {grade_class(grade)}", 2, baseline, GRADE_LETTERS[grade]))
    panel.labels.append(("chart-name", SIGN_WIDTH, baseline, name))
    panel.height += NAME_HEIGHT


def grade_class(grade):
    return f"grade-{slugify(grade)}"


def unit_width(longest):
    return min(BAR_HEIGHT + 2, LONGEST_BAR / longest)


def marks_are_distinct(longest):
    return unit_width(longest) > BAR_HEIGHT / 2


def grade_shape(grade, x, y, radius=4):
    """Returns the paths of a grade's sign: a circle, filled as on its status tag; none if it is a letter."""
    half = f"M{x} {y - radius:g}a{radius} {radius} 0 0 0 0 {2 * radius}"
    ring = f"{half}a{radius} {radius} 0 0 0 0 -{2 * radius}z"
    slice_from_top = f"M{x} {y:g}v-{radius}a{radius} {radius} 0"
    filled = {
        Grade.DISPUTED: "",
        Grade.SUPPORTED: ring,
        Grade.SUPPORTED_IN_PART: f"{slice_from_top} 1 1 -{radius} {radius}z",
        Grade.PARTNER: f"{half}z",
        Grade.PARTNER_IN_PART: f"{slice_from_top} 0 1 {radius} {radius}z",
    }
    fill = grade_class(grade)
    return [(f"{fill} ring", ring), (fill, filled[grade])] if grade in filled else []
