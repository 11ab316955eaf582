"""A page of results shows excerpts, narrows by facets and is divided into pages."""

import re
from urllib.parse import urlencode

import pytest

from impact.models import Claim, Edition
from portal.models import SearchEntry
from tests.support.factory import a_claim, a_source, a_statement, an_organisation, published
from tests.support.lists import read_list

from .results_page import (
    NOTHING_FOUND,
    hit_titles,
    publish_claim,
    results_page,
    suggestions,
)

pytestmark = pytest.mark.django_db


def test_found_words_are_marked_in_their_own_spelling_and_nothing_else_is_markup(client):
    published(a_claim("We heard Zoë sing"))
    assert "<mark>Zoë</mark> sing" in results_page(client, "zoe")
    publish_claim(Claim.objects.get(number=10), "We <script>alert(1)</script> & frobnicated <b>all</b>")
    shown = results_page(client, "frobnicate script")
    assert (
        "We &lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt; &amp; "
        "<mark>frobnicated</mark> &lt;b&gt;all&lt;/b&gt;" in shown
    )


def test_an_excerpt_of_a_long_text_shows_the_place_that_was_found(client):
    text = "Nothing here. " * 200 + "A frobnicated sentence stands here. " + "Nothing here. " * 200
    an_organisation(profiled=True)
    statement = a_statement(text, kind="position")
    shown = re.search(r'<p class="excerpt"[^>]*>(.*?)</p>', results_page(client, "frobnicated"))[1]
    assert "A <mark>frobnicated</mark> sentence stands here." in shown
    assert shown.startswith("… ") and shown.endswith(" …") and len(shown) < 330
    statement.delete()
    assert NOTHING_FOUND in results_page(client, "frobnicated")


def test_results_are_narrowed_by_kind_and_organisation_with_counts(client):
    for statement in ("We taught children", "We fed children", "We built a pier"):
        published(a_claim(statement, organisation=an_organisation(profiled=True)))
    everything = results_page(client, "children")
    kinds = dict(re.findall(r'kind=(\w+)[^>]*>[^<]*<span class="count">\((\d+)\)', everything))
    assert (
        f"{kinds['claim']} results" in results_page(client, "children", kind="claim")
        and int(kinds["claim"]) > 20
    )
    assert set(hit_titles(client, "children", kind="claim")) < {
        edition.claim.reference for edition in Edition.objects.current()
    }
    narrowed = results_page(client, "children", kind="claim", organisation="harbour-aid")
    assert re.search(r'aria-current="true">Claims', narrowed)
    own = {
        edition.claim.reference
        for edition in Edition.objects.current().filter(organisation__slug="harbour-aid")
    }
    found = set(hit_titles(client, "children", kind="claim", organisation="harbour-aid"))
    assert len(found) == 2 and found < own
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
    often, seldom = (an_organisation(name, profiled=True) for name in ("Harbour Aid", "Lantern Fund"))
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
    assert counted == {"harbour-aid": "1,000+", "lantern-fund": "3"}


def publish_statements(count, organisation=None):
    """Puts so many statements on record that say “zorble”, the first the shortest."""
    organisation = organisation or an_organisation(profiled=True)
    for number in range(count):
        organisation.statements.create(
            slug=f"z{number}", kind="position", title=f"Zorble {number}", text="y " * number
        )


@pytest.mark.parametrize(("count", "sizes"), [(19, [19]), (20, [20]), (21, [20, 1]), (40, [20, 20])])
def test_a_full_page_of_twenty_leads_on_only_if_there_is_another(client, count, sizes):
    publish_statements(count)
    for number, size in enumerate(sizes, 1):
        page = results_page(client, "zorble", page=number)
        assert len(hit_titles(client, "zorble", page=number)) == size
        assert ('rel="next"' in page, 'rel="prev"' in page) == (number < len(sizes), number > 1)
        assert f'start="{20 * number - 19}"' in page and f"{count} results" in page
    if len(sizes) > 1:
        assert 'rel="next" href="?q=zorble&amp;page=2"' in results_page(client, "zorble")
        assert 'rel="prev" href="?q=zorble&amp;page=1"' in results_page(client, "zorble", page=2)
        narrowed = results_page(client, "zorble", kind="statement", organisation="harbour-aid")
        assert 'href="?q=zorble&amp;kind=statement&amp;organisation=harbour-aid&amp;page=2"' in narrowed


def facets_of(client, query, **parameters):
    """Returns {label: {title: count or None}} and {label: chosen title} of the facets of a search."""
    found = read_list(client, f"/search/?{urlencode({'q': query} | parameters)}")
    counts = {
        label: {
            re.sub(r" \([^)]*\)$", "", title): (re.search(r"\((.*)\)$", title) or [None, None])[1]
            for title in links
        }
        for label, links in found.rows.items()
    }
    return counts, {label: re.sub(r" \(.*", "", titles[0]) for label, titles in found.current.items()}


def test_a_facet_is_offered_where_there_is_something_to_choose_and_counts_as_if_nothing_were_chosen(client):
    aid, other = an_organisation(profiled=True), an_organisation("Other", profiled=True)
    publish_statements(3, aid)
    assert facets_of(client, "zorble") == ({}, {})
    publish_statements(2, other)
    a_source("Zorble", kind="report", author=other)
    kinds = {"All": None, "Statements": "5", "Sources": "1"}
    organisations = {"All": None, "Harbour Aid": "3", "Other": "3"}
    assert facets_of(client, "zorble") == (
        {"Kind": kinds, "Organisation": organisations},
        {"Kind": "All", "Organisation": "All"},
    )
    counts, chosen = facets_of(client, "zorble", kind="statement")
    assert counts == {"Kind": kinds, "Organisation": {"All": None, "Harbour Aid": "3", "Other": "2"}}
    assert chosen == {"Kind": "Statements", "Organisation": "All"}
    counts, chosen = facets_of(client, "zorble", organisation="other")
    assert counts == {"Kind": {"All": None, "Statements": "2", "Sources": "1"}, "Organisation": organisations}
    assert chosen == {"Kind": "All", "Organisation": "Other"}


def test_what_was_chosen_stays_among_the_choices_even_without_a_hit(client):
    publish_statements(3)
    an_organisation("Empty", profiled=True)
    counts, chosen = facets_of(client, "zorble", kind="ask")
    assert counts == {"Kind": {"All": None, "Statements": "3", "Asks": "0"}} and chosen == {"Kind": "Asks"}
    page = results_page(client, "zorble", kind="ask")
    assert NOTHING_FOUND in page and 'href="?q=zorble">Search everything instead' in page
    counts, chosen = facets_of(client, "zorble", organisation="empty")
    assert counts["Organisation"] == {"All": None, "Harbour Aid": "3", "Empty": "0"}
    assert chosen["Organisation"] == "Empty"
    assert "Search everything instead" not in results_page(client, "kkkkkk")


def test_six_organisations_with_most_hits_are_offered_and_the_chosen_one(client):
    for number in range(8):
        publish_statements(9 - number if number else 2, an_organisation(f"Aid {number}", profiled=True))
    most = ["Aid 1", "Aid 2", "Aid 3", "Aid 4", "Aid 5", "Aid 6"]
    counts, _chosen = facets_of(client, "zorble")
    assert counts["Organisation"] == {"All": None} | dict(zip(most, "876543", strict=True))
    counts, _chosen = facets_of(client, "zorble", organisation="aid-7")
    assert list(counts["Organisation"]) == ["All", *most, "Aid 7"]
    counts, _chosen = facets_of(client, "zorble", organisation="aid-2")
    assert list(counts["Organisation"]) == ["All", *most]


def test_a_thousand_of_a_kind_are_counted_and_one_more_is_not(client):
    publish_statements(1)
    make = {"kind": "source", "language": "en", "title": "zorble", "tokens": "kind=source lang=en | zorbl |"}
    SearchEntry.objects.bulk_create(
        SearchEntry(id=number, object_id=10_000 + number, **make) for number in range(1, 1001)
    )
    assert facets_of(client, "zorble")[0]["Kind"] == {"All": None, "Statements": "1", "Sources": "1,000"}
    SearchEntry.objects.create(id=1001, object_id=11_001, **make)
    assert facets_of(client, "zorble")[0]["Kind"]["Sources"] == "1,000+"


def test_a_suggestion_is_cut_to_a_length_that_fits_and_has_its_reference(client):
    for length in (109, 110, 111):
        claim = published(a_claim(f"Zorble {'x' * (length - 7)}", source=a_source(f"S{length}")))
        [own] = [each for each in suggestions(client, claim.reference) if claim.reference in each["title"]]
        title = claim.statement if length <= 110 else f"{claim.statement[:109]}…"
        assert own == {
            "title": f"{claim.reference} {title}",
            "kind": "Claim",
            "address": claim.get_absolute_url(),
        }


def test_results_are_no_pages_for_search_engines_and_say_what_they_are(client):
    response = client.get("/search/", {"q": "zorble"})
    assert response["X-Robots-Tag"] == "noindex"
    assert NOTHING_FOUND not in results_page(client, "") and "There is no word" not in results_page(
        client, ""
    )
    assert "There is no word" in results_page(client, "…") and "There is no word" in results_page(
        client, "-a"
    )


def test_an_organisation_that_only_a_draft_names_narrows_nothing_and_is_not_named(client):
    an_organisation(profiled=True).statements.create(slug="s", kind="position", title="Zorble", text="x")
    draft = a_claim("We hid", organisation=an_organisation("Hidden House"))
    assert "Hidden House" not in results_page(client, "zorble", organisation="hidden-house")
    published(draft)
    assert "Hidden House" in results_page(client, "zorble", organisation="hidden-house")
