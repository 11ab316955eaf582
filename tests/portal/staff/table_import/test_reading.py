"""A file is read as a person sees it in a spreadsheet, and what it leaves out is told."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl.styles import Font

from organisation.reader_process.unreadable import Unreadable
from portal.staff.table_import import reading
from portal.staff.table_import.number_formats import shown_number, shown_text
from portal.staff.table_import.reading import read
from tests.support.spreadsheets import TABLE_COLUMNS as COLUMNS
from tests.support.spreadsheets import csv_bytes, table_of, xlsx

INPUTS = Path(__file__).parents[3] / "inputs"
DAY = 35916  # the first of May 1998


@pytest.mark.parametrize(
    ("number", "number_format", "shown"),
    [
        *[(0.35, "0%", "35%"), (0.355, "0.0%", "35.5%"), (0.05, "0 %", "5 %"), (0.3549, "0%", "35%")],
        *[(DAY, "mmm-yy", "1998-05"), (DAY, "yyyy", "1998"), (DAY, "mmmm yyyy", "1998-05")],
        *[
            (DAY, "[$-409]mmmm\\ yyyy;@", "1998-05"),
            (DAY, "d-mmm", "1 May"),
            (DAY, "dd/mm/yyyy", "1998-05-01"),
        ],
        *[(DAY + 0.4, "yyyy-mm-dd h:mm", "1998-05-01"), (0.5, "h:mm AM/PM", "12:00"), (DAY, "mmm", "May")],
        *[(DAY, "dddd", "Fri"), (DAY, "ddd d", "1"), (DAY, "dddd, mmm", "May")],
        *[(DAY, "[$-F800]dddd, mmmm dd, yyyy", "1998-05-01"), (59, "yyyy-mm-dd", "1900-02-28")],
        *[(1240, "#,##0", "1240"), (2.345, "0.0", "2.3"), (2.35, "0.0", "2.4"), (7, "0000", "0007")],
        *[(1.24e6, '0.0,,"M"', "1.2M"), (5, '"£"#,##0.00', "£5.00"), (5, "[$€-407]\\ #,##0", "€ 5")],
        *[(-5, "0;(0)", "(5)"), (-5, "General", "-5"), (-0.004, "0.00", "0.00"), (0, "0;-0;;@", "")],
        *[(1 / 3, "# ?/?", "1/3"), (1.5, "# ?/?", "1 1/2"), (1234.5, "0.00E+00", "1230"), (DAY, ";;;", "")],
        *[(0.1 + 0.2, "General", "0.3"), (1500.0, "General", "1500"), (1 / 3, "General", "0.333333333")],
        *[(1500, '[>=1000]0.0,"k";0', "1.5k"), (999, '[>=1000]0.0,"k";0', "999"), (45, "@", "45")],
        *[(1240.5, "_-* #,##0.00_-;-* #,##0.00_-", "1240.50"), (3, '0" children"', "3 children")],
        # Of a format that leaves the thousands out and says so with no letter, they are written again.
        *[(1240400, "#,##0,", "1240000"), (1249000, "0.0,,", "1200000"), (1240400, '#,##0," k"', "1240 k")],
        *[(1240400, "$#,##0,", "$1240000"), (400, "#,##0,", "0"), (-1240400, "#,##0,", "-1240000")],
        *[(2.5, "0.##", "2.5"), (2, "0.##", "2"), (12345678901, "General", "12345678901")],
    ],
)
def test_a_number_is_read_as_its_format_shows_it_and_never_more_precise(number, number_format, shown):
    assert shown_number(number, number_format) == shown


@pytest.mark.parametrize("number", [-1, 60.5, 1e9])
def test_a_day_that_no_calendar_has_is_none(number):
    with pytest.raises(ValueError):
        shown_number(number, "yyyy")


def test_days_may_be_counted_from_1904():
    assert shown_number(0, "yyyy-mm-dd", from_1904=True) == "1904-01-01"


def test_a_format_may_hide_text_or_write_around_it():
    assert [shown_text("a", code) for code in ("@", ";;;", '0;0;0;"“"@"”"')] == ["a", "", "“a”"]


FIRST = ["Lantern Initiative", "2001", "One", "First text."]
FRENCH = ["Lantern Initiative", "2001", "Réunion", "Première réunion à Genève – “prête”."]
TEXTS = ["It began in May 1998.", "It went on in 2004.", "It ended in February 2007."]
FILES = {
    "claims-merged-subject.xlsx": {number: [f"E{number - 1}", "children released"] for number in (2, 3, 4)},
    "figures-percent-cell.xlsx": {2: ["E1", "share of girls", "", "35%", "%"]},
    "timeline-month-cells.xlsx": {
        2: ["Lantern Initiative", "1998-05", "Month only", TEXTS[0]],
        3: ["Lantern Initiative", "2004", "Year only", TEXTS[1]],
        4: ["Lantern Initiative", "2007-02", "Month in words", TEXTS[2]],
    },
    "timeline-on-second-sheet.xlsx": {2: FIRST},
    "timeline-blank-rows.xlsx": {2: FIRST, 5: ["Lantern Initiative", "31/12/2002", "Two", "Second text."]},
    "timeline-blank-rows.csv": {2: FIRST, 5: ["Lantern Initiative", "31/12/2002", "Two", "Second text."]},
    "timeline-excel-month.csv": {
        2: ["Lantern Initiative", "May-98", "One", "First text."],
        3: ["Lantern Initiative", "12/02/2002", "Two", "Second text."],
    },
    "timeline-sep-line.csv": {2: FRENCH},
    "timeline-many-styles.xlsx": {2: ["Lantern Initiative", "2001", "One", "First."]},
    "timeline-cp1252-semicolon.csv": {2: FRENCH},
    "timeline-utf16-tab.csv": {2: FRENCH},
    "timeline-mac-line-ends.csv": {2: FIRST, 3: ["Lantern Initiative", "2002", "Two", "Second text."]},
    "timeline-inch-quotes.csv": {
        2: ["Lantern Initiative", "2001", "One", 'The 12" shell fell near the school.']
    },
    "timeline-heading-odd-spaces.xlsx": {2: ["Lantern Initiative", "2001", "One", "First."]},
    "figures-french.csv": {
        2: ["E1", "enfants", "", "1\u202f240", "enfants"],
        3: ["E1", "part", "", "12,5", "%"],
    },
    "figures-german.csv": {2: ["E1", "Kinder", "", "1.240", "Kinder"], 3: ["E1", "Anteil", "", "12,5", "%"]},
}


@pytest.mark.parametrize("name", FILES)
def test_each_input_is_read_with_the_numbers_of_its_rows(name):
    columns = ("reference", "subject", "claim", "label", "value", "organisation", "date", "title", "text")
    table = read((INPUTS / name).read_bytes(), f".{name.rpartition('.')[2]}", columns)
    assert dict(zip(table["numbers"], table["rows"], strict=True)) == FILES[name]


def refusal_of(change, *rows):
    with pytest.raises(Unreadable) as refused:
        table_of(change, *rows)
    return refused.value.code, *refused.value.details.values()


def test_hidden_rows_and_columns_are_left_out_and_told():
    def hide(_workbook, sheet):
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True

    names, rows, notes = table_of(hide)
    assert (names, rows) == (["reference", "date"], {3: ["E2", "1999"]})
    assert notes == [["hidden_columns", ["subject"]], ["hidden_rows", ["2"]]]


def test_a_hidden_column_by_which_records_are_known_is_refused():
    def hide(_workbook, sheet):
        sheet.column_dimensions["A"].hidden = True

    assert refusal_of(hide) == ("hidden_key", "reference")


def test_cells_that_are_struck_out_are_read_as_empty_and_whole_rows_left_out():
    def strike(_workbook, sheet):
        sheet["B2"].font = sheet["A3"].font = Font(strike=True)
        sheet.append(["E3", "c", None])
        sheet["A4"].font = sheet["B4"].font = Font(strike=True)

    _names, rows, notes = table_of(strike)
    assert rows == {2: ["E1", "", "1998"]}
    assert notes == [["struck_rows", ["3–4"]], ["struck_cells", ["B2"]]]


def test_hidden_sheets_are_not_read_and_the_sheet_that_is_read_is_named():
    def more(workbook, sheet):
        sheet.sheet_state = "hidden"
        workbook.create_sheet("Read me").append(["Subject"])
        second = workbook.create_sheet("Second")
        second.append(["Our claims"])
        second.append(["reference", "subject"])
        second.append(["E7", "g"])
        workbook.active = 2

    _names, rows, notes = table_of(more)
    assert rows == {3: ["E7", "g"]}
    assert notes == [["sheet", "Second"], ["hidden_sheets", ["Sheet"]], ["lines_above", ["1"]]]


def test_a_merged_cell_speaks_for_all_its_rows_but_not_for_two_columns():
    def merge(area):
        return lambda _workbook, sheet: sheet.merge_cells(area)

    rows = (["reference", "subject", "date"], ["E1", "a", "1998"], ["E2", None, "1999"], ["E3", "c"])
    assert table_of(merge("B2:B3"), *rows)[1:] == (
        {2: ["E1", "a", "1998"], 3: ["E2", "a", "1999"], 4: ["E3", "c", ""]},
        [["merged", ["B2:B3"]]],
    )
    assert refusal_of(merge("A2:B3"), *rows) == ("merged_columns", "A2:B3")
    title = (["Our claims", None], ["reference", "subject"], ["E1", "a"])
    assert table_of(merge("A1:B1"), *title)[1] == {3: ["E1", "a"]}

    def hide_first(_workbook, sheet):
        sheet.merge_cells("B2:B3")
        sheet.row_dimensions[2].hidden = True

    assert refusal_of(hide_first, *rows) == ("merged_hidden", "B2:B3")


def test_a_cell_whose_format_hides_it_is_read_as_empty_and_told():
    def hide(_workbook, sheet):
        sheet["B2"].number_format = ";;;"

    _names, rows, notes = table_of(hide)
    assert (rows[2], notes) == (["E1", "", "1998"], [["invisible", ["B2"]]])


def test_a_name_of_a_column_may_hold_signs_that_nobody_sees():
    assert read("reference,\u200bsubject\ufeff\nE1,a".encode(), ".csv", COLUMNS)["headers"][1] == "subject"


def test_cells_of_a_workbook_are_read_as_a_person_reads_them():
    names = ["reference", *COLUMNS[1:8]]
    row = ["E1", date(1998, 5, 1), 1500.0, 2.5, True, None, 7, " words "]
    table = read(xlsx(names, row, ["E2", datetime(2002, 2, 12, 9, 30)]), ".xlsx", COLUMNS)
    assert table["rows"] == [
        ["E1", "1998-05-01", "1500", "2.5", "TRUE", "", "7", "words"],
        ["E2", "2002-02-12", "", "", "", "", "", ""],
    ]


@pytest.mark.parametrize(
    ("text", "numbers", "notes"),
    [
        (b"Our claims\n\nreference,subject\nE1,a", [4], [["lines_above", {"rows": ["1"]}]]),
        (b"sep=|\nreference|subject\nE1|a, b", [2], []),
        (b'reference,subject\nE1,"a\nb"\nE2,c', [2, 3], []),
        (b"reference|subject\nE1|a", [2], []),
        ("reference,subject\nE1,é".encode("cp1252"), [2], [["encoding", {"encoding": "Windows-1252"}]]),
        ("reference,subject\nE1,é".encode("utf-16"), [2], []),
    ],
)
def test_a_csv_file_is_opened_as_a_spreadsheet_does(text, numbers, notes):
    table = read(text, ".csv", COLUMNS)
    assert (table["numbers"], table["notes"], table["headers"]) == (numbers, notes, ["reference", "subject"])


HEADINGS = [f"column {number}" for number in range(40)]
NAMES = [*(heading.replace(" ", "_") for heading in HEADINGS), "reference", "note", "unit"]
AT_THE_LIMIT = {
    "rows": ([["reference"], *[["E11"]] * 20], ["E11"]),
    "rows among empty ones": ([["reference"], [""], *[["E11"]] * 19, [" "], ["E11"]], ["E12"]),
    "columns": ([HEADINGS, ["a"] * 40], None),
    "signs": ([["note", "unit"], ["a", "b" * 499]], ["b"]),
}


@pytest.mark.parametrize("make", [csv_bytes, xlsx])
@pytest.mark.parametrize("case", AT_THE_LIMIT)
def test_a_table_is_read_whole_up_to_its_limits_and_refused_beyond_them(make, case, monkeypatch):
    assert (reading.MAX_ROWS, reading.MAX_COLUMNS, reading.MAX_CHARACTERS) == (20_000, 40, 4_000_000)
    monkeypatch.setattr(reading, "MAX_ROWS", 20)
    monkeypatch.setattr(reading, "MAX_CHARACTERS", 500)
    rows, one_more = AT_THE_LIMIT[case]
    extension = ".csv" if make is csv_bytes else ".xlsx"
    records = sum(row not in ([""], [" "]) for row in rows) - 1
    assert len(read(make(*rows), extension, NAMES)["rows"]) == records
    beyond = [*rows, one_more] if one_more else [[*row, "one more"] for row in rows]
    with pytest.raises(Unreadable) as refused:
        read(make(*beyond), extension, NAMES)
    assert (refused.value.code, *refused.value.details.values()) == ("too_large", 20, 40, 500)
