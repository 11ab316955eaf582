"""Marks of what differs between two texts, and a record's values as a person reads them."""

import pytest

from organisation.differences import Difference, field_text, marked, value_text
from organisation.models import Affiliation, Organisation, Statement
from tests.support.factory import an_organisation


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("We sail.", "We sail.", [("same", "We sail.")], [("same", "We sail.")]),
        (
            "We taught 4,500 pilots",
            "We taught 5,000 pilots",
            [("same", "We taught "), ("gone", "4,500"), ("same", " pilots")],
            [("same", "We taught "), ("new", "5,000"), ("same", " pilots")],
        ),
        (
            "We sail",
            "We sail and row",
            [("same", "We sail")],
            [("same", "We sail "), ("new", "and row")],
        ),
        ("We  sail\n", "We sail", [("same", "We  sail\n")], [("same", "We sail")]),
        ("don't", "don’t", [("gone", "don't")], [("new", "don’t")]),
        (
            "Sail, row",
            "Sail; row",
            [("same", "Sail"), ("gone", ","), ("same", " row")],
            [("same", "Sail"), ("new", ";"), ("same", " row")],
        ),
        ("", "Row", [], [("new", "Row")]),
        (" Row", "", [("same", " "), ("gone", "Row")], []),
        (
            "Row, row, row",
            "Sail",
            [("gone", "Row, row, row")],
            [("new", "Sail")],
        ),
    ],
)
def test_the_words_that_differ_are_marked_without_the_space_before_them(old, new, before, after):
    assert list(marked(old, new)) == [before, after]
    difference = Difference("Text", old, new)
    assert (difference.marked_old, difference.marked_new, difference.part) == (before, after, "")


def test_texts_that_take_too_many_steps_to_compare_differ_as_a_whole(monkeypatch):
    old, new = "one two three", "one two"  # six steps
    monkeypatch.setattr("organisation.differences.MAX_STEPS", 6)
    assert marked(old, new)[1] == [("same", "one two")]
    monkeypatch.setattr("organisation.differences.MAX_STEPS", 5)
    assert list(marked(old, new)) == [[("gone", old)], [("new", new)]]


def test_two_texts_of_a_thousand_words_are_still_compared_and_longer_ones_are_not():
    words = "word " * 999
    assert marked(words + "one", words + "two")[0][-1] == ("gone", "one")
    assert marked(words + "one", words + "two three")[0] == [("gone", words + "one")]


@pytest.mark.parametrize(
    ("value", "text"), [(True, "yes"), (False, "no"), (None, ""), ("", ""), (0, "0"), ("Row", "Row")]
)
def test_a_value_reads_as_a_person_writes_it(value, text):
    assert value_text(value) == text


@pytest.mark.django_db
def test_a_field_reads_as_its_choice_its_date_or_the_record_it_names():
    organisation = an_organisation()
    affiliation = Affiliation(organisation=organisation, role="steering member", valid_from="1998-05")

    def read(record, name):
        return field_text(record, record._meta.get_field(name))

    assert read(affiliation, "role") == "steering member"
    assert (read(affiliation, "valid_from"), read(affiliation, "valid_to")) == ("May 1998", "not stated")
    assert (read(affiliation, "organisation"), read(affiliation, "with_whom")) == ("Harbour Aid", "")
    assert (read(Organisation(), "profiled"), read(Organisation(), "order")) == ("no", "0")
    assert read(Statement(organisation_id=0), "organisation") == "a record that is gone"
