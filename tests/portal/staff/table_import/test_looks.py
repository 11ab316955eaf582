"""Letters of a workbook in the colour that is behind them are read as empty, and told."""

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Color, Font, GradientFill, PatternFill

from tests.support.spreadsheets import table_of


@pytest.mark.parametrize(
    ("font", "fill", "text"),
    [
        (Font(color="FFFFFFFF"), None, ""),
        (Font(color="FFEEEEEE"), None, "a"),
        (Font(color=Color(theme=0)), None, ""),
        (Font(color=Color(theme=0, tint=-0.5)), None, "a"),
        (Font(color="FFFFFFFF"), "FF000080", "a"),
        (Font(color="FFFFFFFF"), "FFFFFFFF", ""),
        (Font(color="FFFAFAFA"), None, ""),
        (Font(color="FF000080"), "FF000080", ""),
        (Font(color="FF000080"), "FF000088", ""),
        (Font(color="FF000080"), "FF0000A0", "a"),
        (Font(color=Color(theme=4)), Color(theme=4), ""),
        (Font(color=Color(theme=4)), Color(theme=4, tint=0.6), "a"),
        (Font(color=Color(theme=1, tint=0.5)), "FF7F7F7F", ""),
        (Font(color=Color(indexed=10)), "FFFF0000", ""),
        (Font(color=Color(theme=0)), Color(indexed=9), ""),
        (Font(), "FF000000", "a"),
        (Font(sz=2), None, ""),
        (Font(sz=3), None, "a"),
    ],
)
def test_a_cell_whose_letters_nobody_sees_is_read_as_empty_and_told(font, fill, text):
    def paint(_workbook, sheet):
        sheet["B2"].font = font
        if fill:
            sheet["B2"].fill = PatternFill("solid", fgColor=fill)

    _names, rows, notes = table_of(paint)
    assert (rows[2][1], notes) == (text, [] if text else [["invisible", ["B2"]]])


def test_the_fill_of_a_pattern_or_a_gradient_is_behind_the_letters():
    for fill, text in (
        (PatternFill("gray125", fgColor="FFFFFFFF", bgColor="FFFFFFFF"), ""),
        (PatternFill("mediumGray", fgColor="FF000000"), "a"),
        (PatternFill("darkGrid", fgColor="FFFFFFFF"), "a"),
        (GradientFill(stop=("FFFFFFFF", "FFFDFDFD")), ""),
        (GradientFill(stop=("FFFFFFFF", "FF000080")), "a"),
    ):

        def paint(_workbook, sheet, fill=fill):
            sheet["B2"].font, sheet["B2"].fill = Font(color="FFFFFFFF"), fill

        assert table_of(paint)[1][2][1] == text


@pytest.mark.parametrize(
    ("value", "number_format", "fill", "text"),
    [
        (7, "[White]0", None, ""),
        (7, "[Color2]0", None, ""),
        (7, "[White]0", "FF000080", "7"),
        (7, "[Red]0", None, "7"),
        (-7, "0;[White]-0", None, ""),
        (7, "0;[White]-0", None, "7"),
        ("a", "0;0;0;[White]@", None, ""),
        ("a", "[White]0;0;0;@", None, "a"),
    ],
)
def test_a_format_may_give_letters_the_colour_behind_them(value, number_format, fill, text):
    def paint(_workbook, sheet):
        sheet["B2"].value, sheet["B2"].number_format = value, number_format
        if fill:
            sheet["B2"].fill = PatternFill("solid", fgColor=fill)

    _names, rows, notes = table_of(paint)
    assert (rows[2][1], notes) == (text, [] if text else [["invisible", ["B2"]]])


@pytest.mark.parametrize(
    ("fill", "font", "text"),
    [
        (None, InlineFont(color="FFFFFFFF"), "a"),
        ("FF000080", InlineFont(color="FF000080"), "a"),
        ("FF000080", InlineFont(color="FFFFFFFF"), "a secret"),
        (None, InlineFont(sz=1), "a"),
        (None, InlineFont(b=True), "a secret"),
    ],
)
def test_words_within_a_cell_that_nobody_sees_are_left_out_and_told(fill, font, text):
    def paint(_workbook, sheet):
        sheet["B2"] = CellRichText("a", TextBlock(font, " secret"))
        if fill:
            sheet["B2"].fill = PatternFill("solid", fgColor=fill)

    _names, rows, notes = table_of(paint)
    assert (rows[2][1], notes) == (text, [["invisible", ["B2"]]] if text == "a" else [])


def test_words_of_another_colour_are_seen_in_a_cell_whose_own_are_not():
    def paint(_workbook, sheet):
        sheet["B2"] = CellRichText("secret ", TextBlock(InlineFont(color="FF000000"), "a"))
        sheet["B2"].font = Font(color="FFFFFFFF")

    _names, rows, notes = table_of(paint)
    assert (rows[2][1], notes) == ("a", [["invisible", ["B2"]]])
