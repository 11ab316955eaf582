"""Words and stems: numbers, accents, endings and spellings, however many threads search and save at once."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings

from portal.search.tokens import bigrams, folded_words, stem, tokenize


def test_several_threads_at_once_get_the_stems_that_one_gets():
    text = "".join(
        file.read_text() for file in (settings.FIXTURES_DIR / "sources").iterdir() if file.is_file()
    )
    words = sorted(set(folded_words(text)))[:1500]
    expected = [stem.__wrapped__(word) for word in words]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # makes threads interrupt each other as often as they can
    try:
        with ThreadPoolExecutor(4) as threads:
            stems = list(threads.map(lambda _each: [stem.__wrapped__(word) for word in words], range(4)))
    finally:
        sys.setswitchinterval(interval)
    assert stems == [expected] * 4


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("4,500 1,234,567", ["4500", "1234567"]),
        ("4\u00a0500 4\u2009500 4\u202f500", ["4500"] * 3),
        ("123,456 1234,567 4,50 4,5000", ["123456", "1234", "567", "4", "50", "4", "5000"]),
        ("children’s council's its", ["children", "council", "its"]),
        ("Roméo ROME\u0301O e\u0301t\u0301e", ["romeo", "romeo", "ete"]),
        ("ø ł đ ð þ æ œ ı ħ ß", ["o", "l", "d", "d", "th", "ae", "oe", "i", "h", "ss"]),
        ("co\u00adoperate a_b x-y", ["cooperate", "a", "b", "x", "y"]),
        ("שָׁלוֹם مُحَمَّد", ["שלום", "محمد"]),
        ("x" * 40 + " " + "y" * 41, ["x" * 40, "y" * 40]),
        ("½ ² ﬁ — _", ["12", "2", "fi"]),
    ],
)
def test_a_text_falls_into_words_as_a_keyboard_writes_them(text, words):
    assert folded_words(text) == words


def test_the_place_of_a_word_is_where_its_own_spelling_stands():
    text = "Über 4,500 children’s"
    assert [text[start:end] for start, end, _word in tokenize(text)] == ["Über", "4,500", "children’s"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("children", "child"),
        ("men", "man"),
        ("women", "woman"),
        ("programme", "programs"),
        ("programmes", "program"),
        ("centre", "center"),
        ("centres", "centers"),
        ("advise", "advize"),
        ("organise", "organize"),
        ("organised", "organized"),
        ("organiser", "organizer"),
        ("organisers", "organizers"),
        ("organises", "organizes"),
        ("organising", "organizing"),
        ("organisation", "organization"),
        ("organisations", "organizations"),
        ("organisational", "organizational"),
    ],
)
def test_irregular_and_british_words_have_the_stem_of_the_others(one, other):
    assert stem(one) == stem(other)


def test_a_short_word_is_no_british_spelling_and_one_with_a_digit_is_its_own_stem():
    assert (stem("wise"), stem("raise"), stem("raize")) == ("wise", "rais", "raiz")
    assert (stem("2007s"), stem("trainings"), stem("training")) == ("2007s", "train", "train")


def test_a_pair_of_words_is_one_token_for_each_two_that_are_neighbours():
    assert bigrams(["a", "b", "c"]) == ["a_b", "b_c"]
    assert bigrams(["a"]) == bigrams([]) == []
