"""What may stand in a cell: how each kind is read, and the sentence, as a ValueError, for what cannot be."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.widgets import Widget

from impact.models import Claim
from organisation.dates import validate_partial_date
from organisation.models import Organisation


class Words(Widget):
    def clean(self, value, row=None, **kwargs):
        return value or ""

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(value)


class PartialDate(Words):
    def clean(self, value, row=None, **kwargs):
        try:
            validate_partial_date(value or "0001")
        except ValidationError as error:
            raise ValueError(error.messages[0]) from error
        return value or ""


class Choice(Words):
    """One of the words of a vocabulary."""

    def __init__(self, choices):
        super().__init__()
        self.choices = {value: label for value, label in choices if value}

    def clean(self, value, row=None, **kwargs):
        found = [
            key for key, label in self.choices.items() if value.lower() in (key.lower(), str(label).lower())
        ]
        if value and not found:
            raise ValueError(
                _("“%(value)s” is none of these: %(choices)s.")
                % {"value": value, "choices": ", ".join(self.choices)}
            )
        return found[0] if value else ""


class Number(Words):
    def clean(self, value, row=None, **kwargs):
        if not re.fullmatch(r"\d{1,15}(\.\d{1,2})?", value, re.ASCII):
            raise ValueError(
                _("“%(value)s” is not a number here: write digits only, for example 4500 or 2.5.")
                % {"value": value}
            )
        return Decimal(value)

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else f"{Decimal(value).normalize():f}"


class OrganisationName(Words):
    """An organisation by its official name or its address."""

    def clean(self, value, row=None, **kwargs):
        if not value:
            return None
        found = list(Organisation.objects.filter(slug=value)[:1]) or list(
            Organisation.objects.filter(official_name__iexact=value)[:2]
        )
        if not found:
            raise ValueError(
                _("No organisation on record is called “%(value)s”: give its official name, or add it first.")
                % {"value": value}
            )
        if len(found) > 1:
            raise ValueError(
                _("Several organisations are called “%(value)s”: give the last part of its address.")
                % {"value": value}
            )
        return found[0]

    def render(self, value, obj=None, **kwargs):
        return value.official_name if value else ""


class ClaimReference(Words):
    """A claim by its reference as readers know it: E12."""

    def clean(self, value, row=None, **kwargs):
        return claim_called(value)

    def render(self, value, obj=None, **kwargs):
        return value.reference if value else ""


def claim_called(value):
    found = Claim.objects.called(value).first()
    if found is None:
        raise ValueError(
            _("No claim on record has the reference “%(value)s”: write it as in E12.") % {"value": value}
        )
    return found


def column(name, widget=None, attribute=None):
    return Field(attribute=attribute or name, column_name=name, widget=widget or Words())
