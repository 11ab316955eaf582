"""The tables of claims: their current editions, and every edition."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, OuterRef, Subquery, When
from django.utils.translation import gettext_lazy as _

from impact.grades import FORMER_GRADES, Grade
from impact.marked_words import phrases
from impact.models import Change, ClaimText, Edition
from impact.models.edition import State
from organisation.life import as_it_said
from organisation.models import Citation
from organisation.models.term import theme_choices

from .figures import CLAIM_MEANING, FIGURE_COLUMNS, SPEAKER_MEANING
from .table import (
    WHOSE_WORDS,
    ClaimFilter,
    Column,
    Filter,
    Kind,
    Table,
    YearFilter,
    organisation_columns,
    whose_words,
)


def theme_slugs():
    return tuple(slug for slug, _name in theme_choices())


EDITION_COLUMNS = (
    Column("reference", _("The claim's reference, which never changes."), "claim.reference"),
    Column("edition", _("The number of the edition, counted from one."), "number", Kind.INTEGER),
    Column(
        "address",
        _("Where this wording can be read, for good."),
        lambda edition: edition.get_absolute_url(),
        Kind.ADDRESS,
    ),
    Column("published_at", _("When this edition was published, in UTC."), "published_at", Kind.TIME),
    Column("statement", _("The claim, in the speaker's words or in ours."), "statement"),
    Column(
        "wording",
        _("A quotation where a cited passage has the words of the claim, with its mends; else in our words."),
        whose_words,
        choices=WHOSE_WORDS,
    ),
    *organisation_columns(SPEAKER_MEANING, "organisation"),
    Column(
        "as_it_said",
        _("When an organisation that is closed or renamed said so; empty while it goes on."),
        lambda edition: as_it_said(edition.organisation, edition.stated_on or ""),
        required=False,
    ),
    Column(
        "subject",
        _("What it is about, in the same words for all claims on the matter."),
        "subject",
        required=False,
    ),
    Column("theme", _("The field of work."), "theme", required=False, choices=theme_slugs),
    Column(
        "type",
        _("What kind of claim it is; context is nobody's achievement."),
        "type",
        required=False,
        choices=tuple(ClaimText.Type.values),
    ),
    Column(
        "role",
        _("The part that the organisation says it played."),
        "role",
        required=False,
        choices=tuple(ClaimText.Role.values),
    ),
    Column(
        "together_with",
        _("Who else the source names as having a part in it."),
        "together_with",
        required=False,
    ),
    Column(
        "grade",
        _("How far the evidence goes, computed from the citations."),
        "grade",
        choices=tuple(Grade.values),
    ),
    Column(
        "state",
        _("What has become of this wording."),
        lambda edition: edition.state.value,
        choices=tuple(State.values),
    ),
    Column(
        "as_of",
        _("The day it holds for, as precise as the source; empty if no source says."),
        "as_of",
        Kind.DATE,
        required=False,
    ),
    Column(
        "limitations",
        _("What to know before relying on it, in the portal's words."),
        "limitations",
        required=False,
    ),
    Column(
        "shown",
        _("The words of the statement that an independent source shows; empty where none are marked."),
        lambda edition: phrases(edition.shown),
        Kind.LIST,
        required=False,
    ),
    Column(
        "not_established",
        _("The words of the statement that no source establishes; empty where none are marked."),
        lambda edition: phrases(edition.not_established),
        Kind.LIST,
        required=False,
    ),
    Column("change", _("What this edition is to the one before."), "change", choices=tuple(Change.values)),
    Column("reason", _("Why it was published."), "reason", required=False),
    Column(
        "figures",
        _("Its numbers. A table without depth gives them in words; the table of figures has them apart."),
        lambda edition: figures_of(edition),
        Kind.FIGURES,
        required=False,
    ),
)
EDITION_FILTERS = (
    Filter("organisation", _("Who says it: the organisation's slug."), "organisation__slug"),
    Filter("type", _("The kind of claim."), "type", tuple(ClaimText.Type.values)),
    Filter("theme", _("The field of work."), "theme", theme_slugs),
    Filter(
        "grade",
        _("How far the evidence goes; “stated”, of earlier versions, finds what took its place."),
        "grade",
        (*Grade.values, *FORMER_GRADES),
        former=FORMER_GRADES,
    ),
    YearFilter(
        "year",
        _("The year of the day it holds for, or “none” where no source says."),
        "as_of",
    ),
    ClaimFilter("claim", CLAIM_MEANING, "claim__number"),
)


def figures_of(edition):
    return [
        {column.name: column.read(figure, "") for column in FIGURE_COLUMNS}
        for figure in edition.figures.all()
    ]


def current_editions():
    return with_related(Edition.objects.current())


def readable_editions():
    return with_related(Edition.objects.public())


def with_related(editions):
    """Joins what a row needs of other records.

    Of a claim only its reference is fetched, so that no word of a working copy can get into a row.
    """
    own_fields = [field.name for field in Edition._meta.concrete_fields]
    related_fields = [
        "claim__number",
        "claim__current_edition",
        "organisation__slug",
        "organisation__official_name",
        "organisation__closed",
    ]
    return (
        editions.select_related("claim", "organisation")
        .prefetch_related("figures")
        .with_passages()
        .only(*own_fields, *related_fields)
        .annotate(stated_on=Subquery(dates_of_saying()))
    )


def dates_of_saying():
    """Returns the query for the date of the first source that states an edition and has one."""
    date = Case(When(source__published="", then="source__as_of"), default="source__published")
    dated = Citation.objects.filter(
        content_type=ContentType.objects.get_for_model(Edition),
        object_id=OuterRef("pk"),
        relation=Citation.Relation.STATES,
    ).annotate(date=date)
    return dated.exclude(date="").order_by("order", "pk").values("date")[:1]


CLAIMS = Table(
    name="claims",
    title=_("Claims"),
    description=_("Every claim as it is published now: its current edition."),
    row_name="Claim",
    columns=EDITION_COLUMNS,
    key=("reference",),
    ordering=(("claim__number", int),),
    published=current_editions,
    filters=EDITION_FILTERS,
    foreign_keys={"organisation_slug": ("organisations", "slug")},
)
EDITIONS = Table(
    name="editions",
    title=_("Editions"),
    description=_("Every wording that was ever published, of all claims but those that were withdrawn."),
    row_name="Edition",
    columns=EDITION_COLUMNS,
    key=("reference", "edition"),
    ordering=(("claim__number", int), ("number", int)),
    published=readable_editions,
    filters=EDITION_FILTERS,
    foreign_keys={"organisation_slug": ("organisations", "slug")},
)
