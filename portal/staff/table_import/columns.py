"""The columns of a table, with a widget for each kind of value that raises ValueError with a message."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.widgets import Widget

from impact.models import Claim
from organisation.dates import typed_date, validate_partial_date
from organisation.differences import value_text
from organisation.models import Milestone, Organisation, Source


class TextWidget(Widget):
    def clean(self, value, row=None, **kwargs):
        return value or ""

    def render(self, value, obj=None, **kwargs):
        return value_text(value)


class PartialDateWidget(TextWidget):
    def clean(self, value, row=None, **kwargs):
        try:
            date = typed_date(value or "")
            validate_partial_date(date or "0001")  # an empty cell is valid, and the validator takes none
        except ValidationError as error:
            raise ValueError(error.messages[0]) from error
        return date


class ChoiceWidget(TextWidget):
    """Reads the value or the label of a choice, in capital or small letters."""

    def __init__(self, choices, empty=""):
        super().__init__()
        self.empty = empty
        self.given = choices

    @property
    def choices(self):
        """Returns {value: label}; what is given may be a function, which returns those of now."""
        choices = self.given() if callable(self.given) else self.given
        return {value: label for value, label in choices if value}

    def clean(self, value, row=None, **kwargs):
        if not value:
            return self.empty
        choices = self.choices
        matches = [
            key for key, label in choices.items() if value.lower() in (key.lower(), str(label).lower())
        ]
        if not matches:
            raise ValueError(self.refusal(choices) % {"value": value, "choices": ", ".join(choices)})
        return matches[0]

    def refusal(self, choices):
        return _("“%(value)s” is none of these: %(choices)s.")


class TermWidget(ChoiceWidget):
    """Reads the slug or the name of a theme or a role."""

    def refusal(self, choices):
        if not choices:
            return _("“%(value)s” is not on record: add it to the themes and roles first, in the admin.")
        return _(
            "“%(value)s” is none of these: %(choices)s. A new one is added to the themes and roles first."
        )


# “40 children”: the number and the words after it.
COUNTED = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,2})?) ([^\W\d_][^\d]*)")
IN_BRACKETS = re.compile(r"\([£$€]? ?[0-9][0-9.,]* ?[%£$€]?\)")


class NumberWidget(TextWidget):
    """Reads digits, also of a percentage as a cell shows it; its unit is checked with the figure."""

    def clean(self, value, row=None, **kwargs):
        if IN_BRACKETS.fullmatch(value):
            raise ValueError(
                _(
                    "“%(value)s” is less than nothing, as accounts write it, and no figure here is: "
                    "write its digits alone, and say in its label that it is a loss or a fall."
                )
                % {"value": value}
            )
        if COUNTED.fullmatch(value):
            raise ValueError(
                _(
                    "“%(value)s” has words besides its number: write digits only here, "
                    "and what they count in a column for it."
                )
                % {"value": value}
            )
        digits = value.removesuffix("%").rstrip()
        if re.fullmatch(r"\d{1,15}\.\d{3,}", digits, re.ASCII):
            raise ValueError(
                _("“%(value)s” has more decimals than are kept: write at most two, for example 2.25.")
                % {"value": value}
            )
        if not re.fullmatch(r"\d{1,15}(\.\d{1,2})?", digits, re.ASCII):
            raise ValueError(
                _("“%(value)s” is not a number here: write digits only, for example 4500 or 2.5.")
                % {"value": value}
            )
        return Decimal(digits)

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else f"{Decimal(value).normalize():f}"


class OptionalNumberWidget(NumberWidget):
    """Reads digits, or nothing."""

    def clean(self, value, row=None, **kwargs):
        return super().clean(value, row, **kwargs) if value else None


class YesWidget(TextWidget):
    """Reads “yes”, or “no” and nothing, which are the same; a box to tick is TRUE or FALSE in a file."""

    def clean(self, value, row=None, **kwargs):
        if value.lower() not in ("", "yes", "no", "true", "false"):
            raise ValueError(
                _("“%(value)s” is neither yes nor no: write “yes”, or leave it empty.") % {"value": value}
            )
        return value.lower() in ("yes", "true")

    def render(self, value, obj=None, **kwargs):
        return "yes" if value else ""


class LookupWidget(TextWidget):
    """Reads the name of another record, and finds the same one for each row."""


class OrganisationWidget(LookupWidget):
    """Reads the slug or the official name of an organisation."""

    def clean(self, value, row=None, **kwargs):
        if not value:
            return None
        matches = list(Organisation.objects.filter(slug=value)[:1]) or list(
            Organisation.objects.filter(official_name__iexact=value)[:2]
        )
        if not matches:
            raise ValueError(
                _("No organisation on record is called “%(value)s”: give its official name, or add it first.")
                % {"value": value}
            )
        if len(matches) > 1:
            raise ValueError(
                _("Several organisations are called “%(value)s”: give the last part of its address.")
                % {"value": value}
            )
        return matches[0]

    def render(self, value, obj=None, **kwargs):
        return value.official_name if value else ""


class SourceWidget(LookupWidget):
    """Reads the slug of a document."""

    def clean(self, value, row=None, **kwargs):
        if not value:
            return None
        source = Source.objects.filter(slug=value).first()
        if source is None:
            raise ValueError(
                _("No document on record has the address “%(value)s”: give its last part, or add it first.")
                % {"value": value}
            )
        return source

    def render(self, value, obj=None, **kwargs):
        return value.slug if value else ""


class MilestoneWidget(LookupWidget):
    """Reads the name of a milestone, as in harbour-aid/founded."""

    def clean(self, value, row=None, **kwargs):
        if not value:
            return None
        milestone = Milestone.with_key(value)
        if milestone is None:
            raise ValueError(
                _(
                    "No milestone on record is called “%(value)s”: "
                    "write the organisation and the short name, as in harbour-aid/founded."
                )
                % {"value": value}
            )
        return milestone

    def render(self, value, obj=None, **kwargs):
        return value.key if value else ""


class ClaimWidget(TextWidget):
    """Reads the reference of a claim, as in E12."""

    def clean(self, value, row=None, **kwargs):
        return claim_by_reference(value)

    def render(self, value, obj=None, **kwargs):
        return value.reference if value else ""


def claim_by_reference(reference):
    claim = Claim.objects.by_reference(reference).first()
    if claim is None:
        raise ValueError(
            _("No claim on record has the reference “%(value)s”: write it as in E12.") % {"value": reference}
        )
    return claim


def column(name, widget=None, attribute=None):
    return Field(attribute=attribute or name, column_name=name, widget=widget or TextWidget())
