"""Drawings: how many squares and bars stand for a number, how high a panel is, and what is written in it."""

from decimal import Decimal

import pytest
from django.utils.text import slugify

from impact.grades import Grade
from portal.exports.charts.chart import Row
from portal.exports.charts.drawing import bars, marks_are_distinct, squares


def drawn(value, open_ended=False, qualifier="", series=1):
    return squares(Row(("label",), Decimal(value), "people", qualifier), open_ended, series)


@pytest.mark.parametrize(
    ("value", "each", "count", "height"),
    [
        ("0", "1", 0, 28),
        ("1", "1", 1, 36),
        ("20", "1", 20, 36),
        ("21", "1", 21, 44),
        ("99", "1", 99, 68),
        ("100", "1", 100, 68),
        ("101", "10", 11, 36),
        ("1000", "10", 100, 68),
        ("1001", "100", 11, 36),
        ("2.5", "1", 3, 36),
    ],
)
def test_a_number_is_drawn_in_at_most_a_hundred_squares_of_a_power_of_ten(value, each, count, height):
    panel = drawn(value)
    path = "".join(data for css, data in panel.paths if css == "series-1")
    assert (path.count("M"), panel.height) == (count, height)
    assert panel.notes == [f"Each square counts {each} of the people."]
    assert (panel.title, panel.description) == ("label", str(Row((), Decimal(value), "people")))


def test_the_last_square_is_cut_where_a_rest_remains_and_squares_stand_in_two_groups_of_ten():
    [(css, path)] = drawn("2.5", series=3).paths
    assert css == "series-3"
    assert path == "M0 28h6.5v6.5h-6.5zM8 28h6.5v6.5h-6.5zM16 28h3.25v6.5h-3.25z"
    starts = [part.split("h")[0] for part in drawn("21").paths[0][1].split("M")[1:]]
    assert (starts[9], starts[10], starts[19], starts[20]) == ("72 28", "84 28", "156 28", "0 36")


@pytest.mark.parametrize(
    ("value", "at", "height"), [("19", "M156 28", 36), ("20", "M0 36", 44), ("2.5", "M24 28", 36)]
)
def test_an_open_end_is_a_dashed_square_behind_the_others(value, at, height):
    panel = drawn(value, open_ended=True, qualifier="over")
    assert panel.paths[-1][0] == "chart-open" and panel.paths[-1][1].startswith(f"{at}h6.5")
    assert panel.height == height
    assert panel.notes[1:] == ["The dashed square stands for “over”: how far beyond is not stated."]
    assert panel.description == f"over {value} people" and panel.labels[0][3] == f"over {value}"


@pytest.mark.parametrize(
    ("value", "css"), [("12345678901", "chart-number"), ("123456789012", "chart-number long")]
)
def test_a_number_of_fifteen_signs_is_written_smaller(value, css):
    assert len(f"{int(value):,}") == (14 if css == "chart-number" else 15)
    assert drawn(value).labels == [(css, 0, 18, f"{int(value):,}")]


@pytest.mark.parametrize(("longest", "distinct"), [(1, True), (16, True), (17, False), (1000, False)])
def test_marks_stand_apart_while_they_can_be_told_apart(longest, distinct):
    assert marks_are_distinct(longest) == distinct
    panel = bars("Title", [("one", longest, ""), ("none", 0, "")], longest)
    [(css, path)] = panel.paths
    assert (css, path.count("M")) == ("series-1", longest if distinct else 1)


def test_bars_are_named_and_counted_and_share_a_scale():
    panel = bars("Title", [("one", 2, ""), ("two", 0, ""), ("three", 4, "")], 4)
    assert (panel.title, panel.description, panel.height) == ("Title", "one: 2; two: 0; three: 4", 54)
    assert panel.labels == [
        ("chart-year", 0, 12.5, "one"),
        ("chart-count", 93, 12.5, "2"),
        ("chart-year", 0, 30.5, "two"),
        ("chart-count", 66, 30.5, "0, none on record"),
        ("chart-year", 0, 48.5, "three"),
        ("chart-count", 117, 48.5, "4"),
    ]
    assert [path for _css, path in panel.paths] == [
        "M66 4h10v10h-10zM78 4h10v10h-10z",
        "".join(f"M{66 + 12 * n} 40h10v10h-10z" for n in range(4)),
    ]
    [(_css, path)] = bars("Title", [("one", 21, "")], 42).paths
    assert path == "M66 4h42v10h-42z"


def test_each_grade_has_its_sign_its_name_and_its_bar_below():
    panel = bars("Title", [(grade, 1, grade) for grade in Grade.values], 1)
    middles = {grade: 7.5 + 31 * index for index, grade in enumerate(Grade.values)}
    half, ring = "M5 {:g}a4 4 0 0 0 0 8", "a4 4 0 0 0 0 -8z"
    filled = {
        "disputed": "",
        "supported": half.format(middles["supported"] - 4) + ring,
        "supported in part": f"M5 {middles['supported in part']:g}v-4a4 4 0 1 1 -4 4z",
        "partner supports": half.format(middles["partner supports"] - 4) + "z",
        "partner in part": f"M5 {middles['partner in part']:g}v-4a4 4 0 0 1 4 4z",
    }
    for index, grade in enumerate(Grade.values):
        css, bar = f"grade-{slugify(grade)}", f"M14 {17 + 31 * index:g}h10v10h-10z"
        signs = (
            [(f"{css} ring", half.format(middles[grade] - 4) + ring), (css, filled[grade])]
            if grade in filled
            else []
        )
        assert [path for path in panel.paths if path[0].split()[0] == css] == [*signs, (css, bar)]
        assert ("chart-name", 14, 11 + 31 * index, grade) in panel.labels
        assert ("chart-count", 29, 25.5 + 31 * index, "1") in panel.labels
    letters = {text: css for css, x, _y, text in panel.labels if x == 2}
    assert letters == {"“": "chart-name grade-organisation-only", "?": "chart-name grade-unsourced"}
    assert panel.height == 31 * len(Grade)
    assert len({*filled.values(), *letters}) == len(Grade), "two grades share a sign"
