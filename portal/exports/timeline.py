"""The timeline: the dates of milestones, successions and instruments, for its page and as a calendar."""

import datetime
from dataclasses import dataclass, field

from django.db import models
from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from advocacy.models import Instrument
from organisation.block_pages import address_with
from organisation.characters import without_control_signs
from organisation.dates import partial_date_text
from organisation.lineage import current_lineage
from organisation.models import Milestone, Organisation
from organisation.models.quoting import Quoting
from organisation.moments import most_precise
from portal.delivery.public_address import lasting_origin


@dataclass
class Event:
    """An event of the timeline; `date` is ISO 8601, as precise as the source, empty if it is not stated.

    `others` tell the same event. Each of them stands by itself where rows are listed, and has in `first` the
    one that tells it first.
    """

    date: str
    title: str
    record: models.Model
    organisation: Organisation | None = None
    text: str = ""
    kind: str = ""
    heir: Organisation | None = None
    page: str = ""  # the address of the timeline
    others: list["Event"] = field(default_factory=list)
    first: "Event | None" = field(default=None, compare=False, repr=False)

    @property
    def quoting(self):
        """Returns the record whose words the text is; None of an event that has none."""
        return self.record if self.text and isinstance(self.record, Quoting) else None

    @property
    def anchor(self):
        """Returns the permanent fragment of its address, such as 1998-05-founded-harbour-aid."""
        organisation = self.organisation.slug if self.organisation else ""
        return slugify(
            f"{self.date or 'undated'} {self.kind or self.record.slug} {organisation or self.record.slug}"
        )

    @property
    def happened(self):
        """Returns the most precise date that is given for it; of equally precise ones, that of the first."""
        return most_precise([self.date, *(each.date for each in self.others)])

    @property
    def event_anchor(self):
        """Returns what all rows that tell the event have in common: the anchor of the first."""
        return (self.first or self).anchor

    @property
    def own_organisations(self):
        """Returns the organisations of which it tells itself."""
        return dict.fromkeys(each for each in (self.organisation, self.heir) if each)

    @property
    def organisations(self):
        """Returns the organisations in whose history it stands, also where another record tells it."""
        others = [organisation for each in self.others for organisation in each.own_organisations]
        return dict.fromkeys([*self.own_organisations, *others])

    def concerns(self, slug):
        return any(each.slug == slug for each in self.organisations)

    @property
    def address(self):
        """Returns where the timeline tells it; empty where no public page holds the timeline."""
        return self.page and f"{self.page}#{self.anchor}"

    @property
    def span(self):
        """Returns (first day, day after the last) of a day, month or year; None if the date is not stated."""
        if not self.happened:
            return None
        year, month, day = (int(part) for part in (self.happened + "-0-0").split("-")[:3])
        first = datetime.date(year, month or 1, day or 1)
        if day:
            return first, first + datetime.timedelta(days=1)
        return first, datetime.date(year + 1, 1, 1) if month in (0, 12) else datetime.date(year, month + 1, 1)


def events():
    """Returns every event by date, the undated last, each with all that tell it."""
    firsts = [each for each in tellings() if each.first is None]
    return sorted(firsts, key=lambda event: (not event.happened, event.happened))


def tellings():
    """Returns what every record tells, by date, the undated last: several may tell one event.

    A succession is left out if a milestone cites the same passage: it would be the same event twice.
    """
    of_milestones = milestones()
    cited = {passage for event in of_milestones for passage in passage_ids(event.record)}
    of_successions = [event for event in successions() if not cited & set(passage_ids(event.record))]
    all_events = of_milestones + of_successions + instruments()
    page = address_with("TimelinePlugin")
    for event in all_events:
        event.page = page
    return sorted(all_events, key=lambda event: (not event.date, event.date))


def events_of(events, slug):
    """Returns the events of the organisation with this slug; without a slug, all of them."""
    return [event for event in events if not slug or event.concerns(slug)]


def milestones():
    records = Milestone.objects.select_related("organisation").with_evidence()
    by_key = {each.pk: Event(each.date, each.title, each, each.organisation, each.text) for each in records}
    for event in by_key.values():
        if first := by_key.get(event.record.same_event_as_id):
            event.first = first
            first.others.append(event)
    return list(by_key.values())


def milestone_address(milestone):
    """Returns where the timeline tells a milestone; empty where no public page holds the timeline."""
    page = address_with("TimelinePlugin")
    return Event(milestone.date, milestone.title, milestone, milestone.organisation, page=page).address


def successions():
    records = [each for each in current_lineage().with_evidence if each.date]
    return [
        Event(
            each.date,
            str(each),
            each,
            each.earlier or each.later,
            kind=succession_kind(each),
            heir=each.later,
        )
        for each in records
    ]


def succession_kind(succession):
    """Returns the kind, made unique for an organisation that is succeeded by two: anchors are permanent."""
    return f"{succession.kind} {succession.later.slug if succession.later and succession.earlier else ''}"


def instruments():
    of_instruments = []
    for each in Instrument.objects.with_evidence():
        if each.adopted:
            title = _("%(title)s adopted") % {"title": each.title}
            of_instruments.append(Event(each.adopted, title, each, kind="adopted"))
        if each.in_force:
            of_instruments.append(
                Event(each.in_force, _("%(title)s in force") % {"title": each.title}, each, kind="in force")
            )
    return of_instruments


def passage_ids(record):
    return [citation.passage_id for citation in record.evidence if citation.passage_id]


def calendar(events, site):
    """Returns the dated events as iCalendar (RFC 5545); a month or a year is one event of its length."""
    host = site.removeprefix("https://").removeprefix("http://")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{host}//Timeline//EN"]
    for event in events:
        if event.span:
            first, after = event.span
            lines += [
                "BEGIN:VEVENT",
                f"UID:{event.anchor}@{host}",
                f"DTSTAMP:{first:%Y%m%d}T000000Z",
                f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
                f"DTEND;VALUE=DATE:{after:%Y%m%d}",
                f"SUMMARY:{escape_text(event.title)}",
                f"DESCRIPTION:{escape_text(description(event))}",
                *([f"URL:{site}{event.address}"] if event.address else []),
                "END:VEVENT",
            ]
    return "".join(fold_line(line) for line in [*lines, "END:VCALENDAR"])


def description(event):
    if event.quoting and not event.quoting.is_quotation:
        return _("%(date)s. %(text)s (in our words)") % {
            "date": partial_date_text(event.happened),
            "text": event.text,
        }
    return _("%(date)s. %(text)s") % {"date": partial_date_text(event.happened), "text": event.text}


def escape_text(text):
    """Escapes separators and line ends (RFC 5545, 3.3.11)."""
    # The backslash comes first, or it would escape those of the other two.
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return without_control_signs(text).strip().replace("\r\n", "\\n").replace("\n", "\\n")


def fold_line(line):
    """Folds a line into lines of at most 75 bytes, each but the first after a space (RFC 5545, 3.1)."""
    parts, limit = [""], 75
    for character in line:
        if len((parts[-1] + character).encode()) > limit:
            parts.append("")
            limit = 74  # the space counts
        parts[-1] += character
    return "\r\n ".join(parts) + "\r\n"


def timeline_ics(request):
    text = calendar(events_of(events(), request.GET.get("organisation", "")), lasting_origin(request))
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="timeline.ics"'
    return response
