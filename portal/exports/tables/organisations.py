"""The table of organisations."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy.models import Instrument
from impact.models import Edition
from organisation.models import Affiliation, Organisation, Source

from .table import Column, Kind, Table


def public_organisations():
    """Returns the organisations with a profile, and those that a published record names.

    One that only a draft names must not become known.
    """
    naming_records = [
        Edition.objects.public().filter(organisation=OuterRef("pk")),
        Affiliation.objects.filter(with_whom=OuterRef("pk")),
        Instrument.objects.filter(body=OuterRef("pk")),
        Source.objects.public().filter(Q(author=OuterRef("pk")) | Q(publisher=OuterRef("pk"))),
    ]
    public = Q(profiled=True)
    for records in naming_records:
        public |= Q(Exists(records))
    return Organisation.objects.filter(public)


def organisation_address(organisation):
    """Returns the path of the profile; without one, the path of the record in the API."""
    return organisation.get_absolute_url() or reverse(
        "api:one-of-organisations", kwargs={"slug": organisation.slug}
    )


ORGANISATIONS = Table(
    name="organisations",
    title=_("Organisations"),
    description=_("Every organisation that has a profile here or is named by what is published."),
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
            lambda organisation: organisation.other_names.splitlines(),
            Kind.LIST,
            required=False,
        ),
        Column(
            "formerly",
            _("The organisations whose work it carried on under a new name."),
            lambda organisation: [str(other) for other in organisation.life.formerly],
            Kind.LIST,
            required=False,
        ),
        Column(
            "later_known_as",
            _("The organisations that carried on its work under a new name."),
            lambda organisation: [str(other) for other in organisation.life.later_known_as],
            Kind.LIST,
            required=False,
        ),
        Column(
            "founded",
            _("When it was founded, as precise as the source; empty if no source says."),
            "founded",
            Kind.DATE,
            required=False,
        ),
        Column(
            "closed",
            _("When it ceased to exist; empty if no source says when."),
            "life.closed_on",
            Kind.DATE,
            required=False,
        ),
        Column(
            "succeeded_by",
            _("The organisations that took its place or took programmes over."),
            lambda organisation: [str(other) for other in organisation.life.succeeded_by],
            Kind.LIST,
            required=False,
        ),
        Column(
            "life_line",
            _("What became of it, who came before and after; empty if nothing of the kind is on record."),
            "life.text",
            required=False,
        ),
        Column("seat", _("The town of its headquarters; empty if none is known."), "seat", required=False),
    ),
    key=("slug",),
    ordering=(("slug", str),),
    published=public_organisations,
)
