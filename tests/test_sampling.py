"""What `make test` leaves out is run by `make drill`, and what it names is there."""

from pathlib import Path

import pytest

from tests.__main__ import ON_POSTGRESQL
from tests.support import sampling

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", ON_POSTGRESQL)
def test_what_runs_on_postgresql_is_there(name):
    path, _, test = name.partition("[")[0].partition("::")
    assert (ROOT / path).exists()
    assert not test or f"def {test}(" in (ROOT / path).read_text()


@pytest.mark.parametrize(("is_whole", "sampled"), [(False, ["b"]), (True, ["a", "b", "c"])])
def test_the_drill_has_every_choice_and_make_test_some(monkeypatch, is_whole, sampled):
    monkeypatch.setattr(sampling, "WHOLE_IS_ASKED", is_whole)
    assert sampling.in_turn(["a", "b", "c"], 1) == sampling.every(3, ["a", "b", "c"], start=1) == sampled


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_test_that_others_hold_is_left_to_the_drill(monkeypatch, is_whole, request):
    monkeypatch.setattr(sampling, "WHOLE_IS_ASKED", is_whole)
    request.node.add_marker("drill_only")
    assert sampling.without_drill_only([request.node])[is_whole] == []


def test_what_holds_the_rule_of_a_test_has_to_be_there():
    sampling.drill_only(
        "tests/test_sampling.py", "tests/test_sampling.py::test_what_runs_on_postgresql_is_there"
    )
    for name in ("tests/test_nothing.py", "tests/test_sampling.py::test_nothing"):
        with pytest.raises((AssertionError, FileNotFoundError)):
            sampling.drill_only(name)
