"""Grades are computed from citations, and so is the sentence that counts them."""

import pytest

from impact.grades import FORMER_GRADES, REASONS, Grade, grade_of
from organisation.models import Citation


def citations(*pairs):
    return [Citation(relation=relation, independence=independence) for relation, independence in pairs]


@pytest.mark.parametrize(
    ("evidence", "grade"),
    [
        ([], "unsourced"),
        ([("context", "independent")], "unsourced"),
        ([("repeats", "own")], "unsourced"),
        ([("repeats", "independent")], "unsourced"),
        ([("states", "own")], "organisation only"),
        ([("supports", "own")], "organisation only"),
        ([("supports in part", "own")], "organisation only"),
        ([("states", "own"), ("repeats", "partner"), ("repeats", "independent")], "organisation only"),
        ([("states", "own"), ("context", "partner"), ("context", "independent")], "organisation only"),
        ([("supports in part", "partner")], "partner in part"),
        ([("states", "own"), ("supports in part", "partner")], "partner in part"),
        ([("states", "own"), ("supports", "own"), ("supports in part", "partner")], "partner in part"),
        ([("states", "partner")], "partner supports"),
        ([("supports", "partner")], "partner supports"),
        ([("states", "own"), ("supports", "partner")], "partner supports"),
        ([("supports in part", "partner"), ("supports", "partner")], "partner supports"),
        ([("supports in part", "independent")], "supported in part"),
        ([("states", "own"), ("supports in part", "independent")], "supported in part"),
        ([("supports", "partner"), ("supports in part", "independent")], "supported in part"),
        ([("states", "partner"), ("repeats", "independent")], "partner supports"),
        ([("states", "independent")], "supported"),
        ([("supports", "independent")], "supported"),
        ([("states", "own"), ("supports", "independent")], "supported"),
        ([("supports in part", "independent"), ("supports", "independent")], "supported"),
        ([("supports in part", "independent"), ("contradicts", "own")], "disputed"),
        ([("states", "own"), ("supports", "independent"), ("contradicts", "own")], "disputed"),
        ([("contradicts", "partner")], "disputed"),
        ([("contradicts", "own")], "disputed"),
        ([("supports", "independent"), ("contradicts", "independent")], "disputed"),
    ],
)
def test_a_grade_is_the_first_that_fits_the_evidence(evidence, grade):
    assert grade_of(citations(*evidence)) == grade


def test_a_grade_of_an_earlier_version_leads_to_those_that_took_its_place():
    assert FORMER_GRADES == {"stated": ("partner supports", "partner in part", "organisation only")}
    assert not set(FORMER_GRADES) & set(Grade)


def test_every_grade_has_a_reason():
    assert set(REASONS) == set(Grade)
