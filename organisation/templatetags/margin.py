"""How a record's values are written for a reader."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from ..dates import partial_date_text

register = template.Library()

MILLION = 1_000_000


@register.filter
def partial_date(value):
    """“2002”, “May 1998”, “12 February 2002”, or “not stated”."""
    return partial_date_text(value)


@register.filter
def figure_value(value):
    """A Decimal as its source would write it, never rounded: 4,500, 250 million, 2.5."""
    if value >= MILLION and value % MILLION == 0:
        return _("%(count)s million") % {"count": figure_value(value // MILLION)}
    whole, _point, decimals = f"{value:,f}".partition(".")
    return f"{whole}.{decimals}".rstrip("0").rstrip(".") if decimals else whole


@register.filter
def form_address(record):
    """The address of the record's form in the admin."""
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


@register.filter
def record_key(record):
    """Which record an element shows, as in “organisation.statement:12”."""
    return f"{record._meta.label_lower}:{record.pk}"
