"""The table of reports and other publications."""

from django.utils.translation import gettext_lazy as _

from organisation.models import Source

from .table import Column, Filter, Kind, Table, YearFilter, organisation_columns

KINDS = tuple(kind.value for kind in Source.PUBLISHED_WORKS)


def publications():
    return Source.objects.publications().defer("text")


def for_readers(name):
    """Returns the function that gives a field of a publication as visitors read it."""
    return lambda source: source.for_readers[name]


PUBLICATIONS = Table(
    name="publications",
    title=_("Publications"),
    description=_(
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
        Column("kind", _("Whether it is a report or another publication."), "kind", choices=KINDS),
        Column(
            "title",
            _("The title as it stands on the document; empty if it is not known."),
            for_readers("title"),
            required=False,
        ),
        Column(
            "subject",
            _("What it is about, where its title is not known."),
            for_readers("subject"),
            required=False,
        ),
        *organisation_columns(_("Whose publication it is: the official name."), "author"),
        Column(
            "publisher",
            _("Who put it before the public; empty if none is known."),
            lambda source: source.publisher or "",
            required=False,
        ),
        Column(
            "byline",
            _("The person who signed it, where a source names one."),
            for_readers("byline"),
            required=False,
        ),
        Column(
            "published",
            _("When it was published, as precise as is known; empty if no source says."),
            "published",
            Kind.DATE,
            required=False,
        ),
        Column(
            "as_of",
            _("The day its statements hold for; empty if no source says."),
            "as_of",
            Kind.DATE,
            required=False,
        ),
        Column(
            "region", _("The country or region it is about, if any."), for_readers("region"), required=False
        ),
        Column(
            "link",
            _("Where the document itself can be read; empty if none is known."),
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
    ordering=(("slug", str),),
    published=publications,
    filters=(
        Filter("organisation", _("Whose publication it is: the organisation's slug."), "author__slug"),
        Filter("kind", _("Whether it is a report or another publication."), "kind", KINDS),
        YearFilter(
            "year",
            _("The year in which it was published, or “none” where no source says."),
            "published",
        ),
    ),
    foreign_keys={"organisation_slug": ("organisations", "slug")},
)
