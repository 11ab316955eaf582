"""The blocks of a page that show asks and instruments."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from advocacy.models import Ask, Instrument
from tests.support.factory import a_page_with, a_source, an_ask, an_instrument, an_organisation, cite
from tests.support.site_settings import set_up_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_else():
    """The asks and instruments of a test are all there are."""
    for model in (Ask, Instrument):
        for record in model.objects.all():
            record.citations.all().delete()
            record.delete()


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(strip_tags(response.content.decode().split("<main")[1]).split())


def in_order(text, *parts):
    places = [text.index(part) for part in parts]
    return places == sorted(places)


def test_the_tracker_shows_every_ask_by_organisation_and_in_its_order(client):
    lantern, harbour = an_organisation("Lantern Fund"), an_organisation("Harbour Aid")
    an_ask("Light every pier.", organisation=lantern)
    an_ask("Then dredge.", organisation=harbour, order=2)
    an_ask("Ratify the treaty.", organisation=harbour, order=1)
    shown = read(client, a_page_with("AsksPlugin"))
    assert in_order(shown, "Ratify the treaty.", "Then dredge.", "Light every pier.")


def test_an_ask_says_of_whom_how_far_it_has_come_and_what_shows_it(client):
    report = a_source("Report on the treaty", kind="report")
    ask = an_ask(status="in progress", status_as_of="2020", status_source=report)
    cite(ask, a_source("Open letter"))
    shown = read(client, a_page_with("AsksPlugin"))
    shown_by = "2020 Shown by Report on the treaty"
    for part in ("Asked of Coastal states", "in progress", shown_by, "Open letter"):
        assert part.lower() in shown.lower(), part
    assert "not on record" not in shown


def test_what_was_achieved_stands_first_and_what_is_not_on_record_is_said_once_for_all(client):
    for number in range(3):
        an_ask(f"Ask {number}.", addressees="", order=number)
    achieved = an_ask("Light every pier.", status="achieved", status_source=a_source(), order=9)
    cite(achieved, a_source("Open letter"))
    shown = read(client, a_page_with("AsksPlugin"))
    unknown = "How far these have come is not on record:"
    assert in_order(shown, "Achieved", "Light every pier.", unknown, "Ask 0.", "Ask 2.")
    assert shown.count("not on record:") == 1 and "not stated" not in shown.lower()


def test_the_sentence_of_one_ask_is_about_one(client):
    an_ask(addressees="")
    assert "How far this has come is not on record:" in read(client, a_page_with("AsksPlugin"))


def test_who_asks_is_named_where_it_could_be_somebody_else(client):
    set_up_site(several_organisations=False)
    aid = an_organisation(profiled=True)
    an_ask(organisation=aid)
    assert "Asked of Coastal states" in (ours := read(client, a_page_with("AsksPlugin", slug="ours")))
    an_ask("Light every pier.", organisation=an_organisation("Lantern Fund", profiled=True), addressees="")
    theirs = read(client, a_page_with("AsksPlugin", slug="theirs"))
    assert "by Harbour Aid" not in ours
    assert "Asked of Coastal states by Harbour Aid" in theirs and "Asked by Lantern Fund" in theirs


def test_the_asks_of_an_organisation_are_its_own(client):
    an_ask(), an_ask("Light every pier.", organisation=an_organisation("Lantern Fund"))
    shown = read(client, a_page_with("OrganisationAsksPlugin", organisation=an_organisation()))
    assert "Ratify the treaty." in shown and "Light every pier." not in shown


def test_the_summary_counts_the_asks_of_each_status_and_leaves_out_those_that_none_has(client):
    report = a_source("Report on the treaty", kind="report")
    for number, status in enumerate(["stalled", "achieved", "stalled"]):
        an_ask(f"Ask {number}.", status=status, status_source=report)
    shown = read(client, a_page_with("AskSummaryPlugin"))
    assert in_order(shown, "achieved 1", "stalled 2")
    assert not [word for word in ("in progress", "superseded", "not on record") if word in shown]


def test_the_instruments_stand_by_the_day_of_their_adoption_and_lead_to_their_pages(client):
    an_instrument("Later treaty", adopted="2004-05")
    an_instrument("Last treaty", adopted="2004-05")
    an_instrument("Undated treaty")
    an_instrument("Zeroth treaty", adopted="1999")
    an_instrument("Earlier treaty", adopted="2004", reference="LP/7", in_force="2010")
    address = a_page_with("InstrumentsPlugin")
    shown = read(client, address)
    earlier = ["2004 Earlier treaty", "LP/7", "In force since 2010"]
    assert in_order(shown, "Undated treaty", "1999 Zeroth treaty", *earlier, "Last treaty", "Later treaty")
    assert shown.count("In force") == 1 and "not stated" not in shown
    assert 'href="/instruments/later-treaty/"' in client.get(address).content.decode()


@pytest.mark.parametrize("plugin", ["AsksPlugin", "InstrumentsPlugin"])
def test_a_list_that_is_what_its_page_is_for_says_that_it_has_nothing(client, plugin):
    assert "Not on record." in read(client, a_page_with(plugin))


@pytest.mark.parametrize("plugin", ["AsksPlugin", "AskSummaryPlugin", "InstrumentsPlugin"])
def test_a_block_without_anything_to_show_is_left_out_with_its_heading(client, plugin):
    shown = read(client, a_page_with(plugin, heading="What is asked"))
    assert "What is asked" not in shown and "Not on record." not in shown


@pytest.mark.parametrize("plugin", ["AsksPlugin", "InstrumentsPlugin"])
def test_a_heading_of_a_block_is_shown_if_it_has_one(client, plugin):
    an_ask(), an_instrument()
    assert "<h2" not in client.get(a_page_with(plugin)).content.decode().split("<main")[1].split("</main>")[0]
    headed = client.get(a_page_with(plugin, slug="another", heading="What is asked")).content.decode()
    assert '<h2 id="what-is-asked">What is asked</h2>' in headed


def test_a_block_costs_a_fixed_number_of_queries(client, django_assert_num_queries):
    address = a_page_with("AsksPlugin")
    cite(an_ask(), a_source())
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    for number in range(5):
        cite(an_ask(f"Ask {number}."), a_source(f"Letter {number}"))
    with django_assert_num_queries(len(captured)):
        client.get(address)
