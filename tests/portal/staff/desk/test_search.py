"""The search of the desk finds records, drafts and commands, and opens them."""

import pytest
from django.urls import reverse

from tests.support.crawl import Page
from tests.support.desk import save_draft
from tests.support.people import alice

pytestmark = pytest.mark.django_db


def search(client, query):
    """Returns the results of a query as HTML."""
    response = client.get("/admin/search/", {"q": query})
    assert response.status_code == 200
    return response.content.decode().split("<main")[1]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("E10", "over 4,500 participants"),
        ("e10", "over 4,500 participants"),
        ("4,500 participants", "E10"),
        ("unthinkable", "Dallaire Initiative, vision"),
        ("Coalition founded", "Coalition"),
        ("International Coalition", "Coalition to Stop the Use of Child Soldiers"),
        ("What We Do", "/admin/organisation/source/"),
        ("Support", "/admin/cms/placeholder/object/"),
        ("new claim", "/admin/impact/claim/new/"),
        ("check", "/admin/completeness/"),
    ],
)
def test_one_search_finds_records_pages_sources_and_commands(client, query, expected):
    client.force_login(alice())
    assert expected in search(client, query)


def test_a_draft_is_found_and_opens_its_form(client):
    client.force_login(alice())
    claim = save_draft(10, alice(), "We zugzwang")
    assert reverse("admin:impact_claim_change", args=[claim.pk]) in search(client, "zugzwang")


def test_every_hit_opens(client):
    client.force_login(alice())
    hits = {
        link
        for query in ("the", "", "Support")
        for link in Page(search(client, query)).links
        if link.startswith("/admin/")
    }
    assert [link for link in hits if client.get(link).status_code != 200] == []


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        '"',
        "%",
        "\\",
        "<script>alert(1)</script>",
        "a\x00b",
        "’" * 3000,
        "a " * 2000,
        "E99999999999999999999",
        "٣",
        "OR 1=1 --",
    ],
)
def test_no_query_breaks_the_search(client, query):
    client.force_login(alice())
    assert "<script>alert" not in search(client, query)
