"""The table of instruments: treaties, resolutions, policies and standards."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from advocacy.models import Instrument
from impact.models import Claim

from .table import Column, Filter, Kind, Table, YearFilter, life_column


def instruments():
    """Returns the instruments with their published claims only."""
    published = Claim.objects.filter(current_edition__isnull=False)
    return (
        Instrument.objects.select_related("body", "source__author")
        .prefetch_related(Prefetch("claims", published))
        .defer("source__text")
    )


INSTRUMENTS = Table(
    name="instruments",
    title=_("Instruments"),
    description=_("The treaties, resolutions, policies and standards that are spoken of here."),
    row_name="Instrument",
    columns=(
        Column("slug", _("Its name in addresses, which never changes."), "slug"),
        Column(
            "address",
            _("Where the portal shows it, for good."),
            lambda instrument: instrument.get_absolute_url(),
            Kind.ADDRESS,
        ),
        Column("title", _("Its full title."), "title"),
        Column("short_title", _("What it is commonly called."), "short_title", required=False),
        Column(
            "reference", _("Its official reference; empty if none is on record."), "reference", required=False
        ),
        Column(
            "body", _("Who adopted or issued it."), lambda instrument: instrument.body or "", required=False
        ),
        Column(
            "body_slug",
            _("The same body, as the table of organisations names it."),
            lambda instrument: instrument.body.slug if instrument.body else "",
            required=False,
        ),
        life_column("body", lambda instrument: instrument.body),
        Column(
            "adopted",
            _("When it was adopted or issued, as precise as is known; empty if no source says."),
            "adopted",
            Kind.DATE,
            required=False,
        ),
        Column(
            "in_force",
            _("Since when a treaty binds; empty if no source says."),
            "in_force",
            Kind.DATE,
            required=False,
        ),
        Column(
            "source_address",
            _("Where the portal shows its text; empty if none is known."),
            lambda instrument: instrument.source.get_absolute_url() if instrument.source else "",
            Kind.ADDRESS,
            required=False,
        ),
        Column(
            "claims",
            _("The references of the claims that speak of it."),
            lambda instrument: [claim.reference for claim in instrument.claims.all()],
            Kind.LIST,
            required=False,
        ),
    ),
    key=("slug",),
    ordering=(("slug", str),),
    published=instruments,
    filters=(
        Filter("body", _("Who adopted or issued it: the organisation's slug."), "body__slug"),
        YearFilter(
            "year",
            _("The year in which it was adopted or issued, or “none” where no source says."),
            "adopted",
        ),
    ),
    foreign_keys={"body_slug": ("organisations", "slug")},
)
