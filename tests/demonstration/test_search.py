"""The records of the demonstration are found by their words, the best first, and every hit leads on."""

import pytest

from tests.portal.search.results_page import hit_addresses, hit_titles
from tests.support.sampling import WHOLE_IS_ASKED, every, in_turn

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
                "Child Soldiers International",
                "Dallaire Initiative",
                "Our values",
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


def test_every_hit_of_the_seeded_site_leads_to_a_page_that_answers(client):
    found_addresses = set()
    kinds = (
        "organisation",
        "claim",
        "page",
        "statement",
        "milestone",
        "instrument",
        "ask",
        "affiliation",
        "source",
    )
    for number, kind in enumerate(kinds):
        for query in in_turn(["children", "the", "united nations", "organisation", "coalition"], number):
            found_addresses.update(hit_addresses(client, query, kind=kind))
    assert len(found_addresses) > (60 if WHOLE_IS_ASKED else 20)
    assert [
        address
        for address in every(3, sorted(found_addresses))
        if client.get(address.partition("#")[0]).status_code != 200
    ] == []
