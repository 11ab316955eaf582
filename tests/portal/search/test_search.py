"""Charlie finds records by their words, in the same order on SQLite and on PostgreSQL."""

import pytest

from impact.models import Claim
from organisation.models import Succession
from tests.support.factory import a_claim, a_statement, an_organisation, published
from tests.support.pages import a_page, profile_of

from .results_page import (
    MARKER,
    NOTHING_FOUND,
    hit_addresses,
    hit_titles,
    publish_claim,
    results_page,
    suggestions,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Roméo", "ROMEO"),
        ("recruitment", "recruiting"),
        ("children", "child"),
        ("training programme", "training programs"),
        ("organisation", "organizations"),
        ("4,500", "4500"),
        ("council's", "councils"),
    ],
)
def test_accents_endings_and_spellings_make_no_difference(client, one, other):
    assert hit_titles(client, one) == hit_titles(client, other) != []


def test_a_phrase_is_found_where_its_words_stand_together(client):
    apart, together = hit_titles(client, "soldiers child", page=1), hit_titles(client, '"soldiers child"')
    assert "E30" in apart
    assert "E30" not in together
    assert hit_titles(client, '"government-backed paramilitaries armed"') == [
        "E30",
        "Mission Statement; History and Structure",
    ]
    assert hit_titles(client, "“government-backed paramilitaries armed") == [
        "E30",
        "Mission Statement; History and Structure",
    ]


def test_a_phrase_of_three_words_is_not_put_together_from_two_places(client):
    claim = Claim.objects.get(number=10)
    publish_claim(claim, "Alpha beta, and elsewhere beta gamma")
    assert hit_titles(client, '"alpha beta"') == hit_titles(client, '"beta gamma"') == ["E10"]
    assert NOTHING_FOUND in results_page(client, '"alpha beta gamma"')


def test_a_word_or_a_phrase_after_a_minus_sign_must_not_occur(client):
    with_treaty, without = hit_titles(client, "treaty"), hit_titles(client, "treaty -protocol")
    assert without and set(without) < set(with_treaty)
    assert "E30" not in hit_titles(client, 'soldiers -"armed opposition groups"', kind="claim")
    assert "There is no word to look for" in results_page(client, "-treaty")


def test_the_name_of_a_speaker_counts_where_its_records_do_not_say_it(client):
    for name in ("Harbour Aid", "Lantern Fund"):
        profile_of(an_organisation(name, profiled=True))
    claim = published(a_claim("We counted 4,321 buoys"))
    assert hit_titles(client, "Harbour 4,321", kind="claim") == [claim.reference]
    assert NOTHING_FOUND in results_page(client, "Lantern 4,321", kind="claim")


def test_former_and_other_names_find_the_organisation_of_today(client):
    today = an_organisation(profiled=True)
    profile_of(today)
    today.other_names = "Friends of Quux"
    today.save()
    assert hit_titles(client, "quux") == ["Harbour Aid"]
    older = an_organisation("Frobnicators United")
    succession = Succession.objects.create(earlier=older, later=today, kind="renamed")
    assert hit_titles(client, "frobnicators") == ["Harbour Aid"]
    older.official_name = "Grumblers United"
    older.save()
    assert hit_titles(client, "grumblers") == ["Harbour Aid"]
    succession.delete()
    assert NOTHING_FOUND in results_page(client, "grumblers")


def test_a_statement_leads_to_the_page_that_says_it(client):
    organisation = an_organisation(profiled=True)
    a_statement("Every pilot counts.", kind="value", title="Seamanship")
    values = ("StatementsPlugin", {"organisation": organisation, "kind": "value"})
    a_page("Values", values, parent=profile_of(organisation))
    [address] = hit_addresses(client, "Seamanship", kind="statement")
    assert address == "/organisations/harbour-aid/values/"


def test_what_is_not_on_record_is_said_so_and_what_was_meant_is_offered(client):
    assert NOTHING_FOUND in results_page(client, MARKER)
    assert '<a href="?q=treaty">treaty</a>' in results_page(client, "tretay")
    assert '<a href="?q=child+recruitment">child recruitment</a>' in results_page(client, "child recruitmnt")
    assert '<a href="?q=children">children</a>' in results_page(client, "hcildren")
    page = results_page(client, "participants treaty doctrine")
    assert NOTHING_FOUND in page and '<a href="?q=doctrine">' in page


HOSTILE_QUERIES = [
    *["", " ", '"', "%", "\\", "a\x00b", "\x00", "’" * 3000, "OR 1=1 --", "*", "child*", "NEAR(a b)"],
    *["a NEAR b", "title:child", "child AND", "NOT", "AND OR NOT", '"child', '""', '"" ""', "-", "--"],
    *['-"', "'", "a'b", "''", "(", "((child", "child & | !", "<-> child", "x" * 10_000, "word " * 2000],
    *["-word " * 2000, '"' + "a " * 3000, "{}", "%s", "%(q)s", "kind=claim", "n=child", "a_b", "\ud800"],
    *["🙂", "½ ² ﬁ", "عالم لا يُجنَّد", "e\u0301" * 50, "\u0301", "1,000,000,000", "<script>"],
]


@pytest.mark.parametrize("query", HOSTILE_QUERIES)
def test_no_query_breaks_the_page_or_the_suggestions(client, query):
    query = query.encode("utf-8", "replace").decode()
    assert "<script>" not in results_page(client, query)
    assert client.get("/search/suggest/", {"q": query}).status_code == 200


def test_suggestions_begin_as_charlie_types_and_lead_to_the_record(client):
    assert suggestions(client, "d") == []
    for name in ("Harbour Aid", "Harbour Union for Aid"):
        profile_of(an_organisation(name, profiled=True))
    first, *_others = suggestions(client, "harbo")
    assert first == {
        "title": "Harbour Aid",
        "kind": "Organisation",
        "address": "/organisations/harbour-aid/",
    }
    assert [each["title"] for each in suggestions(client, "harbour ai")][:2] == [
        "Harbour Aid",
        "Harbour Union for Aid",
    ]
    assert suggestions(client, "E10")[0]["address"] == "/evidence/e10-training-programmes/"
    assert len(suggestions(client, "children")) == 8
