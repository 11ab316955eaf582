"""The rules of the checklist for readings of indicators: period, unit, duplicates, absences and parts."""

from django.db.models import Q
from django.utils.translation import gettext as _

from organisation.dates import partial_date_text
from organisation.templatetags.records import figure_value

from .models import Absence, Figure
from .numbers import read_number
from .parts import parts_by_axis
from .values import meaning


def readings_of(claim):
    return claim.figures.filter(indicator__isnull=False).select_related("indicator").prefetch_related("parts")


def reading_without_period(claim):
    """A reading says of which period it is; without one it cannot be drawn or compared."""
    for figure in readings_of(claim):
        if not figure.starts:
            yield _("“%(label)s” does not say of which period it is: it stands in no drawing.") % {
                "label": figure.label
            }


def target_without_day(claim):
    """A target says when it was set, so that nobody takes one of afterwards for a promise."""
    for figure in readings_of(claim):
        if figure.kind == Figure.Kind.TARGET and not figure.set_on:
            yield _("The target “%(label)s” does not say on which day it was set.") % {"label": figure.label}


def reading_of_another_unit(claim):
    """A reading has the unit of its indicator."""
    for figure in readings_of(claim):
        if figure.unit != figure.indicator.unit:
            yield _("“%(label)s” counts %(unit)s, and its indicator “%(indicator)s” counts %(its_unit)s.") % {
                "label": figure.label,
                "unit": figure.unit,
                "indicator": figure.indicator,
                "its_unit": figure.indicator.unit,
            }


def same_readings(indicator, kind, starts, ends, but=None):
    """Returns the figures of other claims that are readings of one indicator, of one kind and period."""
    figures = Figure.objects.filter(
        indicator=indicator, kind=kind, starts=starts, ends=ends, claim__isnull=False
    )
    return figures.exclude(claim=but).select_related("claim", "indicator").order_by("claim__number", "pk")


def reading_repeated(claim):
    """No other claim gives a reading of the same indicator, kind and period."""
    for figure in readings_of(claim):
        for other in same_readings(figure.indicator, figure.kind, figure.starts, figure.ends, but=claim):
            yield _(
                "%(reference)s gives a reading of “%(indicator)s” for the same period, too: %(text)s."
            ) % {
                "reference": other.claim.reference,
                "indicator": figure.indicator,
                "text": other.text,
            }


def reading_beside_absence(claim):
    """Nothing says that there is no value where a reading gives one."""
    for figure in readings_of(claim):
        same = Q(kind=figure.kind, starts=figure.starts, ends=figure.ends)
        given = {(part.axis, part.group) for part in figure.parts.all() if part.value is not None} | {
            ("", "")
        }
        for absence in Absence.objects.filter(same, indicator=figure.indicator):
            if (absence.axis, absence.group) in given:
                yield _(
                    "“%(indicator)s” says that there is no value: %(absence)s. Delete one of the two."
                ) % {
                    "indicator": figure.indicator,
                    "absence": absence,
                }


def part_not_as_written(claim):
    """The value and the qualifier of each part are those of its number as the words have it."""
    for figure in readings_of(claim):
        for part in figure.parts.all():
            reading = part.as_written and read_number(part.as_written, figure.unit)
            if part.as_written and (
                not reading
                or part.value not in reading.values
                or meaning(reading.qualifier) != meaning(part.qualifier)
            ):
                yield _("“%(group)s”: as written %(written)s, value %(value)s.") % {
                    "group": part.group,
                    "written": part.as_written,
                    "value": part.text,
                }


def parts_do_not_add_up(claim):
    """The parts of a reading give its total; readers are told where they do not."""
    for figure in readings_of(claim):
        for each in parts_by_axis(figure):
            if each.difference and each.can_be_added:
                yield _("“%(label)s”, by %(axis)s: the parts give %(sum)s, and the total is %(total)s.") % {
                    "label": figure.label,
                    "axis": each.axis,
                    "sum": figure_value(each.sum),
                    "total": figure_value(figure.value),
                }


def target_after_its_period(claim):
    """A target was set before its period was over."""
    for figure in readings_of(claim):
        if (
            figure.set_on
            and figure.ends
            and figure.set_on[: len(figure.ends)] > figure.ends[: len(figure.set_on)]
        ):
            yield _("The target “%(label)s” was set on %(day)s, after its period.") % {
                "label": figure.label,
                "day": partial_date_text(figure.set_on),
            }


READING_RULES = [
    reading_without_period,
    target_without_day,
    target_after_its_period,
    reading_of_another_unit,
    reading_repeated,
    reading_beside_absence,
    part_not_as_written,
    parts_do_not_add_up,
]
