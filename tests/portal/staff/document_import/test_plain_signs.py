"""Marks of notes and hyphens in other signs change neither the figures nor the names of a sentence."""

import pytest

from portal.staff.document_import.rules.figures import find_figures
from portal.staff.document_import.rules.suggestions import suggest


@pytest.mark.parametrize("mark", ["", "[2]", " [2]", "[i]", "[a]", "[*]", "*", "†", "²"])
def test_the_mark_of_a_note_behind_a_number_is_no_part_of_it(mark):
    sentence = f"We reached 5,000{mark} girls in 2024."
    [figure] = find_figures(sentence, 0, len(sentence))
    assert (figure.value, figure.unit) == (5000, "girls")


@pytest.mark.parametrize("mark", ["[2]", "[i]", "[a]", "[*]", "*"])
def test_the_mark_of_a_note_behind_what_is_counted_is_no_part_of_it(mark):
    sentence = f"We reached 5,000 girls{mark} in 2024."
    [figure] = find_figures(sentence, 0, len(sentence))
    assert (figure.value, figure.unit) == (5000, "girls")


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u2011"])
def test_a_name_on_record_is_known_with_other_hyphens(hyphen):
    text = f"We worked for the Lantern{hyphen}Light Foundation with all of our teachers."
    names = [each for each in suggest(text) if each.kind == "organisation"]
    assert len(names) == 1
    known = frozenset({"Lantern-Light Foundation"})
    assert [each for each in suggest(text, known_names=known) if each.kind == "organisation"] == []
