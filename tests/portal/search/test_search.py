"""Charlie finds records by their words, in the same order on SQLite and on PostgreSQL."""

import pytest

from impact.models import Claim
from organisation.models import Organisation, Succession

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


def test_charlie_finds_a_claim_an_organisation_and_a_source_by_their_words(client):
    assert "/evidence/e10-training-programmes/" in hit_addresses(client, "4,500 participants")
    assert hit_addresses(client, "International Coalition")[0] == "/organisations/coalition/"
    assert any(address.startswith("/sources/canada-") for address in hit_addresses(client, "doctrine"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "child soldiers",
            [
                "Child Soldiers International",
                "Coalition to Stop the Use of Child Soldiers",
                "E30",
                "E18",
                "E23",
                "E22",
                "E4",
                "E19",
            ],
        ),
        (
            "vision",
            [
                "Vision",
                "Vision",
                "Dallaire Initiative",
                "Child Soldiers International",
                "Our story",
                "Who we are",
            ],
        ),
        ("doctrine note", ["E4", "Canadian Armed Forces Joint Doctrine Note 2017-01"]),
        ("E10", ["E10"]),
        ("CSI", ["Child Soldiers International", "Coalition to Stop the Use of Child Soldiers"]),
        (
            "Coalition to Stop the Use of Child Soldiers",
            [
                "Coalition to Stop the Use of Child Soldiers",
                "Formerly the Coalition to Stop the Use of Child Soldiers",
                "Child Soldiers International",
            ],
        ),
        ("UNICEF", ["UNICEF", "E3", "Structure"]),
    ],
)
def test_the_best_hits_come_first_names_before_texts_organisations_and_claims_before_sources(
    client, query, expected
):
    assert hit_titles(client, query)[: len(expected)] == expected


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
    assert hit_titles(client, "Dallaire 4,500", kind="claim") == ["E10"]


def test_former_and_other_names_find_the_organisation_of_today(client):
    csi = Organisation.objects.get(slug="child-soldiers-international")
    csi.other_names = "Friends of Quux"
    csi.save()
    assert hit_titles(client, "quux") == ["Child Soldiers International"]
    older = Organisation.objects.create(slug="older", official_name="Frobnicators United")
    succession = Succession.objects.create(earlier=older, later=csi, kind="renamed")
    assert hit_titles(client, "frobnicators") == ["Child Soldiers International"]
    older.official_name = "Grumblers United"
    older.save()
    assert hit_titles(client, "grumblers") == ["Child Soldiers International"]
    succession.delete()
    assert NOTHING_FOUND in results_page(client, "grumblers")


def test_every_hit_of_the_seeded_site_leads_to_a_page_that_answers(client):
    found_addresses = set()
    for kind in (
        "organisation",
        "claim",
        "page",
        "statement",
        "milestone",
        "instrument",
        "ask",
        "affiliation",
        "source",
    ):
        for query in ("children", "the", "united nations", "organisation", "coalition"):
            found_addresses.update(hit_addresses(client, query, kind=kind))
    assert len(found_addresses) > 60
    assert [
        address for address in found_addresses if client.get(address.partition("#")[0]).status_code != 200
    ] == []


def test_a_statement_leads_to_the_page_that_says_it(client):
    [address] = hit_addresses(client, "Equality", kind="statement")[:1]
    assert address == "/organisations/child-soldiers-international/values/"


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
    first, *_others = suggestions(client, "dalla")
    assert first == {
        "title": "Dallaire Initiative",
        "kind": "Organisation",
        "address": "/organisations/dallaire-initiative/",
    }
    assert [each["title"] for each in suggestions(client, "child sol")][:2] == [
        "Child Soldiers International",
        "Coalition to Stop the Use of Child Soldiers",
    ]
    assert suggestions(client, "E10")[0]["address"] == "/evidence/e10-training-programmes/"
    assert len(suggestions(client, "children")) == 8
