"""A passage, where it stands in its source, and the lines around it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from organisation.models import Mend, Passage
from tests.support.factory import a_passage, a_source

pytestmark = pytest.mark.django_db


def quoted(text, words, line=None):
    return Passage.objects.quote(a_source("Logbook", text=text), words, line)


def test_a_passage_knows_the_text_before_and_after_it_on_its_lines():
    passage = quoted("One two\nthree four\nfive six\nseven", "four\nfive")
    assert (passage.line, passage.before, passage.after) == (2, "three ", " six")
    assert (passage.source_line_label, passage.source_line_url) == ("Logbook, line 2", "/sources/logbook/#L2")


def test_words_that_fill_their_lines_stand_between_the_next_lines_that_say_something():
    passage = quoted("First\nSecond\n\n \nThird\n\nFourth\nFifth", "Third")
    assert (passage.line_before, passage.line_after) == ("Second", "Fourth")


@pytest.mark.parametrize(("text", "has_context"), [("a Third", True), ("Third a", True), ("– Third.", False)])
def test_words_that_share_their_line_need_no_other(text, has_context):
    passage = quoted(f"Second\n{text}\nFourth", "Third")
    neighbours = ("", "") if has_context else ("Second", "Fourth")
    assert (passage.line_before, passage.line_after) == neighbours


def test_at_either_end_of_a_text_nothing_stands_beside_the_words():
    assert (quoted("Only", "Only").line_before, a_passage("Alone").line_after) == ("", "")


def test_a_long_line_beside_the_words_is_cut_at_a_word_beyond_a_hundred_and_twenty_letters():
    whole = "word " * 23 + "fives"  # 120 letters
    passage = quoted(f"{whole}\nThird\n{whole}", "Third")
    assert (passage.line_before, passage.line_after) == (whole, whole)
    longer = f"first {whole[:109]} lasts"
    assert len(longer) == 121
    source = a_source("Diary", text=f"{longer}\nThird\n{longer}")
    passage = Passage.objects.quote(source, "Third")
    assert passage.line_before == "… " + longer.removeprefix("first ")
    assert passage.line_after == longer.removesuffix(" lasts") + " …"


def test_a_passage_is_called_by_its_first_eighty_letters():
    words = "word " * 15 + "fives"
    assert str(Passage(words=words)) == words and len(words) == 80
    assert str(Passage(words=words + "s")) == "word " * 14 + "word…"


def test_words_are_quoted_once_and_both_citations_rest_on_them():
    source = a_source("Logbook", text="We sail. We sail.")
    assert Passage.objects.quote(source, "We sail. We") == Passage.objects.quote(source, "We sail. We")
    assert source.passages.count() == 1


@pytest.mark.parametrize(
    ("start", "words", "place", "here", "there"),
    [
        (0, "We row", 4, "“r”", "“s”"),
        (8, "We said", 7, "“d”", "“l”"),
        (8, "We sail.!", 9, "“!”", "nothing more"),
    ],
)
def test_words_that_are_not_there_are_refused_with_the_first_letter_that_differs(
    start, words, place, here, there
):
    passage = Passage(source=a_source("Logbook", text="We sail.We sail."), start=start, words=words)
    passage.end = start + len(words)
    with pytest.raises(
        ValidationError, match=f"at character {place}, .*: here {here}, in the source {there}"
    ):
        passage.save()


def test_a_place_that_is_longer_than_its_words_is_refused():
    passage = Passage(source=a_source("Logbook", text="We sail."), start=0, end=8, words="We sail")
    with pytest.raises(ValidationError, match="at character 8, .*: here nothing more, in the source “.”"):
        passage.save()


def test_the_database_refuses_a_passage_of_no_words():
    a_source("Logbook", text="We sail.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Passage.objects.bulk_create([Passage(source=a_source("Diary"), start=3, end=3, words="")])


def test_a_mend_has_a_reason_and_says_what_it_changes_once_a_passage():
    passage = a_passage("We teech and sial.")
    mend = Mend.objects.create(passage=passage, says="teech", shows="teach", why="A slip.")
    assert str(mend) == "“teech” → “teach”"
    Mend.objects.create(passage=passage, says="sial", shows="", why="A slip.")
    Mend.objects.create(passage=a_passage("They teech."), says="teech", shows="teach", why="A slip.")
    for values in (
        {"says": "teech", "shows": "taught", "why": "A slip."},
        {"says": "We", "shows": "They", "why": ""},
        {"says": "and", "shows": "and", "why": "A slip."},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Mend.objects.create(passage=passage, **values)
