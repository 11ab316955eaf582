"""The timeline: milestones, successions and instruments, each of which keeps its own date and sources."""

from dataclasses import dataclass

from advocacy.models import Instrument
from django.db import models
from django.utils.translation import gettext as _
from organisation.models import Milestone, Organisation, Succession


@dataclass
class Event:
    """One entry; `date` is ISO 8601 of the source's precision, or empty where none states it."""

    date: str
    title: str
    record: models.Model
    organisation: Organisation | None = None
    text: str = ""


def passages(record):
    return [citation.passage_id for citation in record.citations.all() if citation.passage_id]


def events():
    """Every event by date, the undated last. What a milestone tells in the source's words is not told again."""
    found = [
        Event(milestone.date, milestone.title, milestone, milestone.organisation, milestone.text)
        for milestone in Milestone.objects.select_related("organisation").with_citations()
    ]
    told = {passage for event in found for passage in passages(event.record)}
    for succession in Succession.objects.dated().select_related("earlier", "later").with_citations():
        if not told & set(passages(succession)):
            found.append(Event(succession.date, str(succession), succession, succession.earlier or succession.later))
    for instrument in Instrument.objects.with_citations():
        if instrument.adopted:
            found.append(Event(instrument.adopted, _("Adopted or issued: %(title)s") % {"title": instrument.title}, instrument))
        if instrument.in_force:
            found.append(Event(instrument.in_force, _("In force: %(title)s") % {"title": instrument.title}, instrument))
    return sorted(found, key=lambda event: (not event.date, event.date))
