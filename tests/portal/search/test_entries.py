"""The entry of a record is bounded, and its place among the hits follows from its kind and its length."""

import pytest

from portal.models import SearchEntry
from portal.search.documents import DOCUMENT_TYPES, Document
from portal.search.entries import MAX_BYTES, MAX_WORDS, tokens_of
from tests.support.factory import an_organisation

from .results_page import hit_titles

pytestmark = pytest.mark.django_db


def statement(slug, text, **values):
    aid = an_organisation(profiled=True)
    return aid.statements.create(slug=slug, kind="position", text=text, **values)


def entry_of(record):
    return SearchEntry.objects.get(kind="statement", object_id=record.pk)


def test_the_first_twenty_thousand_words_of_a_text_are_found_and_no_later_one(client):
    words = [f"x{number}" for number in range(MAX_WORDS - 1)]
    statement("long", " ".join([*words, "zorble", "quibble"]), title="Long")
    assert MAX_WORDS == 20_000
    assert hit_titles(client, "zorble") == ["Long"] and hit_titles(client, "quibble") == []


def test_tokens_are_filters_names_stems_in_their_order_and_pairs():
    document = Document(
        "Titles of B", ["Titles of B", "Ref"], "trained many, many", ["", "key"], organisation=7
    )
    assert tokens_of("claim", document) == (
        "kind=claim lang=en version=4 org=7 n=b n=of n=ref n=titl w=b w=of w=ref w=titles"
        " | ref | titl of b | train mani mani | key | mani_mani of_b titl_of train_mani",
        8,
    )
    assert tokens_of("ask", Document("", language="fr")) == ("kind=ask lang=fr version=4 |", 0)


def test_a_compound_counts_as_one_word_as_well_and_a_number_with_spaces_as_several():
    document = Document("", text="child-soldiers of 12 500", names=["O’Brien"])
    assert tokens_of("ask", document) == (
        "kind=ask lang=en version=4 n=brien n=o n=obrien w=brien w=o w=obrien"
        " | o brien | child soldier of 12500 | child_soldier o_brien of_12500 soldier_of"
        " | 12 | 500 | childsoldi | obrien",
        6,
    )


def test_three_letters_of_a_script_without_spaces_count_as_a_word(monkeypatch):
    monkeypatch.setattr("portal.search.entries.MAX_WORDS", 2)
    assert tokens_of("ask", Document("学校儿童兵x"))[0].split(" | ")[1] == "学 校 儿 童 兵"
    assert tokens_of("ask", Document("x学校儿y"))[0].split(" | ")[1] == "x 学 校 儿"


def test_an_entry_holds_no_more_different_tokens_than_postgresql_takes():
    words = " ".join(f"{chr(0x915 + number % 30)}ि" * 10 + str(number) for number in range(MAX_WORDS))
    tokens, _length = tokens_of("ask", Document("", text=words))
    size = sum(len(token.encode()) for token in set(tokens.split(" ")))
    assert MAX_BYTES - 1000 < size <= MAX_BYTES < 1 << 20


@pytest.mark.parametrize(
    ("count", "counted"), [(1, 1), (4094, 4094), (4095, 4095), (4096, 4095), (5000, 4095)]
)
def test_the_id_of_an_entry_holds_kind_length_and_record(count, counted):
    # The title and the kind of the statement are a word each, as is its name.
    record = statement("s", "w " * (count - 1), title="Position")
    rank = list(DOCUMENT_TYPES).index("statement") + 1
    assert entry_of(record).pk == (rank << 56) + (counted << 44) + record.pk


def test_an_entry_keeps_the_texts_that_a_reader_is_shown():
    record = statement("s", "Some text", title="Some title")
    entry = entry_of(record)
    assert (entry.title, entry.text, entry.label, entry.language, entry.address) == (
        "Some title",
        "Some text",
        "",
        "en",
        "",
    )
    assert entry.organisation == record.organisation
