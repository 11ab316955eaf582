"""Taking back a public change: what stood there before stands there again, as one more change on record."""

from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from impact.models import ReviewStep


def before_edition(edition):
    """The edition that readers saw before this one; None if they saw none, because it was the first or the claim was withdrawn."""
    earlier = edition.claim.editions.filter(number__lt=edition.number).last()
    if earlier is None:
        return None
    withdrawn = edition.claim.steps.filter(
        kind=ReviewStep.Kind.WITHDRAWN, at__gte=earlier.published_at, at__lte=edition.published_at
    )
    return None if withdrawn.exists() else earlier


@transaction.atomic
def take_back_edition(edition, by, reason):
    claim = edition.claim.locked()
    if claim.current_edition_id != edition.pk:
        raise ValidationError(changed_since(), code="overtaken")
    earlier = before_edition(edition)
    if earlier:
        claim.restore(earlier, by, reason)
    else:
        claim.withdraw(by, reason)


@transaction.atomic
def take_back_withdrawal(step, by, reason):
    claim = step.claim.locked()
    if claim.current_edition_id or claim.withdrawal != step:
        raise ValidationError(changed_since(), code="overtaken")
    claim.restore(claim.editions.last(), by, reason)


def changed_since():
    return _("It was changed again since: nothing was undone.")


@dataclass
class Difference:
    """One field of a record: what it says now, and what it would say again."""

    field: str
    now: str
    again: str


def row_before(row):
    return type(row).objects.filter(id=row.id, history_id__lt=row.history_id).order_by("-history_id").first()


def changed_fields(row, before):
    fields = [field for field in row.instance_type._meta.concrete_fields if not field.primary_key]
    return [field for field in fields if getattr(row, field.attname) != getattr(before, field.attname)]


def differences(row):
    """What a save changed in the words of the record itself; its citations have histories of their own."""
    before = row_before(row)
    fields = [field for field in changed_fields(row, before) if field.editable] if before else []
    return [Difference(field.verbose_name, said(row, field), said(before, field)) for field in fields]


def said(row, field):
    if field.choices:
        return getattr(row, f"get_{field.name}_display")()
    try:
        value = getattr(row, field.name)
    except ObjectDoesNotExist:
        return _("a record that is gone")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


@transaction.atomic
def take_back_row(row):
    """The record as it was before this save; ValidationError if it was saved again since, or cannot be as it was."""
    model = row.instance_type
    record = model.objects.select_for_update(of=("self",)).filter(pk=row.id).first()
    if record is None or type(row).objects.filter(id=row.id, history_id__gt=row.history_id).exists():
        raise ValidationError(changed_since(), code="overtaken")
    before = row_before(row)
    for field in changed_fields(row, before):
        setattr(record, field.attname, getattr(before, field.attname))
    record.full_clean()
    record._change_reason = _("Undone")
    record.save()
    return record
