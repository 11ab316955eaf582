import pytest

from impact.grades import grade_of
from organisation.models import Citation


def citations(*pairs):
    return [Citation(relation=relation, independence=independence) for relation, independence in pairs]


@pytest.mark.parametrize(
    ("evidence", "grade"),
    [
        ([], "unsourced"),
        ([("context", "independent")], "unsourced"),
        ([("repeats", "own")], "unsourced"),
        ([("states", "own")], "stated"),
        ([("states", "own"), ("supports", "partner")], "stated"),
        ([("states", "own"), ("repeats", "independent")], "stated"),
        ([("states", "own"), ("context", "independent")], "stated"),
        ([("states", "own"), ("supports", "independent")], "supported"),
        ([("states", "own"), ("supports", "independent"), ("contradicts", "own")], "disputed"),
        ([("contradicts", "partner")], "disputed"),
    ],
)
def test_a_grade_is_the_first_that_fits_the_evidence(evidence, grade):
    assert grade_of(citations(*evidence)) == grade
