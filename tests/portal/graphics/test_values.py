"""Values that differ are drawn on one scale from nothing, without a width or an amount that no text gives."""

import re
from decimal import Decimal
from html import unescape

import pytest
from django.template.loader import render_to_string

from portal.graphics.drawings.values import axis_of, ticks_up_to, values_drawing

EXACT = ("What we do", "undated", 35, "", "35 schools", "/a/", False)
OVER = ("Who we are", "2004", 35, "over", "over 35 schools", "/b/", False)
ABOUT = ("Yearbook", "2008", 30, "about", "about 30 schools", "/c/", True)
NEARLY = ("Leaflet", "", Decimal("40"), "nearly", "nearly 40", "", False)


def read(*values):
    html = render_to_string("components/claim/values_differ.html", {"values": values})
    return html, " ".join(unescape(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", html, flags=re.DOTALL)).split())


def marks(value):
    """Returns (class, place across, turned round) of what is drawn of a value beside another."""
    return [
        (mark[0], mark[1], bool(mark[4])) for mark in values_drawing([value, EXACT]).rows[0].drawing.marks
    ]


def test_each_text_stands_with_its_value_in_words_and_a_link():
    html, text = read(EXACT, OVER, ABOUT)
    assert text.startswith(
        "Text Value What we do undated 35 schools Who we are 2004 over 35 schools Yearbook 2008"
    )
    assert [href for href in re.findall('href="([^"]+)"', html)] == ["/a/", "/b/", "/c/"]


@pytest.mark.parametrize("values", [[], [EXACT]])
def test_of_fewer_than_two_values_nothing_is_shown(values):
    assert read(*values)[0].strip() == ""


def test_an_exact_value_is_a_dot():
    assert [name for name, *_rest in marks(EXACT)] == ["values-dot"]


def test_more_than_is_an_open_dot_with_an_arrow_and_less_than_the_same_turned_round():
    assert [(name, turned) for name, _x, turned in marks(OVER)] == [
        ("values-arrow", False),
        ("values-head", False),
        ("values-open", False),
    ]
    assert [turned for _name, _x, turned in marks(NEARLY)] == [True, True, False]


def test_about_has_waves_and_no_width():
    drawing = values_drawing([ABOUT, EXACT]).rows[0].drawing
    assert [mark[0] for mark in drawing.marks] == [
        "values-stroke values-other",
        "values-wave values-other",
    ]
    assert drawing.rects == []


def test_equal_values_stand_at_one_place_and_a_smaller_one_before_them():
    exact, over, about = (marks(each)[0][1] for each in (EXACT, OVER, ABOUT))
    assert exact == over
    assert float(about[:-1]) < float(exact[:-1])


def test_the_key_explains_the_signs_that_are_there_and_no_other():
    assert "Waves" not in read(EXACT, OVER)[1]
    assert "Waves" in read(EXACT, ABOUT)[1]
    assert "to the start" in read(EXACT, NEARLY)[1]
    assert "arrow" not in read(EXACT, ABOUT)[1]


@pytest.mark.parametrize(
    ("most", "last"),
    [
        ("0", "1"),
        ("1", "1"),
        ("30", "30"),
        ("35", "40"),
        ("100", "100"),
        ("101", "150"),
        ("123456789", "150000000"),
    ],
)
def test_a_scale_begins_at_nothing_and_has_few_round_steps(most, last):
    ticks = ticks_up_to(Decimal(most))
    assert (ticks[0], ticks[-1]) == (0, Decimal(last))
    assert 2 <= len(ticks) <= 6


def test_of_long_numbers_only_the_first_and_the_last_are_written():
    assert len(axis_of(ticks_up_to(Decimal(40))).texts) == 5
    assert [text[-1] for text in axis_of(ticks_up_to(Decimal(123_456_789))).texts] == ["0", "150 million"]
