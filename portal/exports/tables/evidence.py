"""The table of the citations that published claims rest on."""

from django.db.models import F, Value
from django.db.models.functions import Length, Replace, Substr
from django.utils.translation import gettext_lazy as _

from impact.models import Claim, Edition
from organisation.models import Citation, Source
from organisation.models.qualifier import Qualifier

from .figures import CLAIM_MEANING
from .table import ClaimFilter, Column, Filter, Kind, Table, life_column


def current_evidence():
    """Returns the citations of current editions, each with the line of its quoted words.

    The database counts the lines, so that no row carries the whole text of its source.
    """
    text_before = Substr("passage__source__text", 1, F("passage__start"))
    return (
        Citation.objects.filter(edition__claim__current_edition=F("edition__pk"))
        .annotate(claim_number=F("edition__claim__number"), edition_number=F("edition__number"))
        .annotate(line=Length(text_before) - Length(Replace(text_before, Value("\n"), Value(""))) + 1)
        .select_related("source__author", "source__publisher", "passage")
        .defer("source__text")
    )


def edition_address(citation):
    # Built from the numbers alone: fetching the edition would take a query for each row.
    return Edition(
        claim=Claim(number=citation.claim_number), number=citation.edition_number
    ).get_absolute_url()


def source_address(citation):
    return citation.source.line_url(citation.line) if citation.passage else citation.source.get_absolute_url()


def quoted_words(citation):
    # By the source of the citation, which is fetched already: it is that of the passage.
    passage = citation.passage
    return citation.source.words_for_readers(passage.words, passage.start) if passage else ""


EVIDENCE = Table(
    name="evidence",
    title=_("Evidence"),
    description=_(
        "What every claim rests on as it is published now: "
        "each source it cites, and how that source bears on it."
    ),
    row_name="Citation",
    columns=(
        Column(
            "id",
            _("The citation's own number, for good: a new edition has citations of its own."),
            "pk",
            Kind.INTEGER,
        ),
        Column("reference", CLAIM_MEANING, lambda citation: f"E{citation.claim_number}"),
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
            _("Where the document itself can be read; empty if none is known."),
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
        life_column("author", lambda citation: citation.source.author),
        Column(
            "publisher",
            _("Who put it before the public."),
            lambda citation: citation.source.publisher or "",
            required=False,
        ),
        life_column("publisher", lambda citation: citation.source.publisher),
        Column(
            "published",
            _("When it was published, as precise as is known; empty if no source says."),
            "source.published",
            Kind.DATE,
            required=False,
        ),
        Column(
            "words",
            _("The words that are quoted, exactly as the source has them, or that they are withheld."),
            quoted_words,
            required=False,
        ),
        Column(
            "note",
            _("What the source shows, in the portal's words."),
            lambda citation: citation.for_readers["note"],
            required=False,
        ),
        Column(
            "value_as_written",
            _("Of a source that contradicts a figure, the number it gives, letter by letter; else empty."),
            lambda citation: citation.for_readers["value_as_written"],
            required=False,
        ),
        Column(
            "value_qualifier",
            _("The word before that number, such as “about”; empty if there is none."),
            "value_qualifier",
            required=False,
            choices=tuple(filter(None, Qualifier.values)),
        ),
        Column(
            "value",
            _("That number in digits."),
            lambda citation: "" if citation.value is None else f"{citation.value.normalize():f}",
            required=False,
        ),
        Column(
            "value_of",
            _("The label of the figure that it contradicts; empty where the claim has only one."),
            "value_of",
            required=False,
        ),
    ),
    key=("id",),
    ordering=(("object_id", int), ("order", int), ("pk", int)),
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
        ClaimFilter("claim", CLAIM_MEANING, "edition__claim__number"),
    ),
    foreign_keys={"reference": ("claims", "reference")},
)
