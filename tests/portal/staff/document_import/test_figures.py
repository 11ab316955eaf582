"""A number counts something: its qualifier, its value and its unit are read as they are written."""

from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser

from impact.numbers import read_number
from organisation.models import Source
from portal.staff.document_import.document import read_document
from portal.staff.document_import.forms import SuggestionForm
from portal.staff.document_import.rules.figures import find_figures, questions
from portal.staff.document_import.rules.suggestions import suggest
from tests.support.figures import written

INPUTS = Path(__file__).parents[3] / "inputs"

OPENING = "This is what we have done in the year. "


def found(text):
    return find_figures(OPENING + text, len(OPENING), len(OPENING + text))


def figures(text):
    return [(each.qualifier, f"{each.value:f}", each.unit) for each in found(text)]


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        *[(f"{words} 40 pupils", "over") for words in ("over", "in excess of", "upwards of", "Over")],
        *[(f"{words} 40 pupils", "at least") for words in ("at least", "no fewer than", "a minimum of")],
        *[(f"{words} 40 pupils", "nearly") for words in ("nearly", "almost", "close to")],
        *[
            (f"{words} 40 pupils", "about")
            for words in ("about", "around", "approximately", "roughly", "some")
        ],
        *[(f"{words} 40 pupils", "up to") for words in ("up to", "as many as", "a maximum of")],
        ("exactly 40 pupils", "exactly"),
        ("more than 40 pupils", "more than"),
        ("not less than 40 pupils", "at least"),
        ("only 40 pupils", ""),
    ],
)
def test_the_words_before_a_number_that_qualify_it(text, qualifier):
    assert figures(text) == [(qualifier, "40", "pupils")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two pupils, nineteen boats, twenty towns, ninety ships", ["2", "19", "20", "90"]),
        (
            "three hundred pupils, 2 thousand boats, 1.5 million towns, 2 billion ships",
            ["300", "2000", "1500000.0", "2000000000"],
        ),
        ("1,240,000 pupils and 3\u202f500 boats", ["1240000", "3500"]),
        ("12.25 points, 12.2555 boats", ["12.25"]),
        (f"{'9' * 15} pupils, {'9' * 16} boats", ["9" * 15]),
        ("5 pupils and 7 pupils", ["5"]),
        ("in 1999 pupils came, over 1999 pupils came", ["1999"]),
        ("£5 and $7.50 and €3 million", ["5", "7.50", "3000000"]),
        ("7% and 8 % of them", ["7", "8"]),
        ("7 per cent and 8% of them", ["7", "8"]),
    ],
)
def test_the_value_of_a_number(text, expected):
    assert [value for _qualifier, value, _unit in figures(text)] == expected


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("40 young pilots of the north", "young pilots"),
        ("40 pilots boats", "pilots"),
        ("40 children", "children"),
        ("40 red blue green grey brown pilots", "red blue green grey brown pilots"),
        ("40 red blue green grey brown black pilots", None),
        ("40 of pilots", None),
        ("40 young, pilots", None),
        ("40 United Nations Missions came", "United Nations Missions"),
        ("40 glass", None),
        ("40 years", None),
        ("40 areas", None),
        ("the last 40 pilots", None),
        ("every 40 pilots", None),
        ("page 40 pilots", None),
        ("Chapter 40 pilots", None),
        ("40 per cent", "per cent"),
    ],
)
def test_the_unit_of_a_number_is_a_noun_in_the_plural(text, unit):
    assert [each[2] for each in figures(text)] == ([unit] if unit else [])


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("We taught over 1,240 pilots", ["over 1,240"]),
        ("We taught Nearly 3 million pilots", ["Nearly 3 million"]),
        ("7 per cent of them", ["7 per cent"]),
        ("We taught 1 240 pilots", ["1 240"]),
        ("We taught over 12’500 pilots", ["over 12’500"]),
        ("We taught 3.200 pilots", ["3.200"]),
        ("We taught 3.25 pilots", ["3.25"]),
        ("We taught 1,2\u00ad40 pilots", ["1,2\u00ad40"]),
        ("We taught 3,120² pilots", ["3,120"]),
        ("We gave US$ 3 million", ["US$ 3 million"]),
    ],
)
def test_a_figure_is_the_whole_number_as_it_is_written(text, numbers):
    assert [each.as_written for each in found(text)] == numbers
    assert all(read_number(each.as_written, each.unit).values[0] == each.value for each in found(text))


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("7% of girls and 8% of boys", ["girls", "boys"]),
        ("7% came and 8% went", ["%"]),
        ("5 boats in the north and 7 boats in the south", ["boats in the north", "boats in the south"]),
        ("5 boats in the north and 7 boats", ["boats in the north", "boats"]),
        ("5 boats in the north and 7 boats in the north", ["boats"]),
    ],
)
def test_figures_of_one_unit_are_told_apart_by_the_words_after_them(text, labels):
    assert [each.label for each in found(text)] == labels


def test_a_question_names_what_can_be_understood():
    [figure] = found("We taught 3.200 pilots")
    assert figure.question_text == "“3.200” can be read as 3,200 or as 3.2: is it 3,200?"
    [figure] = found("One in six pilots came")
    assert figure.question_text == "“One in six” is not exactly 16.67 %: is that near enough?"
    assert all(str(sentence) for sentence in questions().values())


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (
            "numbers-in-other-writings.txt",
            [
                "1240 teachers",
                "12500 children",
                "3200 nurses ?readings",
                "16.67 % (children) ?rounded",
                "1200000 €",
                "7 schools",
                "2014 children ?year",
            ],
        ),
        ("soft-hyphens.html", ["1240 teachers"]),
    ],
)
def test_the_figures_of_documents_that_came_in(file, expected):
    path = INPUTS / file
    text = read_document(path.read_bytes(), path.suffix).text
    suggestions = suggest(text)
    assert [written(figure) for each in suggestions for figure in each.figures] == expected


def test_a_sentence_of_another_language_is_not_read():
    spanish = "En 2031 la red formó a 40 maestros de las islas y a 12 médicos para los niños."
    assert not find_figures(spanish, 0, len(spanish))
    text = OPENING + spanish
    assert not find_figures(text, len(OPENING), len(text))


def test_a_figure_with_a_question_is_not_ticked_and_its_question_stands_beside_it():
    text = "We trained 40 teachers and 3.200 nurses in the year."
    [suggestion] = suggest(text)
    form = SuggestionForm(suggestion, Source(text=text), AnonymousUser(), [])
    assert form["figures"].value() == ["0"]
    nurses = str(form["figures"]).partition('value="1"')[2]
    assert "“3.200” can be read as" in nurses and "checked" not in nurses
