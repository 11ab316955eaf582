from decimal import Decimal

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal.delivery.public_address import lasting_address

from ..tables.file_formats import csv_response
from .registry import chart_at, present_slug


def chart_csv(request, slug):
    """Serves the rows of a chart as CSV, each with the permanent addresses of the records that it counts."""
    if present := present_slug(slug):
        return redirect("chart-csv", slug=present)
    chart = chart_at(slug)
    if chart is None:
        raise Http404
    headings = [
        *chart.headings,
        _("Qualifier"),
        _("Value"),
        _("Unit"),
        _("As of"),
        _("Computed"),
        _("Addresses"),
    ]
    rows = [
        [
            *row.names,
            row.qualifier,
            f"{Decimal(row.value).normalize():f}",
            row.unit,
            row.as_of or _("not stated"),
            row.origin,
            " ".join(lasting_address(request, address) for address in row.addresses),
        ]
        for row in chart.rows
    ]
    return csv_response(slug, headings, rows)
