"""A story of change is told fold by fold, beside a sheet of paper that becomes a boat."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from advocacy.models import Fold
from organisation.lineage import Lineage, one_lineage
from organisation.models import Citation, Milestone, Organisation, Source
from portal.graphics.drawings.folds import STATES, fold_drawing, state_of

HARBOUR = Organisation(pk=1, slug="harbour-aid", official_name="Harbour Aid")


def folds(number):
    """Returns so many folds, each of a milestone."""
    told = []
    for each in range(1, number + 1):
        milestone = Milestone(pk=each, organisation=HARBOUR, date=f"{1998 + each}-05", text="Words")
        milestone.evidence = [Citation(source=Source(pk=each, slug="log", title="Log"), relation="states")]
        told.append(Fold(pk=each, milestone=milestone))
    return told


def read(folds):
    with one_lineage(Lineage([])):
        return render_to_string("advocacy/folds.html", {"folds": folds, "request": RequestFactory().get("/")})


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
    assert html.count('<li class="fold"') == html.count("<svg") == html.count('<details class="sources') == 3
    assert html.count("<p>Words</p>") == 3 and "May 1999" in html
    assert "fold-open" not in html


def test_what_is_not_on_record_is_a_fold_drawn_open():
    html = read([*folds(2), Fold(pk=9, heading="And then?", not_on_record="It is not on record.")])
    assert html.count("fold-open") == html.count("not-on-record") == 1
    assert re.search(r"fold-open.*And then", html, re.DOTALL)
    assert "fold-open" not in fold_drawing(2, 3)


def test_a_story_without_folds_shows_nothing():
    assert read([]).strip() == ""
