"""Adds up the parts of a reading by each axis, and says in a sentence whether they give the total.

Nothing is mended: what is missing or too many is said, and qualified or missing parts are not added up.
"""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.templatetags.records import figure_value

EXACT = ("", "exactly")


@dataclass
class PartsOfAxis:
    """The parts of a reading by one axis, such as sex, in their order."""

    figure: object
    axis: str
    parts: list

    @property
    def sum(self):
        """Returns what the parts add up to; None where they cannot be added."""
        if any(each.value is None or each.qualifier not in EXACT for each in self.parts):
            return None
        return sum(each.value for each in self.parts)

    @property
    def difference(self):
        """Returns by how much the parts give more than the total; None where nothing can be said of it."""
        if self.sum is None or self.figure.value is None or self.figure.qualifier not in EXACT:
            return None
        return self.sum - self.figure.value

    @property
    def sum_sentence(self):
        """Returns the addition in figures, or why there is none: a percentage of parts is no sum."""
        if not self.can_be_added:
            return ""
        if self.sum is None:
            return _("Not added up: %(why)s.") % {"why": _(", ").join(self.hindrances)}
        terms = " + ".join(figure_value(each.value) for each in self.parts)
        names = {"terms": terms, "sum": figure_value(self.sum)}
        if self.difference == 0:
            return _("%(terms)s = %(sum)s: adds up.") % names
        return _("%(terms)s = %(sum)s.") % names

    @property
    def difference_sentence(self):
        """Returns what is missing from the total or above it; empty where nothing is."""
        difference = self.difference if self.can_be_added else None
        if not difference:
            return ""
        count = {"count": figure_value(abs(difference))}
        if difference < 0:
            return _("%(count)s fewer than the total. Nothing was filled in.") % count
        return _("%(count)s more than the total. Nothing was taken away.") % count

    @property
    def can_be_added(self):
        indicator = self.figure.indicator
        return self.figure.is_counted and indicator.measure == indicator.Measure.NUMBER

    @property
    def hindrances(self):
        qualified = sum(each.value is not None and each.qualifier not in EXACT for each in self.parts)
        missing = sum(each.value is None for each in self.parts)
        if qualified:
            yield ngettext("%(count)d part is not exact", "%(count)d parts are not exact", qualified) % {
                "count": qualified
            }
        if missing:
            yield ngettext("%(count)d has no value", "%(count)d have no value", missing) % {"count": missing}


def parts_by_axis(figure):
    """Returns the parts of a reading, axis by axis, in the order in which they stand."""
    by_axis = {}
    for part in figure.parts.all():
        by_axis.setdefault(part.axis, []).append(part)
    return [PartsOfAxis(figure, axis, parts) for axis, parts in by_axis.items()]


def prefetch_parts(editions):
    """Fetches the parts of the readings in editions, in one query for all; in none without a reading."""
    readings = [each for edition in editions for each in edition.figures.all() if each.indicator_id]
    prefetch_related_objects(readings, "parts")
