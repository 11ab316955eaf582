"""The tables of whoever speaks, what happened, what was published, and the instruments that are spoken of."""

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy.models import Instrument
from impact.models import Claim, Edition
from organisation.models import Affiliation, Organisation, Source

from ..timeline import events
from .claims import YEAR
from .table import Column, Filter, Kind, Table, YearFilter

WORKS = tuple(kind.value for kind in Source.PUBLISHED_WORKS)


def public_organisations():
    """Those with a profile, and those that something published names: a name that stands in a draft only is nobody's to know."""
    named = [
        Edition.objects.readable().filter(organisation=OuterRef("pk")),
        Affiliation.objects.filter(with_whom=OuterRef("pk")),
        Instrument.objects.filter(body=OuterRef("pk")),
        Source.objects.public().filter(Q(author=OuterRef("pk")) | Q(publisher=OuterRef("pk"))),
    ]
    known = Q(profiled=True)
    for records in named:
        known |= Q(Exists(records))
    return Organisation.objects.filter(known).with_names()


def organisation_address(organisation):
    """Its profile; of one that is only named, the record for programs."""
    return organisation.get_absolute_url() or reverse(
        "api:one-of-organisations", kwargs={"slug": organisation.slug}
    )


def publications():
    return Source.objects.publications().defer("text")


def instruments():
    published = Claim.objects.filter(current_edition__isnull=False)
    return (
        Instrument.objects.select_related("body", "source__author")
        .prefetch_related(Prefetch("claims", published))
        .defer("source__text")
    )


ORGANISATIONS = Table(
    name="organisations",
    title=_("Organisations"),
    holds=_("Every organisation that has a profile here or is named by what is published."),
    row_name="Organisation",
    columns=(
        Column("slug", _("Its name in addresses, which never changes."), "slug"),
        Column(
            "address",
            _("Its profile; of one that is only named, its record for programs."),
            organisation_address,
            Kind.ADDRESS,
        ),
        Column("official_name", _("The name as the organisation writes it."), "official_name"),
        Column(
            "short_name",
            _("The name that its own texts use after the first mention."),
            "short_name",
            required=False,
        ),
        Column(
            "other_names",
            _("Further names that sources use for it."),
            lambda each: each.other_names.splitlines(),
            Kind.LIST,
            required=False,
        ),
        Column(
            "formerly",
            _("The organisations whose work it carried on under a new name."),
            lambda each: [str(other) for other in each.formerly],
            Kind.LIST,
            required=False,
        ),
        Column(
            "later_known_as",
            _("The organisations that carried on its work under a new name."),
            lambda each: [str(other) for other in each.later_known_as],
            Kind.LIST,
            required=False,
        ),
        Column(
            "founded",
            _("When it was founded, as precise as the source; empty if it is not stated."),
            "founded",
            Kind.DATE,
            required=False,
        ),
        Column(
            "closed",
            _("When it ceased to exist; empty if no source says that it did."),
            "closed",
            Kind.DATE,
            required=False,
        ),
        Column(
            "seat", _("The town of its headquarters; empty if it is not on record."), "seat", required=False
        ),
    ),
    key=("slug",),
    order=(("slug", str),),
    published=public_organisations,
)


class TimelineTable(Table):
    """The events, which come from records of three kinds and are put in order when they are read."""

    def records(self, chosen):
        slug, year = chosen.get("organisation"), chosen.get("year")
        found = [
            each
            for each in self.published()
            if not slug or (each.organisation and each.organisation.slug == slug)
        ]
        return sorted(
            (each for each in found if not year or (each.date[:4] or "none") == year), key=self.place
        )

    def all(self, chosen, site):
        return (self.row(event, site) for event in self.records(chosen))

    def following(self, records, after):
        return [event for event in records if self.place(event) > after]

    def place(self, event):
        """A date without a month comes before the months of its year, and what is not dated comes last."""
        return f"{event.date.ljust(10, '-') if event.date else 'undated'}~{event.anchor}"


TIMELINE = TimelineTable(
    name="timeline",
    title=_("Timeline"),
    holds=_("What happened when: milestones, one organisation passing into another, and instruments."),
    row_name="Event",
    columns=(
        Column("anchor", _("The event's name in the timeline."), "anchor"),
        Column("address", _("Where the timeline tells it."), "address", Kind.ADDRESS),
        Column(
            "date",
            _("When it happened, as precise as the source; empty if it is not stated."),
            "date",
            Kind.DATE,
            required=False,
        ),
        Column("title", _("What happened, in a few words of the portal's."), "title"),
        Column(
            "organisation",
            _("Whose history it belongs to: the official name; empty for an instrument."),
            lambda event: event.organisation or "",
            required=False,
        ),
        Column(
            "organisation_slug",
            _("The same organisation, as the table of organisations names it."),
            lambda event: event.organisation.slug if event.organisation else "",
            required=False,
        ),
        Column("text", _("What the source says of it, in its words."), "text", required=False),
    ),
    key=("anchor",),
    order=(("date", str), ("anchor", str)),
    published=events,
    filters=(
        Filter("organisation", _("Whose history it belongs to: the organisation's slug."), ""),
        YearFilter(
            "year", _("The year in which it happened, or “none” where that is not stated."), "", pattern=YEAR
        ),
    ),
    parents={"organisation_slug": ("organisations", "slug")},
)
PUBLICATIONS = Table(
    name="publications",
    title=_("Publications"),
    holds=_(
        "Reports and other publications of the organisations with a profile, as far as they are on record."
    ),
    row_name="Publication",
    columns=(
        Column("slug", _("Its name in addresses, which never changes."), "slug"),
        Column(
            "address",
            _("Where the portal shows it, for good."),
            lambda source: source.get_absolute_url(),
            Kind.ADDRESS,
        ),
        Column("kind", _("Whether it is a report or another publication."), "kind", choices=WORKS),
        Column(
            "title",
            _("The title as it stands on the document; empty if it is not known."),
            "title",
            required=False,
        ),
        Column("subject", _("What it is about, where its title is not known."), "subject", required=False),
        Column("organisation", _("Whose publication it is: the official name."), "author.official_name"),
        Column(
            "organisation_slug",
            _("The same organisation, as the table of organisations names it."),
            "author.slug",
        ),
        Column(
            "publisher",
            _("Who put it before the public; empty if it is not on record."),
            lambda source: source.publisher or "",
            required=False,
        ),
        Column("byline", _("The person who signed it, where a source names one."), "byline", required=False),
        Column(
            "published",
            _("When it was published, as precise as is known; empty if it is not stated."),
            "published",
            Kind.DATE,
            required=False,
        ),
        Column(
            "as_of",
            _("The day its statements hold for; empty if it is not stated."),
            "as_of",
            Kind.DATE,
            required=False,
        ),
        Column("region", _("The country or region it is about, if any."), "region", required=False),
        Column(
            "link",
            _("Where the document itself can be read; empty if that is not on record."),
            "address",
            Kind.ADDRESS,
            required=False,
        ),
        Column(
            "archived",
            _("A copy in a web archive; empty if none is on record."),
            "archived",
            Kind.ADDRESS,
            required=False,
        ),
    ),
    key=("slug",),
    order=(("slug", str),),
    published=publications,
    filters=(
        Filter("organisation", _("Whose publication it is: the organisation's slug."), "author__slug"),
        Filter("kind", _("Whether it is a report or another publication."), "kind", WORKS),
        YearFilter(
            "year",
            _("The year in which it was published, or “none” where that is not stated."),
            "published",
            pattern=YEAR,
        ),
    ),
    parents={"organisation_slug": ("organisations", "slug")},
)
INSTRUMENTS = Table(
    name="instruments",
    title=_("Instruments"),
    holds=_("The treaties, resolutions, policies and standards that the organisations speak of."),
    row_name="Instrument",
    columns=(
        Column("slug", _("Its name in addresses, which never changes."), "slug"),
        Column(
            "address",
            _("Where the portal shows it, for good."),
            lambda each: each.get_absolute_url(),
            Kind.ADDRESS,
        ),
        Column("title", _("Its full title."), "title"),
        Column("short_title", _("What it is commonly called."), "short_title", required=False),
        Column(
            "reference", _("Its official reference; empty if none is on record."), "reference", required=False
        ),
        Column("body", _("Who adopted or issued it."), lambda each: each.body or "", required=False),
        Column(
            "body_slug",
            _("The same body, as the table of organisations names it."),
            lambda each: each.body.slug if each.body else "",
            required=False,
        ),
        Column(
            "adopted",
            _("When it was adopted or issued, as precise as is known; empty if it is not stated."),
            "adopted",
            Kind.DATE,
            required=False,
        ),
        Column(
            "in_force",
            _("Since when a treaty binds; empty if it is not stated."),
            "in_force",
            Kind.DATE,
            required=False,
        ),
        Column(
            "source_address",
            _("Where the portal shows its text; empty if that is not on record."),
            lambda each: each.source.get_absolute_url() if each.source else "",
            Kind.ADDRESS,
            required=False,
        ),
        Column(
            "claims",
            _("The references of the claims that speak of it."),
            lambda each: [claim.reference for claim in each.claims.all()],
            Kind.LIST,
            required=False,
        ),
    ),
    key=("slug",),
    order=(("slug", str),),
    published=instruments,
    filters=(
        Filter("body", _("Who adopted or issued it: the organisation's slug."), "body__slug"),
        YearFilter(
            "year",
            _("The year in which it was adopted or issued, or “none” where that is not stated."),
            "adopted",
            pattern=YEAR,
        ),
    ),
    parents={"body_slug": ("organisations", "slug")},
)
