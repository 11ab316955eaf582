from typing import NamedTuple

from django.utils.translation import gettext as _

from .fields import display_value, fields_by_key, fingerprint


class Difference(NamedTuple):
    """A value that somebody else has changed; `part` names its row, empty for the form's own fields."""

    part: str
    field: str
    stored: str
    typed: str


def differences(form, formsets, submission):
    """Returns a Difference for each field that has changed, then for each row added or deleted since."""
    stored_fingerprint, changes = fingerprint(form, formsets), []
    opened = submission.fingerprint
    for key, (formset, row, bound) in fields_by_key(form, formsets).items():
        number = submission.numbers_by_pk(formset).get(str(row.pk)) if row else None
        if (row and number is None) or (opened and opened.get(key) == stored_fingerprint[key]):
            continue
        name = f"{formset.prefix}-{number}-{bound.name}" if row else bound.html_name
        typed = submission.typed_value(bound, name)
        stored = display_value(bound.field, bound.value())
        # Without a fingerprint nobody knows what the form showed: whatever differs now is listed.
        if opened or typed != stored:
            changes.append(Difference(str(row) if row else "", bound.label, stored, typed))
    for formset in formsets:
        row_name, numbers = formset.model._meta.verbose_name, submission.numbers_by_pk(formset)
        stored_rows = {str(row.instance.pk): str(row.instance) for row in formset.initial_forms}
        changes += [
            Difference(row_name, "", text, _("not in your form"))
            for pk, text in stored_rows.items()
            if pk not in numbers
        ]
        changes += [
            Difference(row_name, "", _("deleted"), submission.row_text(formset, number))
            for pk, number in numbers.items()
            if pk not in stored_rows
        ]
    return changes
