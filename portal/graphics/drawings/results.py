"""Draws an indicator over time from the rows of its results: height is the value, ink how far it is shown.

What has no value is hatched, with its reason; nothing is drawn over a gap, and 0 only where 0 was reported. A
qualifier is a sign of fixed size: a direction, never an amount.
"""

from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _

from impact.models import Absence
from impact.periods import place_in_years
from impact.results.comparing import OVER, UNDER
from impact.results.sentence import is_counted_alike
from organisation.dates import partial_date_text
from organisation.models.qualifier import Qualifier
from organisation.templatetags.records import figure_value

from . import Drawing
from .result_marks import (
    CORE,
    CROSS,
    DOWNWARDS,
    LOWER_HEAD,
    MARKS,
    SMALL_SQUARE,
    SOME,
    SQUARE,
    UPPER_HEAD,
    UPWARDS,
    WAVES,
    labelled_rows,
    note_below,
    stands_out,
)
from .result_scale import period_label, scale_of, years_of

TOP, FOOT, FOOT_WITH_NOTES = 34, 34, 52  # pixels above the scale and below it
HEIGHT = {"page": 366, "block": 230, "small": 120, "answers": 130}
WIDEST, SHARE = 12, 0.62  # per cent of the drawing, and of the period


@dataclass
class ResultDrawing:
    """The drawing of a result in two layers, and which signs of the key it has."""

    size: str
    ground: Drawing  # the scale, bars, and what has no value
    drawing: Drawing  # points, signs and words, above it
    columns: int
    signs: set = field(default_factory=set)

    @property
    def short_from(self):
        """Returns the name of the width below which its labels are short, by how many columns it has."""
        return "few" if self.columns <= 6 else "some" if self.columns <= 9 else "many"


def result_drawing(results, size="page"):
    """Returns the drawing of a result; None of fewer than two periods, and of what is told in words."""
    rows = [row for row in results.rows if row.span]
    is_drawn = results.indicator.measure != results.indicator.Measure.WORDS
    return Draughtsman(results, rows, size).drawn() if is_drawn and len(rows) > 1 else None


class Draughtsman:
    """Draws the rows of one result, each in the place of its period."""

    def __init__(self, results, rows, size):
        self.results, self.rows, self.indicator = results, rows, results.indicator
        self.is_small = size == "small"
        is_answered = self.indicator.measure == self.indicator.Measure.YES_NO
        self.size = "answers" if is_answered and not self.is_small else size
        self.first, self.last = years_of(rows)
        self.readings = [row for row in rows if row.reading and row.reading.figure.value is not None]
        self.scale = scale_of(results, rows, TOP, HEIGHT[self.size] - FOOT)
        self.bottom = self.scale.bottom
        self.labelled = labelled_rows(self.readings)
        height = HEIGHT[self.size] + (0 if self.is_small else FOOT_WITH_NOTES - FOOT)
        self.ground, self.drawing = Drawing(height), Drawing(height)
        self.signs = set()

    def drawn(self):
        self.draw_scale()
        for row in self.rows:
            self.draw_row(row)
        self.draw_change()
        for one, other in self.joined():
            points = (self.middle(one), self.middle(other), self.y(one), self.y(other))
            self.drawing.line("result-series", *points)
        for row in self.readings:
            self.draw_reading(row)
        for row in self.rows:
            if row.target and row.target.figure.value is not None:
                self.draw_target(row)
        self.draw_periods()
        return ResultDrawing(self.size, self.ground, self.drawing, self.last - self.first, self.signs)

    def across(self, years):
        return (years - self.first) / (self.last - self.first) * 100

    def middle(self, row):
        return self.across(sum(row.span) / 2)

    def sides(self, row):
        """Returns where the bar of a period begins and ends: it fills a part of it, and is never wide."""
        start, end = (self.across(each) for each in row.span)
        width = min((end - start) * SHARE, WIDEST)
        return (start + end - width) / 2, (start + end + width) / 2

    def y(self, row):
        return self.scale.y(row.reading.figure.value)

    def draw_scale(self):
        for value, words in self.scale.ticks:
            y = self.scale.y(value)
            self.ground.line("result-zero" if value == 0 else "result-tick", 0, 100, y, y)
            if not self.is_small or value in (0, self.scale.lowest, self.scale.highest):
                self.drawing.text("result-number", 0, y + 5, words, "end", -10)
        if not self.scale.ticks:
            self.ground.line("result-zero", 0, 100, self.bottom, self.bottom)

    def draw_row(self, row):
        if row.reading:
            return
        start, end = (self.across(each) for each in row.span)
        if row.target and not row.absence:
            return
        if row.absence and row.absence.reason == Absence.Reason.NOT_DUE:
            self.outline("result-due", *self.sides(row), TOP, self.bottom)
        else:
            self.hatch(start, end)
            self.signs.add("absent")
        if row.absence and not self.is_small:
            self.write_reason(row)

    def hatch(self, start, end):
        width = min(end - start, WIDEST) * 0.8
        middle = (start + end) / 2
        y = (TOP + self.bottom) / 2
        self.ground.line("result-hatch", middle - width / 2, middle + width / 2, y, y)

    def outline(self, name, start, end, y1, y2):
        self.ground.rect(name, start, end, min(y1, y2), abs(y2 - y1))

    def write_reason(self, row):
        """Writes the reason along its column, which is narrower than the words are long."""
        words = row.absence.get_reason_display()
        if row.absence.due:
            words = _("not due until %(day)s") % {"day": partial_date_text(row.absence.due)}
        self.drawing.text("result-reason result-along", self.middle(row), TOP + 12, words)

    def draw_change(self):
        """Draws a double line where the counting changed."""
        if not self.indicator.changed_on:
            return
        x = self.across(place_in_years(self.indicator.changed_on, False))
        if 0 < x < 100:
            for shift in (-0.2, 0.2):
                self.drawing.line("result-change", x + shift, x + shift, TOP - 14, self.bottom)
            if not self.is_small:
                words = _("counted differently")
                self.drawing.text("result-reason result-rose result-long", x, TOP - 18, words, "middle")
            self.signs.add("change")

    def joined(self):
        """Yields the neighbours that a line joins: states on a day, counted alike, with no gap between."""
        if self.indicator.timing != self.indicator.Timing.DAY and not self.is_percentage:
            return
        for one, other in pairwise(self.rows):
            if not (one.reading and other.reading) or one.span == other.span:
                continue
            are_points = one in self.readings and other in self.readings and self.indicator.is_counted
            if are_points and is_counted_alike(self.indicator, one.reading, other.reading):
                yield one, other

    @property
    def is_percentage(self):
        return self.indicator.measure == self.indicator.Measure.PERCENTAGE

    @property
    def has_bars(self):
        return (
            self.indicator.is_counted
            and not self.is_percentage
            and self.indicator.timing == self.indicator.Timing.PERIOD
        )

    def draw_reading(self, row):
        y, zero, sides = self.y(row), self.scale.y(0), self.sides(row)
        reading = row.reading
        if self.has_bars:
            self.outline("result-baseline" if reading.is_baseline else "result-bar", *sides, y, zero)
            if reading.figure.qualifier != Qualifier.ABOUT:
                edge = " result-open" if reading.figure.qualifier in (*OVER, *UNDER) else ""
                self.drawing.line(f"result-edge{edge}", *sides, y, y)
        if reading.is_baseline:
            self.signs.add("baseline")
        self.draw_correction(row, sides)
        self.draw_contradictions(row)
        self.draw_qualifier(row)
        self.draw_point(self.middle(row), y, MARKS[reading.shown])
        if id(row) in self.labelled:
            self.write_value(row)

    def draw_point(self, x, y, mark):
        is_small = self.is_small or len(self.readings) > SOME
        square = SMALL_SQUARE if is_small and mark != "contradicted" else SQUARE
        self.drawing.mark(f"result-point result-{mark}", x, y, square)
        if mark == "partner" and not is_small:
            self.drawing.mark("result-core", x, y, CORE)
        if mark == "contradicted":
            self.drawing.mark("result-cross", x, y, CROSS)
        self.signs.add(mark)

    def draw_qualifier(self, row):
        qualifier, x, y = row.reading.figure.qualifier, self.middle(row), self.y(row)
        if qualifier in OVER:
            self.drawing.mark("result-arrow", x, y, UPWARDS)
            self.drawing.mark("result-head", x, y, UPPER_HEAD)
            self.signs.add("over")
        elif qualifier in UNDER:
            self.drawing.mark("result-arrow", x, y, DOWNWARDS)
            self.drawing.mark("result-head", x, y, LOWER_HEAD)
            self.signs.add("under")
        elif qualifier == Qualifier.ABOUT:
            self.drawing.mark("result-head", x, y, WAVES)
            self.signs.add("about")

    def draw_correction(self, row, sides):
        """Draws the first value, which was corrected, as a dotted outline with its number struck."""
        old = row.reading.corrected_from
        if old is None or old.value is None or not self.indicator.is_counted:
            return
        y = self.scale.y(old.value)
        self.outline("result-old", *sides, y, self.y(row))
        if not self.is_small:
            place = y - 8 if y < self.y(row) else y + 20
            self.drawing.text("result-struck", self.middle(row), place, figure_value(old.value), "middle")
        self.signs.add("old")

    def draw_contradictions(self, row):
        if not self.indicator.is_counted:
            return
        for other in row.reading.contradictions:
            x, y = self.middle(row), self.scale.y(other.value)
            self.drawing.line("result-other", x, x, self.y(row), y)
            self.draw_point(x, y, other.citation.independence)
            if not self.is_small:
                below = y >= self.y(row)
                self.drawing.text("result-value", x, y + (24 if below else -14), other.said, "middle")

    def write_value(self, row):
        """Writes a value above its point, or below where a sign, a target or an older value stands above."""
        if self.is_small and row not in (self.readings[0], self.readings[-1]):
            return
        y, reading = self.y(row), row.reading
        old, target = reading.corrected_from, row.target
        is_above_taken = (
            (target and target.figure.value is not None and -40 < self.scale.y(target.figure.value) - y <= 8)
            or (old and old.value is not None and old.value > reading.figure.value)
            or reading.figure.qualifier in OVER
            or reading.figure.value < 0
            or any(other.value > reading.figure.value for other in reading.contradictions)
        )
        if not self.indicator.is_counted:
            return
        wide = "" if self.is_written_when_narrow(row) else " result-long"
        # Above the scale there is no room, and below the axis there are the periods.
        place = y + 24 if is_above_taken and y + 30 < self.bottom else y - 14
        self.write_inside(f"result-value{wide}", self.middle(row), place, reading.said)

    def write_inside(self, name, x, y, words):
        """Writes words about a place, but not over the edge of the drawing."""
        if 12 < x < 88 or self.last - self.first <= 4:
            self.drawing.text(name, x, y, words, "middle")
        elif x <= 12:
            self.drawing.text(name, x, y, words, "start", -8)
        else:
            self.drawing.text(name, x, y, words, "end", 8)

    def is_written_when_narrow(self, row):
        return len(self.readings) <= 4 or row in (self.readings[0], self.readings[-1]) or stands_out(row)

    def draw_target(self, row):
        y = self.scale.y(row.target.figure.value)
        start, end = self.sides(row)
        start, end = max(start - 1, 0), min(end + 1, 100)
        self.drawing.line("result-target", start, end, y, y)
        self.signs.add("target")
        begin = start
        if row.target.figure.set_on:
            begin = min(max(self.across(place_in_years(row.target.figure.set_on, False)), 0), start)
            self.drawing.line("result-promise", begin, start, y, y)
        if not self.is_small and self.indicator.is_counted:
            words = _("target: %(value)s") % {"value": row.target.said}
            anchor, x = ("start", begin) if begin < 70 else ("end", end)
            self.drawing.text("result-aim", x, y - 8, words, anchor)

    def draw_periods(self):
        """Writes the years below the axis, or the periods where these are no years, and notes."""
        for x, words, short in period_label(self.rows, self.first, self.last, self.across):
            y = self.bottom + 22
            if short is None:
                self.drawing.text("result-period", x, y, words, "middle")
                continue
            self.drawing.text("result-period result-long", x, y, words, "middle")
            if short:
                self.drawing.text("result-period result-short", x, y, short, "middle")
        if self.is_small:
            return
        for row in self.readings:
            if note := note_below(row):
                y = self.bottom + 41
                rose = "" if row.reading.is_baseline else " result-rose"
                self.drawing.text(f"result-reason result-long{rose}", self.middle(row), y, note, "middle")
