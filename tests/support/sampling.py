"""Samples what multiplies, such as screens and themes: `make test` takes one of them, `make drill` all."""

import os

WHOLE = "EVERY_COMBINATION"  # the environment variable that the drill sets


def in_turn(choices, number=-1):
    """Returns a list of the one choice whose turn it is, by default of the last; in the drill all of them."""
    return choices if os.environ.get(WHOLE) else [choices[number % len(choices)]]
