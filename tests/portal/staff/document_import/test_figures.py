"""A number counts something: its qualifier, its value and its unit are read as they are written."""

import pytest

from portal.staff.document_import.figures import find_figures


def figures(text):
    return [(each.qualifier, f"{each.value:f}", each.unit) for each in find_figures(text, 0, len(text))]


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
        ("12.25 points, 12.255 boats", ["12.25"]),
        (f"{'9' * 15} pupils, {'9' * 16} boats", ["9" * 15]),
        ("5 pupils and 7 pupils", ["5"]),
        ("in 1999 pupils came, over 1999 pupils came", ["1999"]),
        ("£5 and $7.50 and €3 million", ["5", "7.50", "3000000"]),
        ("7% and 8 % of them", ["7"]),
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
    ("text", "written"),
    [
        ("We taught over 1,240 pilots", ["over 1,240"]),
        ("We taught Nearly 3 million pilots", ["Nearly 3 million"]),
        ("7 per cent of them", ["7 per cent"]),
        ("We taught 1 240 pilots", []),
        ("We taught 12’500 pilots", []),
        ("We taught 3.200 pilots", []),
        ("We taught 3.25 pilots", ["3.25"]),
    ],
)
def test_a_figure_is_the_whole_number_as_it_is_written(text, written):
    assert [each.as_written for each in find_figures(text, 0, len(text))] == written
