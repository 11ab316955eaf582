"""An excerpt is the part of a text that holds most of what was searched for."""

import pytest

from portal.search import excerpt as module
from portal.search.excerpt import excerpt
from portal.search.typed import Query


def shown(text, typed, **options):
    return str(excerpt(text, Query(typed), **options))


@pytest.mark.parametrize(("length", "whole"), [(279, True), (280, True), (281, False)])
def test_a_text_of_280_signs_stays_whole(length, whole):
    text = ("word " * 60)[: length - 1] + "x"
    assert (shown(text, "nothing") == text) == whole
    assert shown(text, "nothing").endswith(" …") == (not whole)


def test_words_are_marked_whole_with_their_neighbours_in_one_mark_and_nothing_else():
    text = "Children trained, training children; the child & soldier"
    assert shown(text, "child training") == (
        "<mark>Children trained</mark>, <mark>training children</mark>; the <mark>child</mark> &amp; soldier"
    )


def test_a_phrase_is_marked_only_where_its_words_stand_together():
    text = "child x soldiers, child soldiers, soldiers child"
    assert shown(text, '"child soldiers"') == "child x soldiers, <mark>child soldiers</mark>, soldiers child"
    assert shown(text, '"child soldiers" x') == (
        "child <mark>x</mark> soldiers, <mark>child soldiers</mark>, soldiers child"
    )


def test_the_window_is_the_first_with_most_different_words_and_is_cut_between_words():
    text = (
        "start alpha alpha alpha "
        + "filler " * 30
        + "alpha and beta here "
        + "filler " * 30
        + "beta alpha end"
    )
    assert shown(text, "alpha beta", max_length=100) == (
        f"… {'filler ' * 8}<mark>alpha</mark> and <mark>beta</mark> here filler filler filler …"
    )
    assert shown(text, "alpha", max_length=100).startswith("start <mark>alpha alpha alpha</mark> filler")
    assert shown(text, "end", max_length=100).startswith("… ") and shown(
        text, "end", max_length=100
    ).endswith("alpha <mark>end</mark>")


def test_two_words_count_together_only_if_both_fit_behind_the_context():
    near = "x " * 100 + "alpha " + "y " * 16 + "beta"  # 40 signs from the first letter to the last
    far = "alpha " + "x " * 100 + "alpha " + "y " * 18 + "beta " + "z " * 60
    assert "<mark>alpha</mark>" in shown(near, "alpha beta", max_length=100)
    assert shown(far, "alpha beta", max_length=100).startswith("<mark>alpha</mark> x x")


def test_what_stands_after_the_part_that_is_scanned_is_not_marked(monkeypatch):
    for scanned, marked in ((20, "alpha"), (21, "<mark>alpha</mark>")):
        monkeypatch.setattr(module, "MAX_SCANNED", scanned)
        assert shown("0123456789 1234 alpha alpha", "alpha") == f"0123456789 1234 {marked} alpha"


def test_the_stems_of_what_is_shown_are_told():
    text = "alpha " + "filler " * 60 + "beta"
    assert excerpt(text, Query("alpha betas")).stems == {"alpha"}
    assert excerpt("Alpha betas", Query("alpha beta gamma")).stems == {"alpha", "beta"}


def test_sixty_signs_stand_before_the_first_word_that_was_found():
    text = "x" * 200 + ".alpha." + "y" * 200
    marked = f"… {'x' * 59}.<mark>alpha</mark>.{'y' * 34} …"
    assert shown(text, "alpha", max_length=100) == marked
