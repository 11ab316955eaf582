"""Counts how much of each part of a profile is on record, organisation by organisation."""

from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from advocacy.models import Ask
from impact.models import Claim, ClaimText
from organisation.models import Milestone, Organisation, Source, Statement


@dataclass
class Cell:
    title: str
    count: int
    list_url: str
    add_url: str


@dataclass
class Row:
    organisation: Organisation
    cells: list[Cell]

    @property
    def is_complete(self):
        return all(cell.count for cell in self.cells)


Kind = Statement.Kind
# The parts of a profile: (title, model, its field for the organisation, initial values of a new record).
PARTS = (
    (gettext_lazy("Vision"), Statement, "organisation", {"kind": Kind.VISION}),
    (gettext_lazy("Mission"), Statement, "organisation", {"kind": Kind.MISSION}),
    (gettext_lazy("Goal"), Statement, "organisation", {"kind": Kind.GOAL}),
    (gettext_lazy("Values"), Statement, "organisation", {"kind": Kind.VALUE}),
    (gettext_lazy("History"), Milestone, "organisation", {}),
    (gettext_lazy("Structure"), Statement, "organisation", {"kind": Kind.STRUCTURE}),
    (gettext_lazy("Work areas"), Statement, "organisation", {"kind": Kind.WORK_AREA}),
    (gettext_lazy("Impact claims"), Claim, "organisation", {}),
    (gettext_lazy("Advocacy"), Ask, "organisation", {}),
    (gettext_lazy("Publications"), Source, "author", {"kind": Source.Kind.PUBLICATION}),
)


def completeness_rows():
    """Returns a row for each organisation with a profile: six queries for any number of records."""
    published = Claim.objects.exclude(current_edition=None).exclude(type=ClaimText.Type.CONTEXT)
    counts = {
        (Statement, *key): count for *key, count in group_counts(Statement.objects, "organisation", "kind")
    }
    for model, records, organisation_field in (
        (Milestone, Milestone.objects, "organisation"),
        (Claim, published, "organisation"),
        (Ask, Ask.objects, "organisation"),
        (Source, Source.objects.filter(kind__in=Source.PUBLISHED_WORKS), "author"),
    ):
        counts |= {(model, *key): count for *key, count in group_counts(records, organisation_field)}
    return [
        Row(organisation, [cell(organisation, part, counts) for part in PARTS])
        for organisation in Organisation.objects.profiled()
    ]


def group_counts(records, *fields):
    return records.order_by().values_list(*fields).annotate(count=Count("pk"))


def cell(organisation, part, counts):
    title, model, organisation_field, initial = part
    # Only statements are counted by their kind: each publication counts, whichever kind of work it is.
    kind = [initial["kind"]] if model is Statement else []
    filters = {f"{organisation_field}__id__exact": organisation.pk} | {
        f"{name}__exact": value for name, value in initial.items() if model is Statement
    }
    url_prefix = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    add_url = reverse("admin:new-claim" if model is Claim else f"{url_prefix}_add")
    return Cell(
        title,
        counts.get((model, organisation.pk, *kind), 0),
        f"{reverse(f'{url_prefix}_changelist')}?{urlencode(filters)}",
        f"{add_url}?{urlencode({organisation_field: organisation.pk} | initial)}",
    )
