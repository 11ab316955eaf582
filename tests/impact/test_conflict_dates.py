"""Figures are in conflict only if they can hold for the same time."""

from itertools import combinations

import pytest

from impact.conflicts import explanations, find_conflicts
from impact.models import Conflict
from tests.support.factory import a_claim, a_figure

pytestmark = pytest.mark.django_db


def make(value, as_of="", of_claim="", **values):
    claim = a_claim(f"We taught {value}", as_of=of_claim)
    a_figure(claim, value, as_of=as_of, **values)
    return claim


def found(*claims):
    find_conflicts()
    conflicts = Conflict.objects.filter(first__in=claims, second__in=claims)
    return [(claims.index(each.first), claims.index(each.second), each.rule) for each in conflicts]


@pytest.mark.parametrize(
    ("one", "other", "is_conflict"),
    [
        ("2024", "2025", False),
        ("2024-05", "2024-06", False),
        ("2024-05-01", "2024-05-02", False),
        ("2024", "", False),
        ("2024", "2024", True),
        ("", "", True),
        ("2024", "2024-05", True),
        ("2024-05", "2024-05-02", True),
        ("2024", "2024-05-02", True),
        ("2024", "2025-05", False),
    ],
)
@pytest.mark.parametrize("rule", ["value", "qualifier"])
def test_two_figures_disagree_if_one_date_holds_the_other_or_neither_has_one(one, other, is_conflict, rule):
    claims = make(35, one), make(40 if rule == "value" else 35, other, qualifier="about")
    for first, second in (claims, reversed(claims)):
        assert bool(explanations(rule, first, second)) is is_conflict
    assert found(*claims) == [(0, 1, rule)] * is_conflict


def test_a_figure_without_a_date_of_its_own_has_that_of_its_claim():
    claims = make(35, of_claim="2024"), make(40, "2024-05", of_claim="2025"), make(50, of_claim="2025")
    assert found(*claims) == [(0, 1, "value")]
    assert [bool(explanations("value", *pair)) for pair in combinations(claims, 2)] == [True, False, False]


def test_a_year_disagrees_with_each_of_its_months_which_do_not_disagree_with_each_other():
    claims = make(35, "2024"), make(40, "2024-05"), make(50, "2024-06"), make(35, "2024-07")
    assert sorted(found(*claims)) == [(0, 1, "value"), (0, 2, "value")]


def test_two_counts_of_a_month_disagree_whatever_its_year_says():
    claims = make(35, "2024"), make(35, "2024-05"), make(40, "2024-05")
    assert (1, 2, "value") in found(*claims)


def test_an_open_conflict_of_figures_goes_as_they_get_dates_that_differ():
    claims = make(35), make(40)
    assert found(*claims) == [(0, 1, "value")]
    for claim, year in zip(claims, ("2024", "2025"), strict=True):
        claim.figures.update(as_of=year)
    assert found(*claims) == []
