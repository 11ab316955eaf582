from django.utils.translation import gettext as _

from ...differences import Difference
from .fields import display_value, fields_by_key, fingerprint


class RowDifference(Difference):
    """A row of a form that only one side has; the other says so, and no word of either is marked."""

    @property
    def marked_old(self):
        return [("same", self.old)]

    @property
    def marked_new(self):
        return [("same", self.new)]


def differences(form, formsets, submission, is_proposed=False):
    """Returns a Difference for each field that somebody else changed, then for each row added or deleted.

    What is stored is the old text, what was typed the new one. Of a proposal, every field that differs from
    what is stored is one.
    """
    stored_fingerprint, changes = fingerprint(form, formsets), []
    opened = None if is_proposed else submission.fingerprint
    for key, (formset, row, bound) in fields_by_key(form, formsets).items():
        number = submission.numbers_by_pk(formset).get(str(row.pk)) if row else None
        if (row and number is None) or (opened and opened.get(key) == stored_fingerprint[key]):
            continue
        name = f"{formset.prefix}-{number}-{bound.name}" if row else bound.html_name
        typed = submission.typed_value(bound, name)
        stored = display_value(bound.field, bound.value())
        # Without a fingerprint nobody knows what the form showed: whatever differs now is listed.
        if opened or typed != stored:
            changes.append(Difference(bound.label, stored, typed, part=str(row) if row else ""))
    for formset in formsets:
        row_name, numbers = formset.model._meta.verbose_name, submission.numbers_by_pk(formset)
        stored_rows = {str(row.instance.pk): str(row.instance) for row in formset.initial_forms}
        changes += [
            RowDifference("", text, _("not in your form"), part=row_name)
            for pk, text in stored_rows.items()
            if pk not in numbers
        ]
        changes += [
            RowDifference("", _("deleted"), submission.row_text(formset, number), part=row_name)
            for pk, number in numbers.items()
            if pk not in stored_rows
        ]
    return changes
