"""Sentences that depend on one another are joined, and compound ones are split."""

import pytest

from portal.staff.document_import.rules.sentences import join_dependent, split_compound, split_sentences


def words_of(text, spans):
    return [text[slice(*span)] for span in spans]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("A flood came. During this time we left.", 1),
        ("A flood came. These were hard times.", 1),
        ("We wrote a treaty. The treaty was signed.", 1),
        ("We wrote a long binding treaty. The treaty was signed.", 1),
        ("We wrote a long and binding treaty. The treaty was signed.", 2),
        ("We wrote a treaty. The paper was signed.", 2),
        ("We saw a war. The war ended.", 2),
        ("We wrote the treaty. The treaty was signed.", 2),
        ("A flood came. Thesis follows.", 2),
        ("A flood came. Those left. They came back.", 2),
    ],
)
def test_a_sentence_that_depends_on_the_one_before_is_joined_to_it(text, count):
    assert len(join_dependent(text, split_sentences(text, 0, len(text)))) == count


@pytest.mark.parametrize(
    ("first", "second", "is_split"),
    [
        ("w" * 25, "were " + "w" * 25, True),
        ("w" * 24, "were " + "w" * 25, False),
        ("w" * 25, "were " + "w" * 24, False),
        ("w" * 25, "the first " + "w" * 20, True),
        ("w" * 25, "the tenth " + "w" * 20, False),
        ("w" * 25, "was " + "w" * 30, True),
        ("w" * 25, "does " + "w" * 30, False),
        ("There were schools in the north", "regional schools in the far south", True),
        ("There were schools in the north", "regional courses in the far south", False),
    ],
)
def test_a_compound_sentence_is_split_where_both_parts_are_long_enough(first, second, is_split):
    text = f"{first} and {second}"
    assert words_of(text, split_compound(text, 0, len(text))) == ([first, second] if is_split else [text])
