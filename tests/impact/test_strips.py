"""The strip of a claim shows who supports it, and says the same in words beside it."""

import re

import pytest
from django.template.loader import render_to_string

from impact.grades import SHOWN, Grade, Shown, strip_of
from organisation.models import Citation


def citations(*pairs):
    return [Citation(relation=relation, independence=independence) for relation, independence in pairs]


OWN = ("states", "own")


@pytest.mark.parametrize(
    ("evidence", "marks", "words"),
    [
        ([], ("", "", ""), "no source"),
        ([("context", "independent")], ("", "", "context"), "no source"),
        ([OWN], ("supports", "", ""), "own word only"),
        ([("supports in part", "own")], ("supports", "", ""), "own word only"),
        (
            [OWN, ("repeats", "partner"), ("context", "independent")],
            ("supports", "context", "context"),
            "own word only",
        ),
        ([OWN, ("supports in part", "partner")], ("supports", "supports", ""), "a partner supports, in part"),
        (
            [OWN, ("supports", "partner"), ("context", "partner")],
            ("supports", "supports", ""),
            "a partner supports",
        ),
        ([OWN, ("supports in part", "independent")], ("supports", "", "supports"), "independent, in part"),
        (
            [OWN, ("supports", "partner"), ("states", "independent")],
            ("supports", "supports", "supports"),
            "independent",
        ),
        ([OWN, ("contradicts", "own")], ("contradicts", "", ""), "contradicted by its own documents"),
        (
            [OWN, ("supports", "partner"), ("contradicts", "partner"), ("contradicts", "own")],
            ("contradicts", "contradicts", ""),
            "contradicted by a partner",
        ),
        (
            [OWN, ("contradicts", "own"), ("contradicts", "independent")],
            ("contradicts", "", "contradicts"),
            "contradicted by an independent source",
        ),
    ],
)
def test_a_strip_has_a_mark_for_each_column_and_words_for_all_of_them(evidence, marks, words):
    strip = strip_of(citations(*evidence))
    assert (strip.marks, str(strip.words)) == (marks, words)


def test_readers_hear_the_words_and_not_the_squares():
    html = render_to_string("components/claim/strip.html", {"strip": strip_of(citations(OWN))})
    assert re.sub(r"<span [^>]*aria-hidden.*?</span>", "", html).count("own word only") == 1
    assert html.count("<i") == 3 and html.count('<i class="supports">') == 1


def test_every_grade_has_its_group():
    assert set(SHOWN) == set(Grade)
    assert sorted(grade for shown in Shown for grade in shown.grades) == sorted(Grade)
