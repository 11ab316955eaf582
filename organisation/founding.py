"""Tells when an organisation was founded, and as what where another name came first."""

from django.utils.translation import gettext as _

from .dates import partial_date_text
from .life import as_html, linked_name


def founding(organisation):
    """Returns “2007”, or “1998, as Harbour Aid” with a link to its former name, as HTML; else nothing.

    The former name is said only of one founding: where both dates are given, one is the other, less precise.
    """
    first = first_name(organisation)
    dates = [date for date in (organisation.founded, first.founded) if date]
    if not dates:
        return ""
    date = partial_date_text(dates[0])
    if first == organisation or not first.founded or not agree(dates[0], dates[-1]):
        return date if organisation.founded else ""
    return as_html(_("%(date)s, as %(earlier)s"), date=date, earlier=linked_name(first))


def first_name(organisation):
    """Returns the organisation under the first name that is on record."""
    found = [organisation]
    for each in found:
        found += [other for other in each.life.formerly if other not in found][:1]
    return found[-1]


def agree(one, other):
    return one.startswith(other) or other.startswith(one)
