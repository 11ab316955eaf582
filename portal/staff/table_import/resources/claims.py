"""Claims and their figures: an import changes working copies, which somebody else reviews and publishes."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from impact.conflicts import find_conflicts
from impact.models import Claim, Figure
from organisation.models.term import theme_choices

from ..columns import (
    COUNTED,
    ChoiceWidget,
    ClaimWidget,
    NumberWidget,
    OrganisationWidget,
    PartialDateWidget,
    TermWidget,
    YesWidget,
    claim_by_reference,
    column,
)
from .cited import CitedResource
from .table import TableResource, parse_cell

PERCENT = re.compile("%|per ?cent|pour ?cent", re.IGNORECASE)


class DraftResource(TableResource):
    """Changes working copies of claims and looks for new conflicts between them."""

    has_drafts = True

    class Meta(TableResource.Meta):
        abstract = True

    def after_import(self, dataset, result, **kwargs):
        super().after_import(dataset, result, **kwargs)
        if not kwargs["dry_run"] and not result.has_errors() and not result.has_validation_errors():
            find_conflicts()


class ClaimResource(DraftResource, CitedResource):
    title = gettext_lazy("Claims")
    about = gettext_lazy(
        "Each row changes the working copy of the claim with its reference; "
        "without one it becomes a new draft. Nothing is published by it."
    )
    key_columns = ("reference",)
    required_columns = ("organisation", "statement")
    computed_fields = ("number", "slug", "owner")
    computed_columns = ("reference",)
    checks_quotation = False
    search_key = "claim"

    reference = column("reference")
    organisation = column("organisation", OrganisationWidget())
    statement = column("statement")
    in_our_words = column("in_our_words", YesWidget())
    as_of = column("as_of", PartialDateWidget())
    subject = column("subject")
    theme = column("theme", TermWidget(theme_choices))
    type = column("type", ChoiceWidget(Claim.Type.choices))
    role = column("role", ChoiceWidget(Claim.Role.choices))
    together_with = column("together_with")
    limitations = column("limitations")
    shown = column("shown")
    not_established = column("not_established")

    class Meta(TableResource.Meta):
        model = Claim
        fields = export_order = (
            "reference",
            "organisation",
            "statement",
            "in_our_words",
            "as_of",
            "subject",
            "theme",
            "type",
            "role",
            "together_with",
            "limitations",
            "shown",
            "not_established",
            "source_",
            "words",
        )

    def find_record(self, row):
        if not row.get("reference"):
            return None
        return parse_cell(row, "reference", claim_by_reference).locked()

    def import_field(self, field, instance, row, is_m2m=False, **kwargs):
        # The reference only finds the claim: saving numbers a new one.
        if field.column_name != "reference":
            super().import_field(field, instance, row, is_m2m, **kwargs)

    def after_save_instance(self, instance, row, **kwargs):
        super().after_save_instance(instance, row, **kwargs)
        # A new claim is a draft already, and differs from nothing that was submitted or published.
        if self.cells_before:
            instance.note_change(self.user)

    def get_queryset(self):
        return Claim.objects.select_related("organisation").with_evidence().order_by("number")


class FigureResource(DraftResource):
    title = gettext_lazy("Figures")
    about = gettext_lazy(
        "Each row is a figure of a claim, known by its label. "
        "It changes the working copy of the claim; nothing is published by it."
    )
    key_columns = ("claim", "label")
    required_columns = ("claim", "label", "value", "unit")
    computed_fields = ("edition",)

    claim = column("claim", ClaimWidget())
    label = column("label")
    as_written = column("as_written")
    qualifier = column("qualifier", ChoiceWidget(Figure.Qualifier.choices))
    value = column("value", NumberWidget())
    unit = column("unit")
    as_of = column("as_of", PartialDateWidget())
    computed_from = column("computed_from")
    computation = column("computation")

    class Meta(TableResource.Meta):
        model = Figure
        fields = export_order = (
            "claim",
            "label",
            "as_written",
            "qualifier",
            "value",
            "unit",
            "as_of",
            "computed_from",
            "computation",
        )

    def find_record(self, row):
        missing = [name for name in ("claim", "label") if not row.get(name)]
        if missing:
            raise ValidationError({name: _("It says which figure is meant: fill it in.") for name in missing})
        claim = parse_cell(row, "claim", claim_by_reference).locked()
        return claim.figures.filter(label=row["label"]).first()

    def new_key(self, instance):
        return (instance.claim_id, instance.label)

    def import_instance(self, instance, row, **kwargs):
        part_value(row)
        super().import_instance(instance, row, **kwargs)
        if row.get("value", "").endswith("%") and not PERCENT.search(instance.unit):
            raise ValidationError(
                {
                    "value": _("“%(value)s” is a percentage, and its unit “%(unit)s” is none: write “%%”.")
                    % {"value": row["value"], "unit": instance.unit}
                }
            )

    def before_save_instance(self, instance, row, **kwargs):
        super().before_save_instance(instance, row, **kwargs)
        if instance._state.adding:
            instance.order = instance.claim.figures.count() + 1

    def after_save_instance(self, instance, row, **kwargs):
        super().after_save_instance(instance, row, **kwargs)
        instance.claim.note_change(self.user)

    def get_queryset(self):
        return (
            Figure.objects.filter(claim__isnull=False)
            .select_related("claim")
            .order_by("claim__number", "order")
        )


def part_value(row):
    """Parts “40 children” into a value and a unit, where the row has no unit or the same one."""
    counted = COUNTED.fullmatch(row.get("value", ""))
    if counted and "unit" in row and row["unit"].casefold() in ("", counted[2].casefold()):
        row["value"], row["unit"] = counted[1], row["unit"] or counted[2]
