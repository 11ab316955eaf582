"""The tables of indicators and of their readings: what is published of results over time."""

from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from impact.grades import Grade
from impact.models import Figure, Indicator

from .figures import CLAIM_MEANING, COMPUTED_COLUMN, EDITION_COLUMNS, SPEAKER_MEANING, VALUE_COLUMNS
from .table import ClaimFilter, Column, Filter, Kind, Table, YearFilter, organisation_columns

INDICATOR_PATTERN = r"^[Ii][1-9][0-9]{0,8}$"
KINDS = tuple(filter(None, Figure.Kind.values))
INDICATOR_MEANING = _("The indicator: its reference, such as I1.")


@dataclass(frozen=True)
class IndicatorFilter(ClaimFilter):
    """Narrows by the reference of an indicator, such as I1."""

    pattern: str = INDICATOR_PATTERN


def indicators():
    published = Q(figures__edition__claim__current_edition=F("figures__edition"))
    return (
        Indicator.objects.select_related("organisation", "change_source__author")
        .prefetch_related("absences")
        .annotate(readings=Count("figures", filter=published))
        .defer("change_source__text")
    )


def readings():
    return Figure.objects.current().filter(indicator__isnull=False).prefetch_related("parts")


INDICATORS = Table(
    name="indicators",
    title=_("Indicators"),
    description=_("What is counted again and again, how, and of which periods there is no value."),
    row_name="Indicator",
    columns=(
        Column("reference", _("The indicator's reference, which never changes."), "reference"),
        Column(
            "address",
            _("Where the portal shows it, for good."),
            lambda indicator: indicator.get_absolute_url(),
            Kind.ADDRESS,
        ),
        Column("title", _("Its title."), "title"),
        *organisation_columns(_("Who reports it: the official name."), "organisation"),
        Column("unit", _("What is counted."), "unit"),
        Column("measure", _("How it is given."), "measure", choices=tuple(Indicator.Measure.values)),
        Column(
            "timing",
            _("Whether it is counted over a period or on a day."),
            "timing",
            choices=tuple(Indicator.Timing.values),
        ),
        Column(
            "direction",
            _("Whether more or less of it is better."),
            "direction",
            choices=tuple(Indicator.Direction.values),
        ),
        Column(
            "level",
            _("What kind of result it is; empty if it is not stated."),
            "level",
            required=False,
            choices=tuple(Indicator.Level.values),
        ),
        Column(
            "may_be_added_up",
            _("Whether the readings of several periods give a true sum."),
            lambda indicator: "yes" if indicator.may_be_added_up else "no",
            choices=("yes", "no"),
        ),
        Column("how_counted", _("How it is counted, in the portal's words."), "how_counted", required=False),
        Column("double_counting", _("Known double counting."), "double_counting", required=False),
        Column(
            "changed_on",
            _("Since when it is counted differently; empty where nothing is known of it."),
            "changed_on",
            Kind.DATE,
            required=False,
        ),
        Column("change", _("What is counted differently since then."), "change", required=False),
        Column(
            "change_source",
            _("Where the document that says so can be read."),
            lambda indicator: indicator.change_source.get_absolute_url() if indicator.change_source else "",
            Kind.ADDRESS,
            required=False,
        ),
        Column("readings", _("How many readings are published."), "readings", Kind.INTEGER),
        Column(
            "absences",
            _("The periods, and the parts of them, of which there is no value, and why. None of them is 0."),
            lambda indicator: [str(each) for each in indicator.absences.all()],
            Kind.LIST,
            required=False,
        ),
    ),
    key=("reference",),
    ordering=(("number", int),),
    published=indicators,
    filters=(
        Filter("organisation", _("Who reports it: the organisation's slug."), "organisation__slug"),
        Filter("measure", _("How it is given."), "measure", tuple(Indicator.Measure.values)),
        Filter("level", _("The kind of result."), "level", tuple(Indicator.Level.values)),
    ),
    foreign_keys={"organisation_slug": ("organisations", "slug")},
)
READINGS = Table(
    name="readings",
    title=_("Readings"),
    description=_("Every reading of an indicator as it is published now, with its period and its parts."),
    row_name="Reading",
    columns=(
        Column(
            "id",
            _("The figure's own number, as in the table of figures: a new edition has figures of its own."),
            "pk",
            Kind.INTEGER,
        ),
        Column("indicator", INDICATOR_MEANING, "indicator.reference"),
        Column("title", _("The title of the indicator."), "indicator.title"),
        Column("kind", _("What was reached, the baseline, or what was aimed at."), "kind", choices=KINDS),
        Column(
            "starts",
            _("The first day, month or year of its period; empty if the source does not say."),
            "starts",
            Kind.DATE,
            required=False,
        ),
        Column("ends", _("The last day, month or year of its period."), "ends", Kind.DATE, required=False),
        Column(
            "set_on",
            _("Of a target: the day on which it was set."),
            "set_on",
            Kind.DATE,
            required=False,
        ),
        *VALUE_COLUMNS,
        Column(
            "as_written",
            _("The number, or the words, letter by letter as the claim and its source have them."),
            "as_written",
            required=False,
        ),
        COMPUTED_COLUMN,
        Column(
            "parts",
            _("Its parts: by what, which one, and its value or why there is none."),
            lambda figure: [str(each) for each in figure.parts.all()],
            Kind.LIST,
            required=False,
        ),
        *EDITION_COLUMNS,
        Column(
            "grade",
            _("How far the evidence goes, computed from the citations."),
            "edition.grade",
            choices=tuple(Grade.values),
        ),
        *organisation_columns(SPEAKER_MEANING, "edition.organisation"),
    ),
    key=("id",),
    ordering=(("edition_id", int), ("order", int), ("pk", int)),
    published=readings,
    filters=(
        IndicatorFilter("indicator", INDICATOR_MEANING, "indicator__number"),
        Filter("organisation", _("Who says it: the organisation's slug."), "edition__organisation__slug"),
        Filter("kind", _("What kind of reading it is."), "kind", KINDS),
        YearFilter("year", _("The year in which its period begins, or “none” if it has none."), "starts"),
        ClaimFilter("claim", CLAIM_MEANING, "edition__claim__number"),
    ),
    foreign_keys={
        "indicator": ("indicators", "reference"),
        "reference": ("claims", "reference"),
        "organisation_slug": ("organisations", "slug"),
    },
)
