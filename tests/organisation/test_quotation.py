"""The rule of quotation: words stand in a cited passage, letter by letter, or they are ours."""

import pytest

from organisation.models import Mend, Passage
from organisation.quotation import is_quotation, partings
from tests.support.factory import a_passage

pytestmark = pytest.mark.django_db

SOURCE = (
    "We have signed  agreements\nwith over 14,500 ships, which the port finds unacceptable, and 1 240 masts."
)


@pytest.mark.parametrize(
    ("words", "is_quoted"),
    [
        ("We have signed agreements with over 14,500 ships", True),
        ("signed\n  agreements", True),
        ("14,500 ships, which", True),
        ("We have signed agreements.", False),
        ("we have signed agreements", False),
        ("500 ships", False),
        ("over 14", False),
        ("4,500 ships", False),
        ("240 masts", False),
        ("1 240 masts", True),
        ("acceptable", False),
        ("the port find", False),
        ("We have signed agreements\n\nwith over 14,500 ships", True),
        ("We have signed agreements\n\nand more", False),
        ("We have signed agreements\r\n\r\nwith over 14,500 ships", True),
    ],
)
def test_words_are_a_quotation_where_each_paragraph_stands_in_a_passage_whole(words, is_quoted):
    assert is_quotation(words, [a_passage(SOURCE, title="Log")]) is is_quoted


@pytest.mark.parametrize("words", ["我们", "签署了协议"])
def test_a_script_without_spaces_may_be_quoted_from_within(words):
    assert is_quotation(words, [a_passage("昨天我们签署了协议。", title="Log")])


def test_each_paragraph_may_stand_in_a_passage_of_its_own():
    passages = [a_passage("We sail."), a_passage("We anchor.")]
    assert is_quotation("We sail.\n\nWe anchor.", passages)
    assert not is_quotation("We sail. We anchor.", passages)


def test_words_without_a_passage_quote_nothing():
    assert not is_quotation("We sail.", [])


def mended(passage):
    return Passage.objects.get(pk=passage.pk)


def test_a_mend_counts_from_its_day_to_its_end():
    passage = a_passage("We sial the the sea.")
    assert not is_quotation("We sail the sea.", [mended(passage)])
    slip = Mend.objects.create(passage=passage, says="sial", shows="sail", why="A slip.")
    twice = Mend.objects.create(passage=passage, says="the the", shows="the", why="Said twice.")
    assert is_quotation("We sail the sea.", [mended(passage)])
    assert is_quotation("We sial the the sea.", [mended(passage)])
    twice.shows = "a"
    twice.save()
    assert not is_quotation("We sail the sea.", [mended(passage)])
    assert is_quotation("We sail a sea.", [mended(passage)])
    slip.delete()
    Mend.objects.all().delete()
    assert not is_quotation("We sail a sea.", [mended(passage)])


def test_what_parts_is_shown_beside_the_nearest_passage_without_the_rest_of_it():
    passages = [
        a_passage("The port is open."),
        a_passage("At dawn we sail the northern sea with pilots."),
    ]
    [difference] = partings("The port is open.\n\nwe sail the southern sea", passages)
    assert (difference.name, difference.old, difference.new) == (
        "At dawn we sail the northern sea with pilots.",
        "we sail the northern sea",
        "we sail the southern sea",
    )
    assert ("gone", "northern") in difference.marked_old and ("new", "southern") in difference.marked_new


def test_nothing_parts_from_no_passage():
    assert partings("We sail.", []) == []
