"""Sorts the events of the timeline into lanes: for each organisation under all its names, and for the law."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from organisation.models import Succession

from .timeline import Event, passage_ids

MOST_LANES = 4  # side by side; with more, each event names its own


@dataclass
class Lane:
    """A lane: its title, its number from 1, and the keys of its organisations; the law's has none."""

    title: str
    keys: frozenset = frozenset()
    number: int = 0
    hue: int = 0  # its number among those of organisations

    @property
    def is_law(self):
        return not self.keys


@dataclass
class Placed:
    """An event in its lane, or across all from the first to the last of those it concerns."""

    event: Event
    lanes: list[Lane]
    is_between: bool = False  # undated, and put where what is dated on either side lets it stand

    @property
    def first(self):
        return self.lanes[0]

    @property
    def last(self):
        return self.lanes[-1]


@dataclass
class Lanes:
    """The lanes and the events in them by date, then those that no source dates."""

    lanes: list[Lane]
    placed: list[Placed]
    undated: list[Placed] = field(default_factory=list)

    @property
    def are_side_by_side(self):
        return 1 < len(self.lanes) <= MOST_LANES


def lanes_of(events, lineage, date_of=lambda event: event.date):
    """Returns the lanes of events that are in order; `lineage` is of all successions, with their evidence."""
    lanes = lanes_found(events, lineage)
    between = {}
    for each in lineage.successions:
        if each.kind == Succession.Kind.RENAMED and not each.date:
            between |= dict.fromkeys(passage_ids(each), each)
    placed, undated = [], []
    for event in events:
        date = date_of(event)
        renaming = None
        if not date:
            renaming = next((between[key] for key in passage_ids(event.record) if key in between), None)
        before = renaming and date_before(renaming, events, date_of)
        keys = {each.pk for each in event.organisations}
        concerned = [lane for lane in lanes if (lane.keys & keys if keys else lane.is_law)]
        if date:
            placed.append((date, 1, Placed(event, concerned)))
        elif before:
            placed.append((before, 0, Placed(event, concerned, is_between=True)))
        else:
            undated.append(Placed(event, concerned))
    placed.sort(key=lambda each: each[:2])
    return Lanes(lanes, [each for _date, _side, each in placed], undated)


def date_before(renaming, events, date_of):
    """Returns the first date under the new name after the last under the old one; empty without both.

    Of what both names are said to have lived through, the first was under the old one.
    """
    earlier = dates_of(renaming.earlier_id, events, date_of)
    later = dates_of(renaming.later_id, events, date_of)
    shared = set(earlier) & set(later)
    until = max((date for date in earlier if date not in shared), default=min(earlier, default=""))
    return min((date for date in later if date > until), default="") if until else ""


def dates_of(key, events, date_of):
    of_organisation = (event for event in events if key in {each.pk for each in event.organisations})
    return [date for event in of_organisation if (date := date_of(event))]


def lanes_found(events, lineage):
    """Returns the lanes in the order of the organisations; that of the law is the second.

    Whoever has no profile has a lane only for events that concern nobody who has.
    """
    named = {}
    for event in events:
        concerned = list(event.organisations)
        named |= {each.pk: each for each in [o for o in concerned if o.profiled] or concerned}
    lanes = []
    for organisation in sorted(named.values(), key=lambda each: (each.order, each.official_name, each.pk)):
        if not any(organisation.pk in lane.keys for lane in lanes):
            lanes.append(Lane(*name_and_keys(organisation, lineage), hue=len(lanes) + 1))
    if any(not event.organisations for event in events):
        lanes.insert(1, Lane(_("Law and doctrine")))
    for number, lane in enumerate(lanes, 1):
        lane.number = number
    return lanes


def name_and_keys(organisation, lineage):
    """Returns the title of a lane and the keys of an organisation under all its names."""
    chain, waiting = {organisation.pk: organisation}, [organisation]
    for each in waiting:
        others = [row.earlier for row in lineage.before(each, Succession.Kind.RENAMED)]
        others += [row.later for row in lineage.after(each, Succession.Kind.RENAMED)]
        for other in others:
            if other and other.pk not in chain:
                chain[other.pk] = other
                waiting.append(other)
    is_renamed = {row.earlier_id for row in lineage.successions if row.kind == Succession.Kind.RENAMED}
    has_former = {row.later_id for row in lineage.successions if row.kind == Succession.Kind.RENAMED}
    names = [name_of(each) for pk, each in chain.items() if pk not in has_former]
    names += [name_of(each) for pk, each in chain.items() if pk in has_former and pk not in is_renamed]
    if len(names) == 2 and len(chain) > 1:
        title = _("%(earlier)s, later %(later)s") % {"earlier": names[0], "later": names[1]}
        return title, frozenset(chain)
    return name_of(organisation), frozenset(chain)


def name_of(organisation):
    return organisation.short_name or organisation.official_name
