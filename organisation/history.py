"""Puts the history of an organisation together from its milestones and from who came before and after it."""

from .lineage import current_lineage
from .lineage_in_words import date_before, first_dates, place
from .moments import Moment


def successions_of(organisation_id):
    """Returns the successions that name an organisation, under any of its names, or any with a profile."""
    if organisation_id:
        return current_lineage().naming(organisation_id)
    return [each for each in current_lineage().with_evidence if names_a_profile(each)]


def names_a_profile(succession):
    return any(each and each.profiled for each in (succession.earlier, succession.later))


def history(moments, successions):
    """Returns the moments with those of successions, by date, an undated name before the first date under it.

    A succession is left out if a milestone cites the same passage: it would be the same event twice. What
    nothing dates stands last.
    """
    cited = {key: moment for moment in moments for key in passages_of(*moment.tellings)}
    first, untold, before = first_dates(successions), [], {}
    for each in successions:
        moment = next((cited[key] for key in passages_of(each) if key in cited), None)
        if moment is None:
            untold.append(moment := Moment(each))
        if not moment.date:
            before[id(moment)] = date_before(each, first)
    return sorted([*moments, *untold], key=lambda moment: place(moment.date, before.get(id(moment), "")))


def passages_of(*records):
    return {each.passage_id for record in records for each in record.evidence} - {None}
