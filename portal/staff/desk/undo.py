"""Reverts a public change by one more change on record: nothing is erased from a history."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from impact.models import Claim, ReviewStep
from organisation.differences import Difference, field_texts
from organisation.models.quoting import Quoting
from organisation.quotation import check_readable
from organisation.visibility_lock import lock_visibility


def changed_since_message():
    return _("It was changed again since: nothing was undone.")


def changed_since_error():
    return ValidationError(changed_since_message(), code="changed_since")


def previous_edition(edition):
    """Returns the edition that was public before this one.

    It is None if there was none: the edition is the first, or the claim was withdrawn between the two.
    """
    previous = edition.claim.editions.filter(number__lt=edition.number).last()
    if previous is None:
        return None
    steps = edition.claim.steps.filter(
        kind__in=[ReviewStep.Kind.WITHDRAWN, ReviewStep.Kind.RESTORED],  # and put back, perhaps
        at__gte=previous.published_at,
        at__lte=edition.published_at,
    )
    last = steps.last()
    return None if last and last.kind == ReviewStep.Kind.WITHDRAWN else previous


@transaction.atomic
def revert_edition(edition, user, reason):
    """Publishes the previous edition again, or withdraws the claim where there was none."""
    lock_visibility()
    # The page showed published editions and no working copy, so that only the current edition is compared.
    claim = edition.claim.locked()
    if claim.current_edition_id != edition.pk:
        raise changed_since_error()
    previous = previous_edition(edition)
    if previous:
        claim.restore(previous, user, reason, seen=Claim.AS_STORED)
    else:
        claim.withdraw(user, reason, seen=Claim.AS_STORED)


@transaction.atomic
def revert_withdrawal(step, user, reason):
    """Publishes the last edition of a withdrawn claim again."""
    lock_visibility()
    claim = step.claim.locked()
    if claim.current_edition_id or claim.withdrawal != step:
        raise changed_since_error()
    claim.restore(claim.editions.last(), user, reason, seen=Claim.AS_STORED)


def previous_row(row):
    """Returns the row of history that a row follows; None for the first."""
    return type(row).objects.filter(id=row.id, history_id__lt=row.history_id).order_by("-history_id").first()


def changed_fields(row, previous):
    fields = [field for field in row.instance_type._meta.concrete_fields if not field.primary_key]
    return [field for field in fields if getattr(row, field.attname) != getattr(previous, field.attname)]


def may_undo(user, row):
    """False where a change that a row of history holds touches what only publishers may propose."""
    kept = getattr(row.instance_type, "fields_of_publishers", ())
    previous = previous_row(row) if kept else None
    if previous is None or user.has_perm("organisation.accept_proposal"):
        return True
    return all(getattr(row, name) == getattr(previous, name) for name in kept)


def field_differences(row):
    """Returns the editable fields that a save changed, from their value now to the one before it.

    The record's citations have histories of their own.
    """
    previous = previous_row(row)
    fields = [field for field in changed_fields(row, previous) if field.editable] if previous else []
    return [Difference(field.verbose_name, *field_texts(row, previous, field)) for field in fields]


@transaction.atomic
def revert_record(row):
    """Saves the record as it was before the change that a row of history holds, and returns it.

    Raises ValidationError if the record was saved again since, or would not be valid as it was.
    """
    model = row.instance_type
    record = model.objects.select_for_update(of=("self",)).filter(pk=row.id).first()
    if record is None or type(row).objects.filter(id=row.id, history_id__gt=row.history_id).exists():
        raise changed_since_error()
    previous = previous_row(row)
    for field in changed_fields(row, previous):
        setattr(record, field.attname, getattr(previous, field.attname))
    record.full_clean()
    if isinstance(record, Quoting) and record.is_public:
        check_readable(record.quoted_words)
    record._change_reason = _("Undone")
    record.save()
    return record
