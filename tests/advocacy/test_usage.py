"""A claim that an instrument names changes the instrument's page, and asks and instruments leave the site."""

import pytest

from impact.usage import pages_changed_by
from tests.support.factory import a_claim, an_ask, an_instrument, an_organisation, published

pytestmark = pytest.mark.django_db


def addresses(claim):
    return {page.address for page in pages_changed_by(claim)}


def test_publishing_a_claim_changes_the_pages_of_the_instruments_that_name_it_and_of_no_other():
    claim, named, other = a_claim(), an_instrument(), an_instrument("Another treaty")
    assert named.get_absolute_url() not in addresses(claim)
    named.claims.add(claim)
    assert named.get_absolute_url() in addresses(claim)
    assert other.get_absolute_url() not in addresses(claim)


@pytest.mark.parametrize("make", [an_instrument, an_ask])
def test_they_are_found_by_the_search_until_they_are_deleted(client, make):
    record = make("Zugzwang of the ports")
    assert "1 result" in results(client)
    record.delete()
    assert "Nothing on record" in results(client)


def results(client):
    return client.get("/search/?q=zugzwang").content.decode().split("<main")[1]


def test_an_instrument_stands_in_the_table_of_instruments_with_its_published_claims(client):
    claim, draft = published(a_claim()), a_claim("We read it")
    an_instrument(body=an_organisation("League of Ports")).claims.add(claim, draft)
    rows = client.get("/data/instruments.csv").getvalue().decode().splitlines()
    [row] = [row for row in rows if "Treaty on Safe Harbours" in row]
    assert "League of Ports" in row and claim.reference in row and draft.reference not in row


def test_an_instrument_stands_in_the_map_of_the_site(client):
    address = an_instrument().get_absolute_url()
    index = client.get("/sitemap.xml").getvalue().decode()
    parts = [each.split("</loc>")[0] for each in index.split("<loc>")[1:]]
    assert any(address in client.get(part).getvalue().decode() for part in parts)
