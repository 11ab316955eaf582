"""Differences between two editions of a claim, as readers are told of them."""

import pytest

from impact.differences import differences
from organisation.differences import Difference, marked
from tests.support.factory import a_claim, a_figure, a_source, cite, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    claim = a_claim()
    a_figure(claim, 4500, qualifier="over")
    a_figure(claim, 55, label="harbours", unit="harbours")
    return published(claim)


def differences_of(claim):
    """Returns {name: (old, new)} between the first edition and one made of the working copy now."""
    first = claim.current_edition
    return {each.name: (each.old, each.new) for each in differences(first, published(claim).current_edition)}


def test_texts_that_say_the_same_do_not_differ(claim):
    assert differences_of(claim) == {}


def test_each_field_that_differs_is_told_in_the_words_a_reader_sees(claim):
    claim.type, claim.as_of, claim.together_with = "outcome", "2027-03", "NATO"
    assert differences_of(claim) == {
        "type": ("output", "outcome"),
        "as of": ("not stated", "March 2027"),
        "together with": ("", "NATO"),
    }


def test_a_figure_is_matched_by_its_label(claim):
    claim.figures.filter(label="pilots").update(value=5000, as_of="2027")
    claim.figures.filter(label="harbours").delete()
    a_figure(claim, "2.5", label="days", qualifier="about", unit="days")
    assert differences_of(claim) == {
        "figure “pilots”": ("over 4,500 pilots", "over 5,000 pilots, as of 2027"),
        "figure “harbours”": ("55 harbours", ""),
        "figure “days”": ("", "about 2.5 days"),
    }


def test_the_same_figures_in_another_order_are_told(claim):
    claim.figures.filter(label="pilots").update(order=5)
    assert list(differences_of(claim)) == ["order of the figures"]


def test_a_source_is_matched_by_its_words_and_brings_its_grade(claim):
    cite(claim, a_source("Port gazette"), "contradicts", "partner", note="Counts fewer.")
    assert differences_of(claim) == {
        "grade": ("stated", "disputed"),
        "source “Port gazette”": ("", "contradicted by a partner\nCounts fewer."),
    }


def test_the_same_sources_in_another_order_are_told(claim):
    cite(claim, a_source("Port gazette"))
    published(claim)
    for order, citation in enumerate(reversed(claim.citations.all())):
        citation.order = order
        citation.save()
    assert list(differences_of(claim)) == ["order of the sources"]


def test_words_that_differ_are_marked_and_nothing_is_lost():
    change = Difference(
        "statement",
        "delivered to over 4,500 people, so far",
        "delivered to over 5,000 people from 60 countries, so far",
    )
    assert ("gone", "4,500") in change.marked_old and ("new", "5,000") in change.marked_new
    assert "".join(text for _kind, text in change.marked_old) == change.old
    assert "".join(text for _kind, text in change.marked_new) == change.new
    assert [text for kind, text in change.marked_new if kind == "new"] == ["5,000", "from 60 countries"]


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "a\n\nb ", "عالم لا يُجنَّد", "x" * 5000, "a " * 5000, "<b>&amp;</b>"]
)
def test_any_text_comes_back_whole(text):
    for old, new in ((text, "another text"), ("another text", text), (text, text)):
        pieces = marked(old, new)
        assert ["".join(text for _kind, text in each) for each in pieces] == [old, new]
