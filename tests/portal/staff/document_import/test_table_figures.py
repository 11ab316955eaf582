"""A row of a table of figures by period becomes a claim with its figures, and a sum is checked."""

import pytest

from portal.staff.document_import.document import join_lines
from portal.staff.document_import.readers.shape import Line, row
from portal.staff.document_import.rules.suggestions import suggest

PROSE = Line(
    "We are here for the children of the islands and for all of the people who look after them. " * 4
)


def claims(*rows, caption="", heading=""):
    """Returns the claims of a table whose cells are given as texts with “|” between two."""
    lines = [PROSE, *([Line(heading, "heading", 1)] if heading else [])]
    lines += [Line(caption, "caption")] if caption else []
    lines += [row([(cell.strip(), False) for cell in each.split("|")], 1) for each in rows]
    text, parts = join_lines(lines)
    found = [each for each in suggest(text, parts) if each.rule == "table"]
    for claim in found:
        assert all(text[figure.start : figure.end] == figure.as_written for figure in claim.figures)
    return found


def figures(claim):
    return [(figure.label, str(figure.value), figure.date) for figure in claim.figures]


def test_each_row_is_a_claim_with_a_figure_for_each_period():
    [claim] = claims("Service|2023|2024|2025", "Children in school|1,200|–|1 450", caption="Table 2. Schools")
    assert figures(claim) == [
        ("Children in school, 2023", "1200", "2023"),
        ("Children in school, 2025", "1450", "2025"),
    ]
    assert claim.values == {
        "text": "Schools – Children in school: 1,200 (2023), 1 450 (2025)",
        "date": "2025",
        "in_our_words": True,
    }
    assert len(claim.extra_spans) == 2  # the caption and the periods


@pytest.mark.parametrize(
    ("period", "date"),
    [
        ("2025", "2025"),
        ("March 2025", "2025-03"),
        ("Q3 2025", "2025-09"),
        ("H1 2025", "2025-06"),
        ("2024/25", "2025"),
        ("2024–2025", "2025"),
    ],
)
def test_a_period_is_as_precise_as_its_words(period, date):
    [claim] = claims(f"Service|{period}", "Children|12")
    assert [figure.date for figure in claim.figures] == [date]


@pytest.mark.parametrize(
    "rows",
    [
        ["Service|Number", "Children|12"],
        ["Service|2024|2025", "12|13|14"],
        ["Service|2024|2025", "Children|many|14"],
        ["Service|2024|2025", "Children|12|13|14"],
        ["Service|2024", "Children|1.200"],
    ],
    ids=["no period", "no name", "no number", "a cell under no words", "two readings"],
)
def test_what_is_not_understood_whole_is_not_suggested(rows):
    assert claims(*rows) == []


def test_the_caption_may_give_the_period_and_two_rows_may_head_the_table():
    [claim] = claims(
        "District|Pupils||Adults",
        "|Girls|Boys|",
        "North|12|13|4",
        caption="Participants by district, 2025",
    )
    assert [figure[0] for figure in figures(claim)] == [
        "North, Pupils, Girls",
        "North, Pupils, Boys",
        "North, Adults",
    ]
    assert {figure.date for figure in claim.figures} == {"2025"}
    assert claims("District|Pupils", "North|12", caption="Participants, 2023–2025") == []


def test_numbers_before_what_they_count_are_of_the_year_of_their_heading():
    [claim] = claims("427|children received", heading="The year 2025 at a glance")
    assert claim.values == {"text": "427 children received", "date": "2025"}
    assert figures(claim) == [("children received", "427", "2025")]
    assert claims("427|children received", heading="At a glance") == []


@pytest.mark.parametrize(("total", "is_right"), [("30", True), ("31", False)])
def test_a_sum_that_does_not_add_up_is_said(total, is_right):
    found = claims("Path|2025", "School|10", "Work|20", f"Total|{total}")
    remarks = [claim.remark for claim in found]
    assert remarks[:2] == ["", ""]
    assert remarks[2] == (
        "" if is_right else "The rows above add up to 30 in “Total, 2025”; the document says 31."
    )
