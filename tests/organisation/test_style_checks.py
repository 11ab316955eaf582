"""Words that age, superlatives, and sentences that are hard to read."""

import pytest

from organisation.models import Statement
from organisation.style_checks import aging_words, lix, long_sentences, superlatives
from tests.support.factory import an_organisation

BACK = "counts back from a day that the text does not give"
PASSES = "speaks of a time that passes"
ANNOUNCES = "announces something for a time that passes"
COUNTS = "counts from a day that the text does not give"
NOBODY_BEFORE = "nobody else before: an independent source would have to say so"
AHEAD = "ahead of all others: an independent source would have to say so"
LIKE_NO_OTHER = "like no other: an independent source would have to say so"
FAME = "fame is for others to attest"
NOBODY_ELSE = "nobody else: an independent source would have to say so"


def found(find, text):
    return {match: str(reason) for match, reason in find(text).items()}


@pytest.mark.parametrize(
    ("phrase", "reason"),
    [
        *((f"{word} the past year", BACK) for word in ("over", "in", "during", "for")),
        *((f"in the past {unit}" + "s" * n, BACK) for n in (0, 1) for unit in "day week month".split()),
        ("over the last nine years", BACK),
        ("during the past decade", BACK),
        ("for the last two decades", BACK),
        *(
            (word, PASSES)
            for word in ("recently", "lately", "nowadays", "currently", "presently", "at present", "now")
        ),
        ("at the moment", PASSES),
        ("today", PASSES),
        ("due in 2008", ANNOUNCES),
        ("due 1999", ANNOUNCES),
        (f"due {'x' * 38} 2008", ANNOUNCES),
        *(
            (f"current {what}", PASSES)
            for what in (
                "project projects programme programmes program programs work activity activities "
                "campaign campaigns priority priorities"
            ).split()
        ),
        ("current training projects", PASSES),
        *((f"{which} {unit}", COUNTS) for which in ("this", "next", "last") for unit in ("year", "month")),
    ],
)
def test_words_that_age_are_found_with_the_reason(phrase, reason):
    assert found(aging_words, f"We teach, {phrase}, in the harbour") == {phrase: reason}


@pytest.mark.parametrize(
    "phrase",
    [
        "on the last day",
        "over the last line",
        "over the past nine long years",
        "over the first year",
        "in the last yearbook",
        "at the start",
        "due to floods",
        "due to flooding in 3008",
        f"due {'x' * 39} 2008",
        "due in 20081",
        "residue 2008",
        "the current of the river",
        "current long training projects",
        "every year",
        "this yearbook",
        "we know nowhere todays",
    ],
)
def test_words_that_only_look_like_it_do_not_age(phrase):
    assert found(aging_words, f"We teach, {phrase}, in the harbour") == {}


@pytest.mark.parametrize(
    ("phrase", "reason"),
    [
        ("first ever", NOBODY_BEFORE),
        ("first-ever", NOBODY_BEFORE),
        ("the leading", AHEAD),
        ("a leading", AHEAD),
        ("the world’s leading", AHEAD),
        ("the world's leading", AHEAD),
        ("unique", LIKE_NO_OTHER),
        ("uniquely", LIKE_NO_OTHER),
        ("world renowned", FAME),
        ("world-renowned", FAME),
        ("the only school in the world", NOBODY_ELSE),
        ("only school in the world", NOBODY_ELSE),
        ("the first school in the world", NOBODY_ELSE),
        (f"only {'x' * 39} in the world", NOBODY_ELSE),
    ],
)
def test_superlatives_are_found_with_the_reason(phrase, reason):
    assert found(superlatives, f"We run {phrase}, we say") == {phrase: reason}


@pytest.mark.parametrize(
    "phrase",
    [
        "the first",
        "leading boats",
        "misleading",
        "the world leading",
        "uniqueness",
        "renowned",
        f"only {'x' * 40} in the world",
        "only once, and in the world",
        "only in the worldwide web",
    ],
)
def test_words_that_only_look_like_it_are_no_superlatives(phrase):
    assert found(superlatives, f"We run {phrase}, we say") == {}


def test_matches_are_told_in_the_order_of_the_text_each_once_and_in_small_letters():
    assert list(aging_words("Today we teach. NOW we sail, and today, recently and now.")) == [
        "today",
        "now",
        "recently",
    ]


@pytest.mark.django_db
def test_a_text_is_checked_when_it_is_saved_and_what_is_found_is_cut_at_five_hundred_letters():
    statement = Statement(organisation=an_organisation(), slug="about", kind="about")
    statement.text = "Today the leading school, now unique."
    statement.save()
    assert (statement.aging, statement.superlatives) == ("today; now", "the leading; unique")
    statement.text = ", ".join(f"due {number:030} in 2008" for number in range(30))
    statement.save()
    assert (len(statement.aging), statement.superlatives) == (500, "")


def test_a_sentence_is_long_from_thirty_one_words_on_and_is_named_by_its_first_six():
    text = f"It is short. {'one two three four five six ' * 5}seven! Again?\n{'word ' * 30}"
    assert long_sentences(text) == [("one two three four five six", 31)]
    assert long_sentences("one two three. four five", limit=2) == [("one two three", 3)]


def test_a_sentence_ends_with_its_sign_or_its_line_and_a_number_is_one_word():
    for text, count in (
        ("We taught 4,500 well-read pilots’ sons.", 6),
        ("one two\nthree", 2),
        ("one two! three", 2),
        ("one two? three", 2),
        ("one two.three", 2),
        ("one two; three", 3),
    ):
        [(_start, number), *_others] = long_sentences(text, limit=1)
        assert number == count, text


def test_a_text_is_measured_by_its_sentences_and_by_words_of_more_than_six_letters():
    assert lix("") == lix("…") == 0
    assert lix("letter letter letter letter") == 4
    assert lix("letter letter letter letters") == 4 + 25
    assert lix("one two. three four.") == 2
