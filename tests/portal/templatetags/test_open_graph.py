"""The address, title and picture that other sites show with a link to a page."""

import re

import pytest

from tests.support.factory import a_claim, an_organisation, published
from tests.support.pages import a_page, profile_of

pytestmark = pytest.mark.django_db

HOST, SITE = "http://testserver", "Children&#x27;s Rights Up Front"
RULED = "in large letters beside creased sheets on ruled paper."


def properties(client, path):
    head = client.get(path).content.decode().split("</head>")[0]
    found = dict(re.findall(r'<meta property="og:([^"]+)" content="([^"]*)"', head))
    return found | {"canonical": re.search(r'rel="canonical" href="([^"]*)"', head)[1]}


def test_a_page_has_its_own_title_and_the_picture_of_the_site(client):
    a_page("R&D", "<p>x</p>", slug="page", meta_description="About it")
    found = properties(client, "/page/?x=1")
    assert found["canonical"] == found["url"] == f"{HOST}/page/"
    assert (found["title"], found["description"], found["site_name"]) == ("R&amp;D", "About it", SITE)
    assert (found["type"], found["image"]) == ("website", f"{HOST}/share.png")
    assert (found["image:width"], found["image:height"]) == ("1200", "630")
    assert found["image:alt"] == f"{SITE}, {RULED}"


def test_the_pages_of_an_organisation_have_its_picture_and_its_list_that_of_the_site(client):
    aid = an_organisation(profiled=True)
    below = a_page("Work", parent=profile_of(aid))
    a_page("Lower", parent=below)
    for path in (
        "/organisations/harbour-aid/",
        "/organisations/harbour-aid/work/",
        "/organisations/harbour-aid/work/lower/",
    ):
        found = properties(client, path)
        assert found["image"] == f"{HOST}/organisations/harbour-aid/share.png", path
        assert (found["image:alt"], found["url"]) == (f"Harbour Aid, {RULED}", HOST + path)
    assert properties(client, "/organisations/")["image"] == f"{HOST}/share.png"
    a_page("Elsewhere", parent=a_page("Above"))
    assert properties(client, "/above/elsewhere/")["image"] == f"{HOST}/share.png"


def test_the_current_edition_is_known_at_the_address_of_its_claim_and_an_earlier_one_at_its_own(client):
    claim = published(a_claim())
    published(claim, statement="We taught 41 pilots")
    address, editions = claim.get_absolute_url(), f"/evidence/{claim.reference.lower()}"
    for path, canonical, number in (
        (address, address, 2),
        (f"{editions}/v2/", address, 2),
        (f"{editions}/v1/", f"{editions}/v1/", 1),
    ):
        found = properties(client, path)
        assert (found["canonical"], found["type"]) == (HOST + canonical, "article"), path
        assert found["image"] == f"{HOST}{editions}/v{number}/share.png"
