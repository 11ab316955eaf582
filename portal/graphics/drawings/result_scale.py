"""The scales of a result: 0 is always on that of values, and on that of time every year has its place."""

import datetime
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import ceil, floor

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from impact.periods import CALENDAR_YEAR
from organisation.dates import partial_date_text
from organisation.templatetags.records import figure_value

STEPS = (Decimal(1), Decimal(2), Decimal(5))
MOST_STEPS = 6
MOST_LABELS = 9
MILLION = 1_000_000


@dataclass
class Scale:
    """The scale of values: where each stands, in pixels, and the ticks with their words."""

    lowest: Decimal
    highest: Decimal
    top: float
    bottom: float
    ticks: list

    def y(self, value):
        share = (Decimal(value) - self.lowest) / (self.highest - self.lowest)
        return round(self.bottom - float(share) * (self.bottom - self.top), 1)


def scale_of(results, rows, top, bottom):
    """Returns the scale of a result: 0 to 100 of percentages, two lines of yes and no, else round steps."""
    measures = results.indicator.Measure
    if results.indicator.measure == measures.PERCENTAGE:
        ticks = [(Decimal(each), _("%(value)s%%") % {"value": each}) for each in (0, 25, 50, 75, 100)]
        values = values_of(rows)
        if not values or (max(values) <= 100 and min(values) >= 0):
            return Scale(Decimal(0), Decimal(100), top, bottom, ticks)
    if results.indicator.measure == measures.YES_NO:
        ticks = [(Decimal(0), _("no")), (Decimal(1), _("yes"))]
        return Scale(Decimal(0), Decimal(1), top + 8, bottom - 12, ticks)
    values = values_of(rows)
    if not values:
        return Scale(Decimal(0), Decimal(1), top, bottom, [])
    ticks = round_ticks(min(*values, 0), max(*values, 0))
    return Scale(ticks[0], ticks[-1], top, bottom, [(each, words_of(each, ticks)) for each in ticks])


def values_of(rows):
    """Returns every value that is drawn: readings, also as they first were, other texts' and targets."""
    values = []
    for row in rows:
        if row.reading:
            old = row.reading.corrected_from
            figures = [row.reading.figure, *([old] if old else [])]
            values += [each.value for each in figures] + [each.value for each in row.reading.contradictions]
        if row.target:
            values.append(row.target.figure.value)
    return [Decimal(each) for each in values if each is not None]


def round_ticks(lowest, highest):
    """Returns ticks at round steps from at most the lowest value, or 0, to at least the highest."""
    highest = highest if highest > lowest else Decimal(1)
    span = max(highest - lowest, Decimal(1))
    power = Decimal(10) ** (span.adjusted() - 1)
    steps = (step * power * ten for ten in (1, 10, 100) for step in STEPS)
    if lowest % 1 == highest % 1 == 0:  # what is counted in whole numbers has no halves between them
        steps = (step for step in steps if step >= 1)
    step = next(step for step in steps if count_of(lowest, highest, step) <= MOST_STEPS)
    first = (lowest / step).to_integral_value(ROUND_FLOOR)
    last = max((highest / step).to_integral_value(ROUND_CEILING), first + 1)
    return [step * number for number in range(int(first), int(last) + 1)]


def count_of(lowest, highest, step):
    """Returns how many steps a scale has, with whole steps below and above 0."""
    below, above = (-lowest / step, highest / step)
    return int(below.to_integral_value(ROUND_CEILING) + above.to_integral_value(ROUND_CEILING))


def words_of(value, ticks):
    """Returns a number of the scale; only here is “500 m” said for millions."""
    if max(abs(each) for each in ticks) >= 10 * MILLION and value % MILLION == 0 and value:
        return _("%(count)s m") % {"count": figure_value(value / MILLION)}
    return figure_value(value) if value >= 0 else f"−{figure_value(-value)}"


def years_of(rows):
    """Returns the year in which the first period begins, and that after which the last one ends."""
    spans = [row.span for row in rows]
    return floor(min(start for start, _end in spans)), ceil(max(end for _start, end in spans))


def period_label(rows, first, last, across):
    """Yields (place, words, short words) of the labels below the axis.

    They are the years, where each period lies in one, else the periods. The short words stand where there is
    little room; with None the others stand there, too, and with "" nothing does.
    """
    periods = list(dict.fromkeys((row.starts, row.ends) for row in rows))
    are_years = all(is_in_a_year(*each) for each in periods)
    if are_years and last - first > 1:
        labels = [(across(year + 0.5), str(year), f"’{year % 100:02}") for year in range(first, last)]
    else:
        spans = {(row.starts, row.ends): row.span for row in rows}
        labels = [
            (across(sum(spans[each]) / 2), brief_period(*each), brief_period(*each, is_short=True))
            for each in periods
        ]
    # Where one is left out, it is left out at any width: the table has all.
    every = -(-len(labels) // (MOST_LABELS * 2))
    every_when_narrow = -(-len(labels) // MOST_LABELS)
    for number, (x, words, short) in enumerate(labels):
        if number % every:
            continue
        yield x, words, None if len(labels) <= 4 else short if number % every_when_narrow == 0 else ""


def is_in_a_year(starts, ends):
    return starts[:4] == ends[:4]


def brief_period(starts, ends, is_short=False):
    """Returns “2023”, “2023/24”, “Feb 2018”, and in short “’23”, “’23/24”, “2/18”."""
    if CALENDAR_YEAR.fullmatch(f"{starts}/{ends}") or len(starts) == len(ends) == 4 and starts == ends:
        return f"’{starts[2:4]}" if is_short else starts[:4]
    if starts[:7] == ends[:7] and len(starts) >= 7:
        return f"{int(starts[5:7])}/{starts[2:4]}" if is_short else month_and_year(starts)
    if is_in_a_year(starts, ends):
        months = f"{int(starts[5:7] or 1)}–{int(ends[5:7] or 12)}/{starts[2:4]}"
        return months if is_short else f"{month(starts)}–{month(ends)} {starts[:4]}"
    return f"’{starts[2:4]}/{ends[2:4]}" if is_short else f"{starts[:4]}/{ends[2:4]}"


def as_day(date):
    return datetime.date(int(date[:4]), int(date[5:7] or 1), int(date[8:10] or 1))


def month(date):
    return date_format(as_day(date), "M")


def month_and_year(date):
    return date_format(as_day(date), "M Y") if len(date) >= 7 else partial_date_text(date)
