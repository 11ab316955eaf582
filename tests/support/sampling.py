"""Samples what multiplies, such as screens and themes: `make test` takes one of them, `make drill` all."""

import os

WHOLE = "EVERY_COMBINATION"  # the environment variable that the drill sets
WHOLE_IS_ASKED = bool(os.environ.get(WHOLE))


def in_turn(choices, number=-1):
    """Returns a list of the one choice whose turn it is, by default of the last; in the drill all of them."""
    return choices if WHOLE_IS_ASKED else [choices[number % len(choices)]]


def every(step, choices):
    """Returns every so many-th of the choices, from the first; in the drill all of them."""
    return choices if WHOLE_IS_ASKED else choices[::step]
