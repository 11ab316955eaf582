"""A page of results shows excerpts, narrows by facets and is divided into pages."""

import re

import pytest

from impact.models import Claim, Edition
from organisation.models import Organisation, Statement
from portal.models import SearchEntry

from .results_page import (
    NOTHING_FOUND,
    hit_titles,
    publish_claim,
    results_page,
)

pytestmark = pytest.mark.django_db


def test_found_words_are_marked_in_their_own_spelling_and_nothing_else_is_markup(client):
    assert "<mark>Roméo</mark> Dallaire" in results_page(client, "romeo")
    publish_claim(Claim.objects.get(number=10), "We <script>alert(1)</script> & frobnicated <b>all</b>")
    shown = results_page(client, "frobnicate script")
    assert (
        "We &lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt; &amp; "
        "<mark>frobnicated</mark> &lt;b&gt;all&lt;/b&gt;" in shown
    )


def test_an_excerpt_of_a_long_text_shows_the_place_that_was_found(client):
    text = "Nothing here. " * 200 + "A frobnicated sentence stands here. " + "Nothing here. " * 200
    statement = Statement.objects.create(
        organisation=Organisation.objects.get(slug="coalition"), slug="long", kind="position", text=text
    )
    shown = re.search(r'<p class="excerpt"[^>]*>(.*?)</p>', results_page(client, "frobnicated"))[1]
    assert "A <mark>frobnicated</mark> sentence stands here." in shown
    assert shown.startswith("… ") and shown.endswith(" …") and len(shown) < 330
    statement.delete()
    assert NOTHING_FOUND in results_page(client, "frobnicated")


def test_results_are_narrowed_by_kind_and_organisation_with_counts(client):
    everything = results_page(client, "children")
    kinds = dict(re.findall(r'kind=(\w+)[^>]*>[^<]*<span class="count">\((\d+)\)', everything))
    assert (
        f"{kinds['claim']} results" in results_page(client, "children", kind="claim")
        and int(kinds["claim"]) > 20
    )
    assert set(hit_titles(client, "children", kind="claim")) < {
        edition.claim.reference for edition in Edition.objects.current()
    }
    narrowed = results_page(client, "children", kind="claim", organisation="coalition")
    assert re.search(r'aria-current="true">Claims', narrowed)
    coalition = {
        edition.claim.reference
        for edition in Edition.objects.current().filter(organisation__slug="coalition")
    }
    assert set(hit_titles(client, "children", kind="claim", organisation="coalition")) < coalition
    assert "Search everything instead" in results_page(client, "children", organisation="nobody")
    assert hit_titles(client, "children", kind="nonsense") == hit_titles(client, "children")


def test_results_come_in_pages_of_twenty_without_a_gap_or_a_repetition(client):
    pages, number = [hit_titles(client, "children")], 1
    while 'rel="next"' in results_page(client, "children", page=number):
        number += 1
        pages.append(hit_titles(client, "children", page=number))
    assert [len(each) for each in pages[:-1]] == [20] * (len(pages) - 1)
    count = int(re.search(r"(\d+) results", results_page(client, "children"))[1])
    assert sum(map(len, pages)) == count > 60
    for wrong in ("0", "-1", "x", "", "9" * 5000):
        assert hit_titles(client, "children", page=wrong) in (pages[0], pages[-1])


def test_a_page_of_results_costs_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        results_page(client, "children")


def test_more_than_a_thousand_are_not_counted(client):
    SearchEntry.objects.bulk_create(
        SearchEntry(
            id=number,
            kind="source",
            object_id=10_000 + number,
            language="en",
            title="frob",
            tokens="kind=source lang=en | frob |",
        )
        for number in range(1, 1102)
    )
    shown = results_page(client, "frob")
    assert "More than 1,000 results: the best 1,000 are listed." in shown
    assert len(hit_titles(client, "frob", page=50)) == 20
    assert hit_titles(client, "frob", page=999) == hit_titles(client, "frob", page=50)
    assert "(1,000+)" in results_page(client, "frob", kind="source")


def test_an_organisation_is_counted_in_full_beside_one_that_says_a_word_a_thousand_times(client):
    often, seldom = (
        Organisation.objects.get(slug="coalition"),
        Organisation.objects.get(slug="child-soldiers-international"),
    )
    SearchEntry.objects.bulk_create(
        SearchEntry(
            id=number,
            kind="source",
            object_id=10_000 + number,
            language="en",
            title="frob",
            organisation=whose,
            tokens=f"kind=source lang=en org={whose.pk} | frob |",
        )
        for number in range(1, 3001)
        for whose in [seldom if number in (2, 3, 2999) else often]
    )
    counted = dict(
        re.findall(
            r'organisation=([\w-]+)[^>]*>[^<]*<span class="count">\(([^)]+)\)', results_page(client, "frob")
        )
    )
    assert counted == {"coalition": "1,000+", "child-soldiers-international": "3"}
