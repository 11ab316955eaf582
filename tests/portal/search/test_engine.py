"""Tokens are joined to the query that a database understands, and counted up to a limit."""

import pytest

from portal.models import SearchEntry
from portal.search import engine
from portal.search.engine import TokenQuery, count_by_organisation, count_matches, matching_ids
from tests.support.factory import an_organisation

pytestmark = pytest.mark.django_db

QUERY = TokenQuery((("a", "b"), ("w=c*",)), (("d",), ("e_f", "g")), ())


@pytest.fixture
def entries():
    """Makes entries 1 to 6 of two organisations; returns the ids of both."""
    ids = [an_organisation(name).pk for name in ("One", "Two")]
    for number, tokens in enumerate(
        ("zq aa bb", "zq aa bb cc", "zq bb aa", "zq aa xx bb", "zq aax", "zq bb"), 1
    ):
        SearchEntry.objects.create(
            id=number,
            kind="x",
            object_id=number,
            language="en",
            title="x",
            organisation_id=ids[number > 4],
            tokens=f"org={ids[number > 4]} {tokens} end",
        )
    return ids


def test_a_query_is_written_in_the_syntax_of_each_engine():
    assert engine.fts5_expression(QUERY) == '(("a" OR "b") AND ("w=c"*)) NOT (("d") OR ("e_f" AND "g"))'
    assert engine.fts5_expression(TokenQuery((("a",),))) == '("a")'
    assert engine.tsquery_expression(QUERY) == "('a' | 'b') & ('w=c':*) & !('d') & !('e_f' & 'g')"


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        (TokenQuery((("zq",),)), [1, 2, 3, 4, 5, 6]),
        (TokenQuery((("zq",), ("aa",))), [1, 2, 3, 4]),
        (TokenQuery((("zq",), ("aa*",))), [1, 2, 3, 4, 5]),
        (TokenQuery((("aax", "cc"),)), [2, 5]),
        (TokenQuery((("zq",),), (("aa",), ("aax",))), [6]),
        (TokenQuery((("zq",),), (("aa", "cc"),)), [1, 3, 4, 5, 6]),
        (TokenQuery((("zq",),), (), (("aa", "bb"),)), [1, 2]),
        (TokenQuery((("zq",),), (), (("zq", "aa"), ("bb", "cc"))), [2]),
        (TokenQuery((("zq",),), (), (("a", "b"),)), []),
    ],
)
def test_an_entry_matches_with_one_of_each_group_none_that_is_excluded_and_each_phrase(entries, query, ids):
    assert matching_ids(query, 100) == ids
    assert matching_ids(query, 2) == ids[:2]
    assert count_matches([query, query], 100) == [len(ids)] * 2
    assert count_matches([query], 2) == [min(len(ids), 2)]


def test_each_organisation_is_counted_up_to_the_limit(entries):
    everything = TokenQuery((("zq",),))
    one, two = entries
    assert count_by_organisation(everything, [two, one], 100) == [2, 4]
    assert count_by_organisation(everything, [one, two], 3) == [3, 2]
    assert count_by_organisation(everything, [one, two], 1) == [1, 1]
    assert count_by_organisation(everything, [], 1) == count_matches([], 1) == []


def test_further_groups_come_first_and_once():
    assert QUERY.narrowed_to(("x",), ("a", "b")).groups == (("x",), ("a", "b"), ("w=c*",))
