"""Compares values with their qualifiers: a qualifier decides only where it must.

“over 21,000” is more than 18,420, and says nothing of 24,000; “about” says nothing of any number.
"""

from decimal import Decimal

from django.utils.translation import gettext as _

from organisation.models.qualifier import Qualifier
from organisation.templatetags.records import figure_value

OVER = (Qualifier.OVER, Qualifier.MORE_THAN, Qualifier.AT_LEAST)
UNDER = (Qualifier.NEARLY, Qualifier.UP_TO)
EXACT = (Qualifier.NONE, Qualifier.EXACTLY)
INFINITY = Decimal("Infinity")


def bounds(figure):
    """Returns the least and the most that a value can be; None where its qualifier says neither."""
    if figure.value is None or figure.qualifier == Qualifier.ABOUT:
        return None
    if figure.qualifier in OVER:
        return figure.value, INFINITY
    if figure.qualifier in UNDER:
        return -INFINITY, figure.value
    return figure.value, figure.value


def is_exact(figure):
    return figure.qualifier in EXACT


def difference_between(earlier, later):
    """Returns 1 where the later value is more, -1 where it is less, 0 where both are one; None if unsaid."""
    before, after = bounds(earlier), bounds(later)
    if before is None or after is None:
        return None
    if is_exact(earlier) and is_exact(later) and earlier.value == later.value:
        return 0
    if after[0] > before[1] or (after[0] == before[1] and is_strict(later, earlier)):
        return 1
    if after[1] < before[0] or (after[1] == before[0] and is_strict(later, earlier)):
        return -1
    return None


def is_strict(*figures):
    """True where one of the qualifiers leaves out its own number, as “over” and “nearly” do."""
    return any(each.qualifier in (Qualifier.OVER, Qualifier.MORE_THAN, Qualifier.NEARLY) for each in figures)


def verdict(indicator, reading, target):
    """Returns what a reading says of its target, in a few words; empty where nothing can be said.

    With the direction “neither” there is no more or less that would be better.
    """
    directions = indicator.Direction
    if reading is None or indicator.direction == directions.NEITHER or target.value is None:
        return ""
    if not indicator.is_counted:
        return _("reached") if reading.value == target.value else _("missed")
    if reading.value is None or not is_exact(target):
        return ""
    if reading.value == target.value and is_exact(reading):
        return _("as aimed") if target.value == 0 else _("reached")
    is_more_better = indicator.direction == directions.UP
    difference = difference_between(target, reading)
    if difference is None and at_the_edge(reading, target, is_more_better):
        return _("reached")
    if difference is None:
        return _("“%(value)s” does not say whether %(target)s was reached") % {
            "value": reading.said,
            "target": target.value_text,
        }
    if (difference > 0) == is_more_better:
        return _("reached")
    if not is_exact(reading):
        return _("missed")
    return missed_by(indicator, abs(reading.value - target.value))


def at_the_edge(reading, target, is_more_better):
    """True of “at least 40” where 40 was aimed at, and of “up to 40” where less is better."""
    fitting = Qualifier.AT_LEAST if is_more_better else Qualifier.UP_TO
    return reading.value == target.value and reading.qualifier == fitting


def missed_by(indicator, difference):
    if indicator.measure == indicator.Measure.PERCENTAGE:
        return _("missed by %(count)s percentage points") % {"count": figure_value(difference)}
    return _("missed by %(count)s") % {"count": figure_value(difference)}
