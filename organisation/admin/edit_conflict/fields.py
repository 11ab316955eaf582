"""Reads the fields of a form and of its formsets: fingerprints, values for people, values as submitted."""

import hashlib
from contextlib import suppress

from django import forms
from django.core.exceptions import ValidationError

from ...differences import value_text

# No field of a form is called so: a name has no space at its end.
PROPOSAL = "open proposal "


def fields_by_key(form, formsets):
    """Returns {key: (formset, row's instance, bound field)}.

    The first two are None for the form's own fields. A row's key has its primary key in place of its
    number, so that it holds whatever rows come and go.
    """
    fields = {bound.name: (None, None, bound) for bound in form or ()}
    for formset in formsets:
        for row in formset.initial_forms:
            fields |= {
                f"{formset.prefix} {row.instance.pk} {bound.name}": (formset, row.instance, bound)
                for bound in row
            }
    return fields


def fingerprint(form, formsets, proposal=None):
    """Returns {key: short hash of the field's value}, so that a change is known field by field.

    Under the key PROPOSAL stands the open proposal about the record, if there is one.
    """
    values = {
        key: comparable(bound.value())
        for key, (_formset, _row, bound) in fields_by_key(form, formsets).items()
    }
    if proposal:
        values[PROPOSAL] = f"{proposal.pk} {proposal.state}"
    return {key: hashlib.sha256(value.encode()).hexdigest()[:12] for key, value in values.items()}


def without_proposal(fingerprint):
    return {key: value for key, value in (fingerprint or {}).items() if key != PROPOSAL}


def comparable(value):
    """Returns a field's value as one string, the same however several choices are ordered."""
    if isinstance(value, (list, tuple)):
        return " ".join(sorted(map(str, value)))
    return str("" if value is None else value)


def display_value(field, value):
    """Returns a field's value as a person reads it; a value that the field refuses is returned as typed."""
    with suppress(ValidationError):
        value = field.clean(value)
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(map(str, value))
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        value = dict(field.choices).get(value, value)
    return value_text(value)


def submitted_values(row):
    """Returns {name: list of values} as a browser would submit the row; an unticked box is not submitted."""
    values = {bound.name: bound.value() for bound in row}
    return {
        name: ["" if value is None else value]
        for name, value in values.items()
        if name != "DELETE" and value is not False
    }
