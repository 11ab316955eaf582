"""The small files of `tests/inputs`, each after a fault that people met."""

from pathlib import Path

INPUTS = Path(__file__).parents[1] / "inputs"


def input_file(name):
    return (INPUTS / name).read_bytes()
