"""Grades are computed from citations, and so is the sentence that counts them."""

import pytest

from impact.grades import COUNTS, REASONS, Grade, counts_of, grade_of
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
        ([("states", "own")], "stated"),
        ([("states", "independent")], "stated"),
        ([("supports", "own")], "stated"),
        ([("supports", "partner")], "stated"),
        ([("supports", "independent")], "supported"),
        ([("states", "own"), ("supports", "partner")], "stated"),
        ([("states", "own"), ("repeats", "independent")], "stated"),
        ([("states", "own"), ("context", "independent")], "stated"),
        ([("states", "own"), ("supports", "independent")], "supported"),
        ([("states", "own"), ("supports", "independent"), ("contradicts", "own")], "disputed"),
        ([("contradicts", "partner")], "disputed"),
        ([("contradicts", "own")], "disputed"),
        ([("supports", "independent"), ("contradicts", "independent")], "disputed"),
    ],
)
def test_a_grade_is_the_first_that_fits_the_evidence(evidence, grade):
    assert grade_of(citations(*evidence)) == grade


def test_every_grade_has_a_reason_and_every_bearing_a_sentence():
    assert set(REASONS) == set(Grade)
    bearings = {
        (relation, independence) for relation in Citation.Relation for independence in Citation.Independence
    }
    assert set(COUNTS) == bearings


def test_each_source_is_counted_once_for_each_bearing_the_weightiest_first():
    cited = [
        Citation(relation=relation, independence=independence, source_id=source)
        for relation, independence, source in [
            ("context", "own", 1),
            ("supports", "independent", 2),
            ("supports", "independent", 2),
            ("supports", "independent", 3),
            ("contradicts", "own", 2),
        ]
    ]
    assert counts_of(cited) == [
        "1 source of its own contradicts it.",
        "2 independent sources support it.",
        "1 source of its own gives context.",
    ]
    assert counts_of([]) == []
