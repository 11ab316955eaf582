"""The table of the figures that published claims give."""

from django.utils.translation import gettext_lazy as _

from impact.models import Figure

from .table import ClaimFilter, Column, Filter, Kind, Table, YearFilter, organisation_columns

CLAIM_MEANING = _("The claim: its reference, such as E10.")
SPEAKER_MEANING = _("Who says it: the official name.")
# The columns that the table of readings has, too.
VALUE_COLUMNS = (
    Column(
        "qualifier",
        _("The word that the source puts before the number, such as “over”; empty if there is none."),
        "qualifier",
        required=False,
        choices=tuple(filter(None, Figure.Qualifier.values)),
    ),
    Column(
        "value",
        _("The number, exactly as published; empty of a reading in words; 1 is yes, and 0 no."),
        "value",
        Kind.DECIMAL,
        required=False,
    ),
    Column("unit", _("What is counted."), "unit"),
)
COMPUTED_COLUMN = Column(
    "computed_from",
    _("Where no source says the number: the words that it was computed from, and how; else empty."),
    "origin",
    required=False,
)
EDITION_COLUMNS = (
    Column("reference", CLAIM_MEANING, "edition.claim.reference"),
    Column("edition", _("The number of the edition that gives it."), "edition.number", Kind.INTEGER),
    Column(
        "address",
        _("Where the edition that gives it can be read, for good."),
        lambda figure: figure.edition.get_absolute_url(),
        Kind.ADDRESS,
    ),
)
FIGURE_COLUMNS = (
    Column("label", _("What the number tells."), "label"),
    *VALUE_COLUMNS,
    Column(
        "as_written",
        _("The number letter by letter as the claim and its source write it; empty if nobody has said so."),
        "as_written",
        required=False,
    ),
    COMPUTED_COLUMN,
    Column(
        "as_of",
        _("The day the number holds for, as precise as the source; empty if no source says."),
        "as_of",
        Kind.DATE,
        required=False,
    ),
)
FIGURES = Table(
    name="figures",
    title=_("Figures"),
    description=_(
        "Every number that a claim gives as it is published now, with everything needed to read it."
    ),
    row_name="Figure",
    columns=(
        Column(
            "id",
            _("The figure's own number, for good: a new edition has figures of its own."),
            "pk",
            Kind.INTEGER,
        ),
        *EDITION_COLUMNS,
        *FIGURE_COLUMNS,
        *organisation_columns(SPEAKER_MEANING, "edition.organisation"),
    ),
    key=("id",),
    # By edition, not by claim: for this order there is an index.
    ordering=(("edition_id", int), ("order", int), ("pk", int)),
    published=Figure.objects.current,
    filters=(
        Filter("organisation", _("Who says it: the organisation's slug."), "edition__organisation__slug"),
        YearFilter(
            "year",
            _("The year of the day the number holds for, or “none” where no source says."),
            "as_of",
        ),
        ClaimFilter("claim", CLAIM_MEANING, "edition__claim__number"),
    ),
    foreign_keys={"reference": ("claims", "reference"), "organisation_slug": ("organisations", "slug")},
)
