"""The tables of claims: what is published of them now, every edition, their figures, and what shows them."""

from django.db.models import F, Value
from django.db.models.functions import Length, Replace, Substr
from django.utils.translation import gettext_lazy as _

from impact.grades import Grade
from impact.models import Change, Claim, ClaimText, Edition, Figure
from impact.models.edition import State
from organisation.models import Citation, Source

from .table import ClaimFilter, Column, Filter, Kind, Table, YearFilter

REFERENCE = r"^[Ee][1-9][0-9]{0,8}$"
YEAR = r"^([0-9]{4}|none)$"
OF_CLAIM = _("The claim: its reference, such as E10.")

ORGANISATION = (
    Column("organisation", _("Who says it: the official name."), "organisation.official_name"),
    Column(
        "organisation_slug",
        _("The same organisation, as the table of organisations names it."),
        "organisation.slug",
    ),
)
FIGURE = (
    Column("label", _("What the number tells."), "label"),
    Column(
        "qualifier",
        _("The word that the source puts before the number, such as “over”; empty if there is none."),
        "qualifier",
        required=False,
        choices=tuple(filter(None, Figure.Qualifier.values)),
    ),
    Column("value", _("The number, exactly as published."), "value", Kind.DECIMAL),
    Column("unit", _("What is counted."), "unit"),
    Column(
        "as_of",
        _("The day the number holds for, as precise as the source; empty if it is not stated."),
        "as_of",
        Kind.DATE,
        required=False,
    ),
)
EDITION = (
    Column("reference", _("The claim's reference, which never changes."), "claim.reference"),
    Column("edition", _("The number of the edition, counted from one."), "number", Kind.INTEGER),
    Column(
        "address",
        _("Where this wording can be read, for good."),
        lambda edition: edition.get_absolute_url(),
        Kind.ADDRESS,
    ),
    Column("published_at", _("When this edition was published, in UTC."), "published_at", Kind.TIME),
    Column("statement", _("The claim in the speaker's own words."), "statement"),
    *ORGANISATION,
    Column(
        "subject",
        _("What it is about, in the same words for all claims on the matter."),
        "subject",
        required=False,
    ),
    Column("theme", _("The field of work."), "theme", required=False, choices=tuple(ClaimText.Theme.values)),
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
        _("The day it holds for, as precise as the source; empty if it is not stated."),
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
NARROWED = (
    Filter("organisation", _("Who says it: the organisation's slug."), "organisation__slug"),
    Filter("type", _("The kind of claim."), "type", tuple(ClaimText.Type.values)),
    Filter("theme", _("The field of work."), "theme", tuple(ClaimText.Theme.values)),
    Filter("grade", _("How far the evidence goes."), "grade", tuple(Grade.values)),
    YearFilter(
        "year",
        _("The year of the day it holds for, or “none” where that is not stated."),
        "as_of",
        pattern=YEAR,
    ),
    ClaimFilter("claim", OF_CLAIM, "claim__number", pattern=REFERENCE),
)


def figures_of(edition):
    return [{column.name: column.read(figure, "") for column in FIGURE} for figure in edition.figures.all()]


def current_editions():
    return in_rows(Edition.objects.current())


def readable_editions():
    return in_rows(Edition.objects.readable())


def in_rows(editions):
    """Of a claim no more is fetched than its name: its working copy is nobody's to read."""
    said = [field.name for field in Edition._meta.concrete_fields]
    of_others = [
        "claim__number",
        "claim__current_edition",
        "organisation__slug",
        "organisation__official_name",
    ]
    return (
        editions.select_related("claim", "organisation").prefetch_related("figures").only(*said, *of_others)
    )


def current_figures():
    return Figure.objects.filter(
        edition__isnull=False, edition__claim__current_edition=F("edition")
    ).select_related("edition__claim", "edition__organisation")


def current_evidence():
    """With the line of the quoted words counted where the text lies: no row carries the whole of its source."""
    before = Substr("passage__source__text", 1, F("passage__start"))
    return (
        Citation.objects.filter(edition__claim__current_edition=F("edition__pk"))
        .annotate(claim_number=F("edition__claim__number"), edition_number=F("edition__number"))
        .annotate(line=Length(before) - Length(Replace(before, Value("\n"), Value(""))) + 1)
        .select_related("source__author", "source__publisher", "passage")
        .defer("source__text")
    )


def edition_address(citation):
    return Edition(
        claim=Claim(number=citation.claim_number), number=citation.edition_number
    ).get_absolute_url()


def source_address(citation):
    return citation.source.line_url(citation.line) if citation.passage else citation.source.get_absolute_url()


CLAIMS = Table(
    name="claims",
    title=_("Claims"),
    holds=_("Every claim as it is published now: its current edition."),
    row_name="Claim",
    columns=EDITION,
    key=("reference",),
    order=(("claim__number", int),),
    published=current_editions,
    filters=NARROWED,
    parents={"organisation_slug": ("organisations", "slug")},
)
EDITIONS = Table(
    name="editions",
    title=_("Editions"),
    holds=_("Every wording that was ever published, of all claims but those that were withdrawn."),
    row_name="Edition",
    columns=EDITION,
    key=("reference", "edition"),
    order=(("claim__number", int), ("number", int)),
    published=readable_editions,
    filters=NARROWED,
    parents={"organisation_slug": ("organisations", "slug")},
)
FIGURES = Table(
    name="figures",
    title=_("Figures"),
    holds=_("Every number that a claim gives as it is published now, with everything needed to read it."),
    row_name="Figure",
    columns=(
        Column(
            "id",
            _("The figure's own number, for good: a new edition has figures of its own."),
            "pk",
            Kind.INTEGER,
        ),
        Column("reference", OF_CLAIM, "edition.claim.reference"),
        Column("edition", _("The number of the edition that gives it."), "edition.number", Kind.INTEGER),
        Column(
            "address",
            _("Where the edition that gives it can be read, for good."),
            lambda figure: figure.edition.get_absolute_url(),
            Kind.ADDRESS,
        ),
        *FIGURE,
        Column("organisation", _("Who says it: the official name."), "edition.organisation.official_name"),
        Column(
            "organisation_slug",
            _("The same organisation, as the table of organisations names it."),
            "edition.organisation.slug",
        ),
    ),
    key=("id",),
    # By edition, not by claim: for this order there is an index.
    order=(("edition_id", int), ("order", int), ("pk", int)),
    published=current_figures,
    filters=(
        Filter("organisation", _("Who says it: the organisation's slug."), "edition__organisation__slug"),
        YearFilter(
            "year",
            _("The year of the day the number holds for, or “none” where that is not stated."),
            "as_of",
            pattern=YEAR,
        ),
        ClaimFilter("claim", OF_CLAIM, "edition__claim__number", pattern=REFERENCE),
    ),
    parents={"reference": ("claims", "reference"), "organisation_slug": ("organisations", "slug")},
)
EVIDENCE = Table(
    name="evidence",
    title=_("Evidence"),
    holds=_(
        "What every claim rests on as it is published now: each source it cites, and how that source bears on it."
    ),
    row_name="Citation",
    columns=(
        Column(
            "id",
            _("The citation's own number, for good: a new edition has citations of its own."),
            "pk",
            Kind.INTEGER,
        ),
        Column("reference", OF_CLAIM, lambda citation: f"E{citation.claim_number}"),
        Column("edition", _("The number of the edition that cites it."), "edition_number", Kind.INTEGER),
        Column(
            "address",
            _("Where the edition that cites it can be read, for good."),
            edition_address,
            Kind.ADDRESS,
        ),
        Column(
            "relation",
            _("How the source bears on the claim; what only repeats it adds no weight."),
            "relation",
            choices=tuple(Citation.Relation.values),
        ),
        Column(
            "independence",
            _("Whose the source is: the speaker's own, a partner's, or neither's."),
            "independence",
            choices=tuple(Citation.Independence.values),
        ),
        Column("source", _("The source, by the last part of its address."), "source.slug"),
        Column(
            "source_title",
            _("The source's title or, where none is known, what it is about."),
            lambda citation: str(citation.source),
        ),
        Column(
            "source_kind", _("What kind of document it is."), "source.kind", choices=tuple(Source.Kind.values)
        ),
        Column(
            "source_address",
            _("Where the portal shows the source, at the line that is quoted."),
            source_address,
            Kind.ADDRESS,
        ),
        Column(
            "link",
            _("Where the document itself can be read; empty if that is not on record."),
            "source.address",
            Kind.ADDRESS,
            required=False,
        ),
        Column(
            "archived",
            _("A copy in a web archive; empty if none is on record."),
            "source.archived",
            Kind.ADDRESS,
            required=False,
        ),
        Column(
            "author",
            _("Whose words the source holds."),
            lambda citation: citation.source.author or "",
            required=False,
        ),
        Column(
            "publisher",
            _("Who put it before the public."),
            lambda citation: citation.source.publisher or "",
            required=False,
        ),
        Column(
            "published",
            _("When it was published, as precise as is known; empty if it is not stated."),
            "source.published",
            Kind.DATE,
            required=False,
        ),
        Column(
            "words",
            _("The words that are quoted, exactly as the source has them."),
            lambda citation: citation.passage.words if citation.passage else "",
            required=False,
        ),
        Column("note", _("What the source shows, in the portal's words."), "note", required=False),
    ),
    key=("id",),
    order=(("object_id", int), ("order", int), ("pk", int)),
    published=current_evidence,
    filters=(
        Filter(
            "organisation", _("Who makes the claim: the organisation's slug."), "edition__organisation__slug"
        ),
        Filter(
            "relation", _("How the source bears on the claim."), "relation", tuple(Citation.Relation.values)
        ),
        Filter(
            "independence", _("Whose the source is."), "independence", tuple(Citation.Independence.values)
        ),
        Filter("source", _("The source, by the last part of its address."), "source__slug"),
        ClaimFilter("claim", OF_CLAIM, "edition__claim__number", pattern=REFERENCE),
    ),
    parents={"reference": ("claims", "reference")},
)
