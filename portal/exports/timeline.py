"""The timeline: milestones, successions and instruments, each of which keeps its own date and sources."""

import datetime
from dataclasses import dataclass

from django.db import models
from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from advocacy.models import Instrument
from organisation.dates import partial_date_text
from organisation.models import Milestone, Organisation, Succession


@dataclass
class Event:
    """One entry; `date` is ISO 8601 of the source's precision, or empty where none states it."""

    date: str
    title: str
    record: models.Model
    organisation: Organisation | None = None
    text: str = ""
    kind: str = ""

    @property
    def anchor(self):
        """Its name in the page, for good: #1998-05-founded-coalition."""
        whose = self.organisation.slug if self.organisation else ""
        return slugify(
            f"{self.date or 'undated'} {self.kind or self.record.slug} {whose or self.record.slug}"
        )

    @property
    def address(self):
        return f"{reverse('pages-details-by-slug', kwargs={'slug': 'timeline'})}#{self.anchor}"

    @property
    def span(self):
        """The first day, and the day after the last, of a date as precise as its source; None if it is not stated."""
        if not self.date:
            return None
        year, month, day = (int(part) for part in (self.date + "-0-0").split("-")[:3])
        first = datetime.date(year, month or 1, day or 1)
        if day:
            return first, first + datetime.timedelta(days=1)
        return first, datetime.date(year + 1, 1, 1) if month in (0, 12) else datetime.date(year, month + 1, 1)


def events():
    """Every event by date, the undated last. What a milestone tells in the source's words is not told again."""
    found = milestones()
    told = {passage for event in found for passage in passages(event.record)}
    found += [event for event in successions() if not told & set(passages(event.record))] + instruments()
    return sorted(found, key=lambda event: (not event.date, event.date))


def of_organisation(events, slug):
    """Those of one organisation; all of them if no slug is given."""
    return [event for event in events if not slug or (event.organisation and event.organisation.slug == slug)]


def milestones():
    records = Milestone.objects.select_related("organisation").with_evidence()
    return [Event(each.date, each.title, each, each.organisation, each.text) for each in records]


def successions():
    records = Succession.objects.dated().select_related("earlier", "later").with_evidence()
    return [
        Event(each.date, str(each), each, each.earlier or each.later, kind=kind_of(each)) for each in records
    ]


def kind_of(succession):
    """Names the event for good, also where one organisation passes its programmes on to two."""
    return f"{succession.kind} {succession.later.slug if succession.later and succession.earlier else ''}"


def instruments():
    found = []
    for each in Instrument.objects.with_evidence():
        if each.adopted:
            title = _("Adopted or issued: %(title)s") % {"title": each.title}
            found.append(Event(each.adopted, title, each, kind="adopted"))
        if each.in_force:
            found.append(
                Event(each.in_force, _("In force: %(title)s") % {"title": each.title}, each, kind="in force")
            )
    return found


def passages(record):
    return [citation.passage_id for citation in record.evidence if citation.passage_id]


def calendar(events, site):
    """The dated events as an iCalendar file; a month or a year is one entry as long as the month or the year."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Margin//Timeline//EN"]
    for event in events:
        if event.span:
            first, after = event.span
            lines += [
                "BEGIN:VEVENT",
                f"UID:{event.anchor}@{site.removeprefix('https://').removeprefix('http://')}",
                f"DTSTAMP:{first:%Y%m%d}T000000Z",
                f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
                f"DTEND;VALUE=DATE:{after:%Y%m%d}",
                f"SUMMARY:{escaped(event.title)}",
                f"DESCRIPTION:{escaped(description(event))}",
                f"URL:{site}{event.address}",
                "END:VEVENT",
            ]
    return "".join(folded(line) for line in [*lines, "END:VCALENDAR"])


def description(event):
    return _("%(date)s. %(text)s") % {"date": partial_date_text(event.date), "text": event.text}


def escaped(text):
    """As RFC 5545 wants text: its separators and line ends behind a backslash."""
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.strip().replace("\r\n", "\\n").replace("\n", "\\n")


def folded(line):
    """As RFC 5545 wants lines: no more than 75 bytes each, the rest indented by a space."""
    parts, room = [""], 75
    for letter in line:
        if len((parts[-1] + letter).encode()) > room:
            parts.append("")
            room = 74
        parts[-1] += letter
    return "\r\n ".join(parts) + "\r\n"


def timeline_ics(request):
    site = request.build_absolute_uri("/").rstrip("/")
    text = calendar(of_organisation(events(), request.GET.get("organisation", "")), site)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="timeline.ics"'
    return response
