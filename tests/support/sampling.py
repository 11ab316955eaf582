"""Samples what multiplies, such as screens and themes: `make test` takes one of them, `make drill` all."""

import os
from pathlib import Path

import pytest

WHOLE = "EVERY_COMBINATION"  # the environment variable that the drill sets
WHOLE_IS_ASKED = bool(os.environ.get(WHOLE))
ROOT = Path(__file__).parent.parent.parent


def in_turn(choices, number=-1):
    """Returns a list of the one choice whose turn it is, by default of the last; in the drill all of them."""
    return choices if WHOLE_IS_ASKED else [choices[number % len(choices)]]


def every(step, choices, start=0):
    """Returns every so many-th of the choices, from one on; in the drill all of them."""
    return choices if WHOLE_IS_ASKED else choices[start::step]


def drill_only(*held_by):
    """Leaves a test to the drill: those named here hold its rules too, with less work.

    Each is a file of tests, or one test in it, as file::test; none is named for a test of tests.
    The test is not skipped but left out (tests/conftest.py), as the combinations are that are not sampled.
    """
    for name in held_by:
        file, _, test = name.partition("::")
        assert f"def {test}" in (ROOT / file).read_text(), f"{name} is not there to hold a rule"
    return pytest.mark.drill_only


def without_drill_only(items):
    """Returns two lists of tests: those that are run, and those that are left to the drill."""
    left = [each for each in items if each.get_closest_marker("drill_only")] if not WHOLE_IS_ASKED else []
    return [each for each in items if each not in left], left
