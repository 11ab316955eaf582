"""Joins what tells one event of a history: readers see it once, with all who tell it."""

from dataclasses import dataclass, field

from .models import Milestone, Record
from .models.quoting import Quoting


@dataclass
class Moment:
    """An event of a history: a succession, or the milestone that tells it first, and the others."""

    record: Record
    others: list[Milestone] = field(default_factory=list)

    @property
    def date(self):
        """Returns the most precise date that is given for it; of equally precise ones, that of the first."""
        return most_precise(each.date for each in self.tellings)

    @property
    def title(self):
        return getattr(self.record, "title", "") or str(self.record)

    @property
    def text(self):
        return getattr(self.record, "text", "")

    @property
    def quoting(self):
        """Returns the record whose words the text is; None of a succession, which has none."""
        return self.record if isinstance(self.record, Quoting) else None

    @property
    def organisation(self):
        return getattr(self.record, "organisation", None)

    @property
    def tellings(self):
        return [self.record, *self.others]

    @property
    def other_dates(self):
        """Returns the dates that the others give and that are not that of the event."""
        return list(dict.fromkeys(each.date for each in self.tellings if each.date not in ("", self.date)))


def most_precise(dates):
    return max(dates, key=len, default="")


def moments_of(milestones):
    """Returns the moments that milestones tell, by date, the undated last.

    Those that tell the same event come together, in whatever order they are given.
    """
    by_event = {}
    for each in milestones:
        by_event.setdefault(each.same_event_as_id or each.pk, []).append(each)
    moments = []
    for tellings in by_event.values():
        first, *others = sorted(tellings, key=lambda each: each.same_event_as_id is not None)
        moments.append(Moment(first, others))
    return in_order(moments)


def in_order(moments):
    return sorted(moments, key=lambda each: (not each.date, each.date))


def moment_of(first):
    """Returns the moment of one of `Milestone.objects.events()`."""
    return Moment(first, list(first.other_tellings.all()))
