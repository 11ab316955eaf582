"""Finds the chart that a block shows, and the chart at an address."""

import re

from impact.models import Edition
from organisation.models import Organisation
from organisation.page_records import load_records
from organisation.public_pages import public_contents
from portal.models import ChartBlock

from .claims import claims_chart
from .figures import figures_chart
from .publications import publications_chart

Kind = ChartBlock.Chart
FIGURES_SLUG = re.compile(r"figures-e([1-9][0-9]{0,8})")
PUBLICATIONS_SLUG = re.compile(r"publications-([-\w]+)-([0-9]{4})-([0-9]{4})")
# Charts had these addresses while each kind showed one thing.
FORMER_SLUGS = {"training": Kind.FIGURES, "publications": Kind.PUBLICATIONS}


def chart_of(block, editions):
    """Returns the chart that a block shows; None where nothing is chosen of which readers see something.

    `editions` holds the current edition of the claim whose figures it draws.
    """
    if block.chart == Kind.CLAIMS:
        return claims_chart()
    if block.chart == Kind.FIGURES and editions:
        return figures_chart(editions[0])
    # Without a profile none of its publications counts, and its name may be one that one person changes.
    organisation = block.organisation if block.chart == Kind.PUBLICATIONS else None
    if organisation and organisation.profiled and block.first_year and block.last_year:
        return publications_chart(organisation, block.first_year, block.last_year)
    return None


def chart_at(slug):
    """Returns the chart with this slug; None where nothing on record could be drawn there."""
    chart = None
    if slug == "claims":
        chart = claims_chart()
    elif match := FIGURES_SLUG.fullmatch(slug):
        edition = Edition.objects.current().filter(claim__number=match[1]).in_full().first()
        chart = edition and figures_chart(edition)
    elif match := PUBLICATIONS_SLUG.fullmatch(slug):
        organisation = Organisation.objects.profiled().filter(slug=match[1]).first()
        first, last = int(match[2]), int(match[3])
        if organisation and 0 <= last - first < ChartBlock.MAX_YEARS:
            chart = publications_chart(organisation, first, last)
    return chart if chart and (chart.rows or slug == "claims") else None


def present_slug(former):
    """Returns the slug of the first public chart of the kind that a former slug names; else nothing."""
    if former not in FORMER_SLUGS:
        return ""
    contents = public_contents().order_by("page__path", "pk").values_list("placeholders__pk", flat=True)
    places = {pk: place for place, pk in enumerate(contents)}
    blocks = ChartBlock.objects.filter(chart=FORMER_SLUGS[former], placeholder__in=places)
    in_order = sorted(blocks, key=lambda each: (places[each.placeholder_id], each.position))
    editions = load_records(in_order)
    charts = (chart_of(block, editions[block.pk]) for block in in_order)
    return next((chart.slug for chart in charts if chart and chart.rows), "")
