"""What nobody has asked for, and somebody should look at: each a number that opens its list."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.models import Ask
from impact.models import Claim, ClaimText, Conflict
from organisation.models import Citation, Milestone, Organisation, Source, Statement

# Beyond this the desk says “more than”: nobody works through them one by one.
MOST = 999

Relation, Independence = Citation.Relation, Citation.Independence


@dataclass
class Concern:
    title: str
    count: int
    address: str
    most = MOST

    @property
    def is_more(self):
        return self.count > self.most


def needs_attention(user):
    concerns = []
    if user.has_perm("impact.view_claim"):
        claims = reverse("admin:impact_claim_changelist")
        concerns += [
            Concern(_("Claims without a source"), number_of(unsourced()), reverse("admin:unsourced")),
            Concern(
                _("Open conflicts"),
                number_of(Conflict.objects.filter(decision=Conflict.Decision.OPEN)),
                conflicts(),
            ),
            Concern(
                _("Claims whose review is overdue"),
                number_of(Claim.objects.overdue()),
                f"{claims}?upkeep=overdue",
            ),
            Concern(
                _("Claims with words that age"),
                number_of(Claim.objects.with_aging_words()),
                f"{claims}?upkeep=aging",
            ),
            Concern(
                _("Superlatives without independent evidence"),
                number_of(bold()),
                f"{claims}?upkeep=superlatives",
            ),
        ]
    if user.has_perm("organisation.view_statement"):
        statements = reverse("admin:organisation_statement_changelist")
        concerns += [
            Concern(
                _("Statements whose review is overdue"),
                number_of(Statement.objects.overdue()),
                f"{statements}?upkeep=overdue",
            ),
            Concern(
                _("Statements with words that age"),
                number_of(Statement.objects.with_aging_words()),
                f"{statements}?upkeep=aging",
            ),
        ]
    if user.has_perm("organisation.view_organisation"):
        incomplete = sum(not row.is_complete for row in completeness())
        concerns.append(Concern(_("Incomplete organisations"), incomplete, reverse("admin:completeness")))
    return concerns


def number_of(records):
    return records.order_by()[: MOST + 1].count()


def evidence(**values):
    return Exists(
        Citation.objects.filter(
            content_type__app_label="impact", content_type__model="claim", object_id=OuterRef("pk"), **values
        )
    )


def unsourced():
    """Claims that no document states, supports or contradicts: the grade “unsourced”."""
    return Claim.objects.exclude(
        evidence(relation__in=[Relation.STATES, Relation.SUPPORTS, Relation.CONTRADICTS])
    )


def bold():
    """Claims to be the first, the leading or the only one, which nobody else confirms."""
    return Claim.objects.exclude(superlatives="").exclude(
        evidence(relation=Relation.SUPPORTS, independence=Independence.INDEPENDENT)
    )


def conflicts():
    try:
        return f"{reverse('admin:impact_conflict_changelist')}?decision__exact="
    except NoReverseMatch:
        return reverse("admin:impact_claim_changelist")


@dataclass
class Cell:
    title: str
    count: int
    list_address: str
    add_address: str


@dataclass
class Row:
    organisation: Organisation
    cells: list[Cell]

    @property
    def is_complete(self):
        return all(cell.count for cell in self.cells)


# What a profile tells: its name, the records that hold it, their field for the organisation, and what a new one begins with.
KIND = Statement.Kind
PARTS = (
    (gettext_lazy("Vision"), Statement, "organisation", {"kind": KIND.VISION}),
    (gettext_lazy("Mission"), Statement, "organisation", {"kind": KIND.MISSION}),
    (gettext_lazy("Goal"), Statement, "organisation", {"kind": KIND.GOAL}),
    (gettext_lazy("Values"), Statement, "organisation", {"kind": KIND.VALUE}),
    (gettext_lazy("History"), Milestone, "organisation", {}),
    (gettext_lazy("Structure"), Statement, "organisation", {"kind": KIND.STRUCTURE}),
    (gettext_lazy("Work areas"), Statement, "organisation", {"kind": KIND.WORK_AREA}),
    (gettext_lazy("Impact claims"), Claim, "organisation", {}),
    (gettext_lazy("Advocacy"), Ask, "organisation", {}),
    (gettext_lazy("Publications"), Source, "author", {"kind": Source.Kind.PUBLICATION}),
)


def completeness():
    """Each organisation with a profile, and how much of each part is on record: six queries for any number of records."""
    published = Claim.objects.exclude(current_edition=None).exclude(type=ClaimText.Type.CONTEXT)
    numbers = {
        (Statement, *key): number for *key, number in grouped(Statement.objects, "organisation", "kind")
    }
    for model, records, who in (
        (Milestone, Milestone.objects, "organisation"),
        (Claim, published, "organisation"),
        (Ask, Ask.objects, "organisation"),
        (Source, Source.objects.filter(kind__in=Source.PUBLISHED_WORKS), "author"),
    ):
        numbers |= {(model, *key): number for *key, number in grouped(records, who)}
    return [
        Row(organisation, [cell(organisation, part, numbers) for part in PARTS])
        for organisation in Organisation.objects.profiled()
    ]


def grouped(records, *names):
    return records.order_by().values_list(*names).annotate(number=Count("pk"))


def cell(organisation, part, numbers):
    title, model, who, begin = part
    kind = [begin["kind"]] if model is Statement else []
    listed = {f"{who}__id__exact": organisation.pk} | {
        f"{name}__exact": value for name, value in begin.items() if model is Statement
    }
    names = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    add = reverse("admin:new-claim" if model is Claim else f"{names}_add")
    return Cell(
        title,
        numbers.get((model, organisation.pk, *kind), 0),
        f"{reverse(f'{names}_changelist')}?{urlencode(listed)}",
        f"{add}?{urlencode({who: organisation.pk} | begin)}",
    )
