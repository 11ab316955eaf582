"""The blocks that the portal itself offers to editors."""

import pytest

from organisation.models import Milestone
from portal.cms_plugins import ChartPlugin
from tests.support.factory import a_claim, a_source, an_organisation
from tests.support.pages import a_page
from tests.support.review import e10
from tests.support.site_settings import set_up_site

pytestmark = pytest.mark.django_db


def main_of(client, path):
    return client.get(path).content.decode().split("<main")[1].split("</main>")[0]


def test_a_contact_block_names_the_address_or_says_that_there_is_none(client):
    a_page("Write", ("ContactPlugin", {"heading": "Write to us"}))
    set_up_site(email="us@example.org")
    assert '<a href="mailto:us@example.org">us@example.org</a>' in main_of(client, "/write/")
    set_up_site(email="")
    page = main_of(client, "/write/")
    assert (
        "A contact address is not on record." in page
        and "mailto:" not in page
        and ">Write to us</h2>" in page
    )


def test_a_block_of_open_data_offers_every_table_and_the_licence(client):
    a_page("Tables", ("OpenDataPlugin", {}))
    set_up_site(licence="CC-BY-4.0")
    page = main_of(client, "/tables/")
    tables = (
        "claims",
        "editions",
        "figures",
        "indicators",
        "readings",
        "evidence",
        "organisations",
        "timeline",
        "publications",
        "instruments",
        "stories",
    )
    assert [name for name in tables if f'href="/data/{name}.csv"' not in page] == [] and "CC-BY-4.0" in page


@pytest.mark.parametrize(
    ("chart", "shown"),
    [
        ("figures-e10", "The figures of E10"),
        ("claims", "Published claims by grade"),
        ("publications-harbour-aid-2004-2007", "Publications of Harbour Aid, 2004 to 2007"),
    ],
)
def test_a_block_shows_the_chart_that_was_chosen(client, chart, shown):
    aid = an_organisation(profiled=True)
    a_source(kind="report", author=aid, published="2005")
    values = {
        "figures": {"claim": e10()},
        "publications": {"organisation": aid, "first_year": 2004, "last_year": 2007},
    }
    kind = chart.partition("-")[0]
    a_page("Drawn", ("ChartPlugin", {"chart": kind} | values.get(kind, {})))
    page = main_of(client, "/drawn/")
    assert shown in page and f'href="/data/charts/{chart}.csv"' in page


def test_a_claim_is_used_by_the_charts_that_count_it():
    for chart, values in (("figures", {"claim": e10()}), ("claims", {}), ("publications", {})):
        a_page(f"Only {chart}", ("ChartPlugin", {"chart": chart, "heading": "Made up"} | values))
    shown = {
        claim: sorted(
            ChartPlugin.blocks_showing(claim).filter(heading="Made up").values_list("chart", flat=True)
        )
        for claim in (e10(), a_claim())
    }
    assert list(shown.values()) == [["claims", "figures"], ["claims"]]
    assert ChartPlugin.blocks_showing(e10().current_edition).filter(heading="Made up").count() == 2


def test_a_timeline_leads_back_to_its_own_heading_and_says_whose_it_shows(client):
    aid = an_organisation(profiled=True)
    Milestone.objects.create(organisation=aid, slug="m", title="Made up", text="x", date="1801")
    a_page("Times", ("TimelinePlugin", {"heading": "When it was"}))
    page = main_of(client, "/times/")
    assert 'href="?organisation=harbour-aid#when-it-was"' in page and "Made up" in page
    narrowed = main_of(client, "/times/?organisation=harbour-aid")
    assert narrowed.count("<time") < page.count("<time") and "Made up" in narrowed
    assert 'aria-current="true">Harbour Aid' in narrowed
    assert "Made up" not in main_of(client, "/times/?organisation=other")
