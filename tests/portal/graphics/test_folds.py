"""A story of change is told fold by fold, beside a sheet of paper that becomes a boat."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from portal.graphics.drawings.folds import STATES, fold_drawing, state_of

OPEN = ("And then?", "It is not on record.", [], True)


def folds(number):
    return [
        (f"May {1998 + each}", mark_safe("<p>Words</p>"), [("E1", "/e1/")], False) for each in range(number)
    ]


def read(folds):
    return render_to_string("components/site/folds.html", {"folds": folds})


@pytest.mark.parametrize("steps", range(2, 8))
def test_a_story_begins_with_the_sheet_and_ends_with_the_boat(steps):
    states = [STATES.index(state_of(step, steps)) for step in range(1, steps + 1)]
    assert (states[0], states[-1]) == (0, len(STATES) - 1)
    assert states == sorted(states)
    if steps <= len(STATES):
        assert len(set(states)) == steps


def test_a_story_of_one_fold_is_the_boat():
    assert state_of(1, 1) == STATES[-1]


def test_each_fold_has_its_heading_its_words_and_links_to_what_shows_them():
    html = read(folds(3))
    assert html.count("<li") == html.count("<svg") == html.count('href="/e1/"') == 3
    assert "<p>Words</p>" in html
    assert "fold-open" not in html


def test_what_is_not_on_record_is_a_fold_drawn_open():
    html = read([*folds(2), OPEN])
    assert html.count("fold-open") == html.count("not-on-record") == 1
    assert re.search(r"fold-open.*And then", html, re.DOTALL)
    assert "fold-open" not in fold_drawing(2, 3)


def test_a_story_without_folds_shows_nothing():
    assert read([]).strip() == ""
