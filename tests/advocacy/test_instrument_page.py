"""Charlie reads what an instrument is, and which claims speak of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from impact.models import Claim
from tests.support.crawl import Page
from tests.support.factory import a_claim, a_source, an_instrument, an_organisation, cite, published
from tests.support.people import bob
from tests.support.site_settings import set_up_site

pytestmark = pytest.mark.django_db

ADDRESS = "/instruments/treaty-on-safe-harbours/"


def read(client, address=ADDRESS):
    """Returns the text of a page on one line."""
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(Page(response.content.decode().split("<main")[1]).text.split())


def test_an_instrument_says_what_it_is_and_leads_to_its_body_and_its_text(client):
    text = a_source("The treaty", author=an_organisation("League of Ports"))
    body = an_organisation("League of Ports", profiled=True)
    instrument = an_instrument(
        short_title="TSH", reference="LP/7", body=body, adopted="1999-05", in_force="2001", source=text
    )
    assert (str(instrument), instrument.get_absolute_url()) == ("TSH", ADDRESS)
    shown = read(client)
    for part in (
        "Treaty on Safe Harbours Adopted May 1999, by League of Ports In force since 2001 Read its text",
        "Commonly called TSH",
        "Official reference LP/7",
        "Body League of Ports",
        "Adopted May 1999",
        "In force 2001",
        "Text The treaty",
    ):
        assert part in shown, part
    assert f'href="{text.get_absolute_url()}"' in client.get(ADDRESS).content.decode()


def test_what_is_not_on_record_is_said_in_one_line(client):
    assert str(an_instrument()) == "Treaty on Safe Harbours"
    shown = read(client)
    assert "No claim speaks of it." in shown
    assert "Not on record Official reference; Body; Adopted; Text" in shown
    assert shown.count("Not on record") == 1 and "not stated" not in shown


@pytest.mark.parametrize(("several", "who"), [(False, "we"), (True, "they")])
def test_who_claims_something_of_it_is_told_as_the_site_speaks(client, several, who):
    set_up_site(several_organisations=several)
    an_instrument()
    assert f"What {who} claim of it" in read(client)


def test_the_published_claims_that_speak_of_it_are_shown_as_readers_see_them(client):
    spoken, draft, silent = (a_claim(f"We {did} the treaty") for did in ("drafted", "read", "forgot"))
    published(spoken), published(silent)
    an_instrument().claims.add(spoken, draft)
    published(spoken, statement="We helped to draft the treaty")
    spoken.statement = "We alone drafted the treaty"
    spoken.in_our_words = True
    spoken.save()
    shown = read(client)
    assert "We helped to draft the treaty" in shown
    assert not [each for each in ("We drafted", "We alone", "We read", "We forgot") if each in shown]


def test_a_claim_that_was_withdrawn_is_shown_no_more(client):
    claim = published(a_claim("We drafted the treaty"))
    an_instrument().claims.add(claim)
    assert "We drafted the treaty" in read(client)
    claim.withdraw(bob(), "It was somebody else", seen=Claim.AS_STORED)
    assert "We drafted the treaty" not in read(client)


def test_the_documents_that_it_rests_on_stand_beside_it(client):
    cite(an_instrument(), a_source("History of the treaty"), "supports", "independent")
    assert "History of the treaty" in read(client)


def test_an_address_that_no_instrument_has_is_missing(client):
    assert client.get(ADDRESS).status_code == 404


def test_its_page_costs_a_fixed_number_of_queries(client, django_assert_num_queries):
    instrument = an_instrument()
    instrument.claims.add(published(a_claim()))
    client.get(ADDRESS)  # the first page of a process also fetches content types and the site
    with CaptureQueriesContext(connection) as captured:
        client.get(ADDRESS)
    instrument.claims.add(*[published(a_claim(f"We taught {count} pilots")) for count in range(5)])
    with django_assert_num_queries(len(captured)):
        client.get(ADDRESS)
