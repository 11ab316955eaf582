"""The published record as one document that can be read and printed: current editions and public records, and nothing of a draft.

The page and the PDF are made from the same `Report`.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, Count, Max, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from impact.grades import Grade
from impact.models import ClaimText, Edition, Figure, RegisterEntry, ReviewStep
from organisation.models import Milestone, Organisation, Source, Statement, Succession

from ..charts.chart import Chart
from ..charts.claims import claims_chart

MOST = 200  # claims in one document, which a printer and a reader can still take; the register holds the rest

AIMS = (Statement.Kind.VISION, Statement.Kind.MISSION, Statement.Kind.GOAL)
LOOKED_FOR = {
    Statement.Kind.VISION: gettext_lazy("Vision"),
    Statement.Kind.MISSION: gettext_lazy("Mission"),
    Statement.Kind.GOAL: gettext_lazy("Goal"),
    Statement.Kind.VALUE: gettext_lazy("Values"),
    Statement.Kind.WORK_AREA: gettext_lazy("Areas of work"),
    Statement.Kind.STRUCTURE: gettext_lazy("Structure"),
}


@dataclass
class Part:
    """What is on record of one organisation. `aims` are its statements of vision, mission and goal; `missing` says what is not there."""

    organisation: Organisation
    aims: list[Statement] = field(default_factory=list)
    editions: list[Edition] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def figures(self):
        """Each figure of a claim, with the edition that gives it."""
        return [(figure, edition) for edition in self.editions for figure in edition.figures.all()]


@dataclass
class Report:
    """`organisation` is the only one it is about, or none. `as_of` is the day of the last change to what it shows, so that it reads the same every day."""

    parts: list[Part]
    chart: Chart
    missing: list[str]
    as_of: date | None
    left_out: int = 0
    organisation: Organisation | None = None

    @property
    def left_out_told(self):
        if not self.left_out:
            return ""
        return ngettext(
            "Not printed here: %(count)d more claim, which stands in the register of evidence.",
            "Not printed here: %(count)d more claims, which stand in the register of evidence.",
            self.left_out,
        ) % {"count": self.left_out}


def report(organisation=None):
    """The report on one organisation, or on all that anything is published of."""
    editions = Edition.objects.current()
    if organisation:
        editions = editions.filter(organisation=organisation)
    shown = list(editions.in_full()[:MOST])
    organisations = organisations_of(shown, organisation)
    aims = list(aims_of(organisations))
    looked_for = missing_of(organisations)
    entries = (
        RegisterEntry.objects.filter(organisation=organisation)
        if organisation
        else RegisterEntry.objects.all()
    )
    count = entries.aggregate(
        claims=Count("pk"),
        supported=Count("pk", filter=Q(grade=Grade.SUPPORTED)),
        outcomes=Count("pk", filter=Q(type=ClaimText.Type.OUTCOME)),
    )
    return Report(
        parts=[
            Part(
                each,
                [statement for statement in aims if statement.organisation_id == each.pk],
                [edition for edition in shown if edition.organisation_id == each.pk],
                looked_for[each.pk],
            )
            for each in organisations
        ],
        chart=claims_chart(organisation),
        missing=told_missing(count, Figure.objects.filter(edition__in=entries.order_by().values("edition"))),
        as_of=last_change(shown),
        left_out=count["claims"] - len(shown),
        organisation=organisation,
    )


def told_missing(count, figures):
    """What no record of the whole says, as sentences."""
    found = figures.aggregate(all=Count("pk"), count=Count("pk", filter=Q(as_of="")))
    return [
        _("How funds are used: no source on record says it."),
        _("Figures that come without the day for which they hold: %(count)d of %(all)d.") % found,
        _("Claims that an independent source supports and none contradicts: %(supported)d of %(claims)d.")
        % count,
        _(
            "Claims that tell what changed in the end: %(outcomes)d of %(claims)d. The others tell what was done, made, joined or said."
        )
        % count,
    ]


def organisations_of(editions, organisation):
    """Those with a profile first, then whoever else says something."""
    wanted = (
        Q(pk=organisation.pk)
        if organisation
        else Q(profiled=True) | Q(pk__in={edition.organisation_id for edition in editions})
    )
    return list(
        Organisation.objects.filter(wanted)
        .order_by("-profiled", "order", "official_name")
        .with_names()
        .with_evidence()
    )


def aims_of(organisations):
    in_order = Case(*[When(kind=kind, then=Value(place)) for place, kind in enumerate(AIMS)])
    return (
        Statement.objects.filter(organisation__in=organisations, kind__in=AIMS)
        .order_by(in_order, "order")
        .with_evidence()
    )


def missing_of(organisations):
    """By the id of each organisation, what a reader might look for and nothing on record gives."""
    kinds = set(Statement.objects.filter(kind__in=LOOKED_FOR).values_list("organisation", "kind"))
    told = set(Milestone.objects.values_list("organisation", flat=True))
    authors = set(Source.objects.publications().order_by().values_list("author", flat=True))
    return {
        each.pk: [
            *([] if each.founded else [_("When it was founded")]),
            *([] if each.seat else [_("Where its seat is")]),
            *(title for kind, title in LOOKED_FOR.items() if (each.pk, kind.value) not in kinds),
            *([] if each.pk in told else [_("History")]),
            *([] if each.pk in authors else [_("Publications")]),
        ]
        for each in organisations
    }


def last_change(editions):
    """The day of the newest edition, withdrawal, or change to a public record that such a report shows; None if nothing is on record."""
    cited = {citation.source_id for edition in editions for citation in edition.evidence}
    changes = [model.history.all() for model in (Organisation, Succession, Statement)] + [
        Source.history.filter(id__in=cited)
    ]
    times = [rows.aggregate(last=Max("history_date"))["last"] for rows in changes]
    times.append(ReviewStep.objects.filter(kind=ReviewStep.Kind.WITHDRAWN).aggregate(last=Max("at"))["last"])
    times += [edition.published_at for edition in editions]
    known = [each for each in times if each]
    return timezone.localdate(max(known)) if known else None
