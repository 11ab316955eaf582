"""The content of the report, loaded once for page and PDF: current editions and public records alone."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, Count, Max, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from impact.grades import Grade
from impact.models import ClaimText, Edition, Figure, RegisterEntry, ReviewStep
from impact.undated import dates_of, undated_note
from organisation.models import Milestone, Organisation, Source, Statement, Succession
from organisation.models.record import seen_history
from organisation.voice import are_ours

from ..charts.chart import Chart
from ..charts.claims import claims_chart

MAX_CLAIMS = 200  # in one document, which a printer and a reader can still take; the register holds the rest

AIMS = (Statement.Kind.VISION, Statement.Kind.MISSION, Statement.Kind.GOAL)
EXPECTED_STATEMENTS = {
    Statement.Kind.VISION: gettext_lazy("Vision"),
    Statement.Kind.MISSION: gettext_lazy("Mission"),
    Statement.Kind.GOAL: gettext_lazy("Goal"),
    Statement.Kind.VALUE: gettext_lazy("Values"),
    Statement.Kind.WORK_AREA: gettext_lazy("Areas of work"),
    Statement.Kind.STRUCTURE: gettext_lazy("Structure"),
}


@dataclass
class Part:
    """The part of a report on one organisation.

    `aims` are its statements of vision, mission and goal; `missing` names what is not on record. It `is_ours`
    where the site speaks of this organisation as “we”.
    """

    organisation: Organisation
    aims: list[Statement] = field(default_factory=list)
    editions: list[Edition] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    is_ours: bool = False

    @property
    def identity_title(self):
        return _("Who we are") if self.is_ours else _("Who it is")

    @property
    def aim_title(self):
        if not all(each.is_quotation for each in self.aims):
            return _("Our aim") if self.is_ours else _("Its aim")
        return _("Our aim, in our own words") if self.is_ours else _("Its aim, in its own words")

    @property
    def figures_title(self):
        return _("Our figures") if self.is_ours else _("Its figures")

    @property
    def claims_title(self):
        return _("Our claims") if self.is_ours else _("Its claims")

    @property
    def figures(self):
        """Returns (figure, its edition) for every figure of the claims."""
        return [(figure, edition) for edition in self.editions for figure in edition.figures.all()]

    @property
    def undated_note(self):
        return undated_note(dates_of(self.editions))


@dataclass
class Report:
    """The published record as one document.

    `organisation` is set if the report is about one alone. `as_of` is the day of the last change to what it
    shows, not of the request, so that the same record gives the same document on every day.
    """

    parts: list[Part]
    chart: Chart
    missing: list[str]
    as_of: date | None
    omitted: int = 0
    organisation: Organisation | None = None

    @property
    def is_ours(self):
        """True if nobody speaks in it but those of whom the site speaks as “we”."""
        return are_ours(part.organisation for part in self.parts)

    @property
    def is_short(self):
        """True if nobody has to choose whom to read of."""
        return len(self.parts) == 1

    @property
    def omission_note(self):
        if not self.omitted:
            return ""
        return ngettext(
            "Not printed here: %(count)d more claim, which stands in the register of evidence.",
            "Not printed here: %(count)d more claims, which stand in the register of evidence.",
            self.omitted,
        ) % {"count": self.omitted}


def load_report(organisation=None):
    """Returns the report on one organisation, or on all of which anything is published."""
    editions = Edition.objects.current()
    if organisation:
        editions = editions.filter(organisation=organisation)
    shown = list(editions.in_full()[:MAX_CLAIMS])
    organisations = organisations_of(shown, organisation)
    aims = list(aims_of(organisations))
    entries = (
        RegisterEntry.objects.filter(organisation=organisation)
        if organisation
        else RegisterEntry.objects.all()
    )
    counts = entries.aggregate(
        claims=Count("pk"),
        supported=Count("pk", filter=Q(grade=Grade.SUPPORTED)),
        in_part=Count("pk", filter=Q(grade=Grade.SUPPORTED_IN_PART)),
        outcomes=Count("pk", filter=Q(type=ClaimText.Type.OUTCOME)),
    )
    figures = Figure.objects.filter(edition__in=entries.order_by().values("edition"))
    missing = missing_of(organisations, entries, figures)
    return Report(
        parts=[
            Part(
                each,
                [statement for statement in aims if statement.organisation_id == each.pk],
                [edition for edition in shown if edition.organisation_id == each.pk],
                missing[each.pk],
                is_ours=are_ours([each]),
            )
            for each in organisations
        ],
        chart=claims_chart(organisation),
        missing=missing_sentences(counts, figures),
        as_of=last_change(shown),
        omitted=counts["claims"] - len(shown),
        organisation=organisation,
    )


def missing_sentences(counts, figures):
    """Returns sentences on what the record as a whole lacks; none of nothing."""
    undated = figures.aggregate(all=Count("pk"), count=Count("pk", filter=Q(as_of="", starts="")))
    of_figures = [_("Figures that come without the day for which they hold: %(count)d of %(all)d.") % undated]
    of_claims = [
        _(
            "Claims that an independent source supports and none contradicts: %(supported)d of %(claims)d, "
            "and %(in_part)d in part."
        )
        % counts,
        _(
            "Claims that tell what changed in the end: %(outcomes)d of %(claims)d. "
            "The others tell what was done, made, joined or said."
        )
        % counts,
    ]
    return (of_figures if undated["all"] else []) + (of_claims if counts["claims"] else [])


def organisations_of(editions, organisation):
    """Returns the organisations with a profile, then others that make a claim; or the one organisation."""
    wanted = (
        Q(pk=organisation.pk)
        if organisation
        else Q(profiled=True) | Q(pk__in={edition.organisation_id for edition in editions})
    )
    return list(
        Organisation.objects.filter(wanted)
        .order_by("-profiled", "order", "official_name", "pk")
        .with_evidence()
    )


def aims_of(organisations):
    """Returns the organisations' statements of vision, mission and goal, in this order."""
    in_order = Case(*[When(kind=kind, then=Value(position)) for position, kind in enumerate(AIMS)])
    return (
        Statement.objects.filter(organisation__in=organisations, kind__in=AIMS)
        .order_by(in_order, "order", "pk")
        .select_related("organisation")
        .with_evidence()
    )


def missing_of(organisations, entries, figures):
    """Returns {organisation id: names of what a reader would look for and no record gives}.

    `entries` and `figures` are those of all claims, of which the report may print a part.
    """
    with_claims = set(entries.order_by().values_list("organisation", flat=True))
    with_figures = set(figures.order_by().values_list("edition__organisation", flat=True))
    kinds = set(Statement.objects.filter(kind__in=EXPECTED_STATEMENTS).values_list("organisation", "kind"))
    with_history = set(Milestone.objects.values_list("organisation", flat=True))
    authors = set(Source.objects.publications().order_by().values_list("author", flat=True))
    return {
        each.pk: [
            *([] if each.founded else [_("When it was founded")]),
            *([] if each.seat else [_("Where its seat is")]),
            *(title for kind, title in EXPECTED_STATEMENTS.items() if (each.pk, kind.value) not in kinds),
            *([] if each.pk in with_history else [_("History")]),
            *([] if each.pk in authors else [_("Publications")]),
            *([] if each.pk in with_figures else [_("Figures")]),
            *([] if each.pk in with_claims else [_("Claims")]),
        ]
        for each in organisations
    }


def last_change(editions):
    """Returns the day of the newest edition, withdrawal or change to a public record; None without any.

    Of sources only those that the editions cite count, since others may belong to a draft; so may an
    organisation that nothing public names.
    """
    cited = {citation.source_id for edition in editions for citation in edition.evidence}
    histories = [
        seen_history(Organisation).filter(id__in=Organisation.objects.public().values("pk")),
        *map(seen_history, (Succession, Statement)),
        seen_history(Source).filter(id__in=cited),
    ]
    times = [rows.aggregate(last=Max("history_date"))["last"] for rows in histories]
    times.append(ReviewStep.objects.filter(kind=ReviewStep.Kind.WITHDRAWN).aggregate(last=Max("at"))["last"])
    times += [edition.published_at for edition in editions]
    known = [each for each in times if each]
    return timezone.localdate(max(known)) if known else None
