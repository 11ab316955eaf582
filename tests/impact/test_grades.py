"""Grades are computed from citations, and so is the sentence that counts them."""

import pytest

from impact.grades import COUNTS, FORMER_GRADES, REASONS, Grade, counts_of, grade_of
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


SUBJECTS = {
    "independent": ("1 independent source", "2 independent sources"),
    "partner": ("1 source of a partner", "2 sources of partners"),
    "own": ("1 source of its own", "2 sources of its own"),
}
VERBS = {
    "contradicts": ("contradicts it.", "contradict it."),
    "supports": ("supports it.", "support it."),
    "supports in part": ("supports a part of it.", "support a part of it."),
    "states": ("states it.", "state it."),
    "repeats": ("repeats it, which adds no weight.", "repeat it, which adds no weight."),
    "context": ("gives context.", "give context."),
}


def test_sources_are_counted_by_what_they_do_and_whose_they_are_and_none_twice():
    for more, times in ((0, 1), (1, 2)):
        evidence = [
            Citation(relation=relation, independence=independence, source_id=source)
            for relation in reversed(VERBS)
            for independence in reversed(SUBJECTS)
            for source in [*range(times), 0]
        ]
        assert [str(sentence) for sentence in counts_of(evidence)] == [
            f"{subject[more]} {verb[more]}" for verb in VERBS.values() for subject in SUBJECTS.values()
        ]
    assert counts_of([]) == []
