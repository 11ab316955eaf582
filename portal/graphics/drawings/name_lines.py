"""Reads from successions how long each organisation bore its name, and what of it no source dates."""

from collections import defaultdict
from dataclasses import dataclass, field

from organisation.life import Life
from organisation.models import Succession

Kind = Succession.Kind


def year_of(date):
    """Returns a date as a number of years: 1998-05 is a third into 1998, and 1998 alone its beginning."""
    year, month, day = (int(part) for part in (date + "-1-1").split("-")[:3])
    return year + (month - 1) / 12 + (day - 1) / 372


@dataclass
class Stretch:
    """A stretch of a line of names, from one year to another.

    Without an organisation it bore the name before or the one after, and no source says until when. An end
    that is None lies somewhere before the first date on record, or after the last.
    """

    organisation: object | None
    start: float | None
    end: float | None
    dated: bool = True


@dataclass
class NameLine:
    """An organisation under all its names, one after the other."""

    organisations: list
    stretches: list[Stretch] = field(default_factory=list)
    founded: str = ""
    closed: str = ""
    ended: bool = False
    renamings: list[Succession] = field(default_factory=list)

    @property
    def goes_on(self):
        return not self.ended

    def stretch_of(self, pk):
        return next(each for each in self.stretches if each.organisation and each.organisation.pk == pk)

    def before(self, pk):
        """Returns the stretch in which the name of an organisation came up: its own where that is undated."""
        place = self.stretches.index(self.stretch_of(pk))
        return self.stretches[place if not self.stretches[place].dated else max(place - 1, 0)]

    @property
    def begins(self):
        return self.stretches[0].start if self.stretches[0].start is not None else float("-inf")


class NameLines:
    """The lines of names of some organisations, in the order of their beginnings."""

    def __init__(self, organisations, lineage, documents=()):
        self.lineage = lineage
        self.organisations = {each.pk: each for each in organisations}
        self.facts = defaultdict(list)
        for pk, date in documents:
            if date:
                self.facts[pk].append(year_of(date))
        for each in lineage.successions:
            if each.date and each.kind != Kind.RENAMED:
                for pk in {each.earlier_id, each.later_id} - {None}:
                    self.facts[pk].append(year_of(each.date))
        self.lines = sorted(map(self.line, self.chains()), key=lambda line: line.begins)

    def chains(self):
        """Returns the organisations that one renaming after another ties together, each in one chain."""
        left = dict(self.organisations)
        chains = []
        first = [each for each in left.values() if not self.renamed_from(each)]
        for start in [*first, *self.organisations.values()]:
            chain, each = [], start
            while each is not None and each.pk in left:
                chain.append(left.pop(each.pk))
                renaming = next((row for row in self.renamings_of(each) if row.later_id in left), None)
                each = renaming and self.organisations[renaming.later_id]
            if chain:
                chains.append(chain)
        return chains

    def renamings_of(self, organisation):
        rows = self.lineage.after(organisation, Kind.RENAMED)
        return [row for row in rows if row.later_id in self.organisations]

    def renamed_from(self, organisation):
        rows = self.lineage.before(organisation, Kind.RENAMED)
        return [row for row in rows if row.earlier_id in self.organisations]

    def line(self, chain):
        """Returns the line of a chain: what is dated of each name, and what is not."""
        line = NameLine(chain, founded=chain[0].founded)
        known = self.facts[chain[0].pk]
        start = year_of(line.founded) if line.founded else min(known, default=None)
        if not line.founded and known:
            line.stretches.append(Stretch(None, None, start, dated=False))
        for each, later in zip(chain, chain[1:], strict=False):
            row = next(row for row in self.renamings_of(each) if row.later_id == later.pk)
            line.renamings.append(row)
            until, after = self.renamed(row, start)
            if start is None or until is None:
                line.stretches.append(Stretch(each, start, after, dated=False))
            else:
                line.stretches.append(Stretch(each, start, until))
                if until != after:
                    line.stretches.append(Stretch(None, until, after, dated=False))
            start = after
        self.add_last(line, start)
        return line

    def renamed(self, row, start):
        """Returns the last year of the name before, and the first of the one after; None if none is known."""
        if row.date:
            return (year_of(row.date),) * 2
        before = [*self.facts[row.earlier_id], *([] if start is None else [start])]
        until, after = max(before, default=None), min(self.facts[row.later_id], default=None)
        return (after, until) if None not in (until, after) and after < until else (until, after)

    def add_last(self, line, start):
        """Adds the last name: to the day of its end, or on to the right where no end is on record."""
        organisation = line.organisations[-1]
        life = Life(organisation, self.lineage)
        line.ended = life.is_over
        line.closed = life.closed_on or next((each.date for each in life.passings if each.date), "")
        end = year_of(line.closed) if line.ended and line.closed else None
        last = line.stretches[-1] if line.stretches else None
        if start is None and last and not last.organisation:  # it has no date of its own
            last.organisation, last.end = organisation, end
        elif start is None:
            line.stretches.append(Stretch(organisation, None, end, dated=False))
        elif line.ended and end is None:
            known = max([start, *self.facts[organisation.pk]])
            line.stretches.append(Stretch(organisation, start, known))
            line.stretches.append(Stretch(None, known, None, dated=False))
        else:
            line.stretches.append(Stretch(organisation, start, end if end is None else max(start, end)))
