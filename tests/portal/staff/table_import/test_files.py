"""Files that hold no table are refused, and what is exported can be imported again."""

import csv
import re
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.exceptions import ValidationError

from impact.models import Claim
from portal.staff.table_import import reading
from portal.staff.table_import.resources import RESOURCES
from portal.staff.table_import.spreadsheet import deserialise, read_table, serialise
from tests.support.documents import package
from tests.support.factory import an_organisation
from tests.support.sampling import in_turn
from tests.support.spreadsheets import (
    csv_bytes,
    dry_run,
    error_messages,
    stored_rows,
    xlsx,
)

pytestmark = pytest.mark.django_db

UNREADABLE = {
    "an unknown column": (
        csv_bytes(["reference", "claim text"], ["E11", "x"]),
        "There is no column called “claim_text”: the columns are reference, organisation, statement",
    ),
    "a column twice": (
        csv_bytes(["reference", "reference"], ["E11", "E12"]),
        "Two columns have the same name",
    ),
    "no rows": (csv_bytes(["reference"]), "The table has no rows"),
    "nothing": (b"", "The file is empty"),
    "a cell too many": (
        csv_bytes(["reference"], ["E11", "x"]),
        "Row 2 has more cells than there are columns",
    ),
    "an open quotation": (
        b'reference,statement\nE11,"words\n',
        "cannot be read from row 2: a quotation mark may be missing",
    ),
    "no encoding": (b"reference,statement\nE11,Rom\x81o", "save it in the encoding UTF-8"),
    "a cell without end": (
        b'reference,statement\nE11,"' + b"w" * 131_073,
        "Row 2 has a cell of more than 131072 signs",
    ),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_file_without_this_table_is_refused_with_one_message(editor, case):
    contents, message = UNREADABLE[case]
    before = stored_rows()
    messages = error_messages(dry_run(editor, "claims", contents))
    assert len(messages) == 1 and message in messages[0]
    assert stored_rows() == before


HOSTILE = {
    "nine megabytes": ("a.csv", lambda: b"a,b\n" * 2_300_000, "larger than 8 MB"),
    "macros": ("a.xlsm", lambda: xlsx(["reference"], ["E11"]), "cannot come in as a table"),
    "hidden macros": (
        "a.xlsx",
        lambda: package({"xl/workbook.xml": "<w/>", "xl/vbaProject.bin": "x"}),
        "holds macros",
    ),
    "a bomb": (
        "a.xlsx",
        lambda: package({"xl/workbook.xml": "<w/>", "xl/worksheets/sheet1.xml": "a" * 21_000_000}),
        "would unpack to far more",
    ),
    "elements without end": (
        "a.xlsx",
        lambda: workbook_of("<sheetData>" + "<row>" * 65),
        "is damaged|far more than a table",
    ),
    "entities": (
        "a.xlsx",
        lambda: workbook_of("&a;", '<!DOCTYPE a [<!ENTITY a "b">]>'),
        "is damaged",
    ),
    "no workbook": ("a.xlsx", lambda: package({"xl/workbook.xml": "<w/>"}), "The table has no rows"),
    "no XML": ("a.xlsx", lambda: package({"xl/workbook.xml": "<w>"}), "is damaged"),
    "a text": ("a.xlsx", lambda: b"reference\nE11", "is not a .xlsx file"),
    "a formula": (
        "a.xlsx",
        lambda: xlsx(["reference"], ["E11"], formula='=HYPERLINK("https://example.org/","E11")'),
        "Row 2, column 1 is a formula or its error",
    ),
    "signs of NUL": ("a.csv", lambda: b"reference\nE\0 11", "something else than text"),
}


def workbook_of(sheet, doctype=""):
    relation = '<Relationship Id="a" Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
    return package(
        {
            "xl/workbook.xml": '<w xmlns:r="r"><sheet name="a" r:id="a"/></w>',
            "xl/_rels/workbook.xml.rels": f"<Relationships>{relation}</Relationships>",
            "xl/worksheets/sheet1.xml": f"{doctype}<worksheet>{sheet}",
        }
    )


@pytest.mark.usefixtures("in_a_child")
@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_with_one_message(editor, case):
    file_name, contents, message = HOSTILE[case]
    messages = error_messages(dry_run(editor, "claims", contents(), file_name))
    assert len(messages) == 1 and re.search(message, messages[0])


TOO_LARGE = "The table is larger than 20000 rows, 40 columns or 4000000 signs: bring it in by parts."
COLUMNS = ("reference", "subject", "note")


def test_a_confirmation_may_not_be_larger_than_a_table(monkeypatch):
    table = read_table(csv_bytes(["reference"], *[["E11"]] * 3), ".csv", COLUMNS)
    payload = serialise(table, set(table.numbers))
    for name, limit in (("MAX_ROWS", 2), ("MAX_CHARACTERS", 8), ("MAX_COLUMNS", 0)):
        with monkeypatch.context() as patch:
            patch.setattr(reading, name, limit)
            with pytest.raises(ValidationError, match="The table is larger than|lost on the way"):
                deserialise(payload)
    monkeypatch.setattr("portal.staff.table_import.spreadsheet.MAX_PAYLOAD_BYTES", 10)
    with pytest.raises(ValidationError, match="changes more than can be confirmed at once"):
        serialise(table, set(table.numbers))


def test_alice_is_told_that_her_table_is_too_large(editor):
    too_many = csv_bytes(["reference"], *[["E11"]] * 20_001)
    assert error_messages(dry_run(editor, "claims", too_many)) == [TOO_LARGE]


@pytest.mark.parametrize(("count", "more"), [(2, 0), (3, 1)])
def test_so_many_changes_or_errors_are_shown_and_the_others_counted(editor, count, more, monkeypatch):
    monkeypatch.setattr("portal.staff.table_import.views.MAX_SHOWN", 2)
    rows = [["report", f"Report {number}", an_organisation().slug] for number in range(count)]
    shown = dry_run(editor, "publications", csv_bytes(["kind", "title", "author"], *rows)).context
    assert (len(shown["rows"]), shown["more"], shown["changed_count"]) == (2, more, count)
    rows = [["E9999", "pilots", "5", "pilots"]] * count
    shown = dry_run(editor, "figures", csv_bytes(["claim", "label", "value", "unit"], *rows)).context
    assert (len(shown["errors"]), shown["more_errors"]) == (2, more)


def test_a_worksheet_is_read_to_its_last_row_and_column_whatever_size_it_declares():
    workbook = openpyxl.Workbook()
    workbook.active.append(["reference", "subject"])
    workbook.active["A1048576"] = "E11"
    assert read_table(saved(workbook), ".xlsx", COLUMNS).numbers == [1048576]
    workbook.active["XFD2"] = "far away"
    with pytest.raises(ValidationError, match="The cell XFD2 stands under no name of a column"):
        read_table(saved(workbook), ".xlsx", COLUMNS)


def saved(workbook):
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def test_numbers_dates_and_empty_cells_of_a_workbook_are_read_as_text(editor):
    response = dry_run(
        editor,
        "figures",
        xlsx(
            ["Claim", "Label", "Value", "Unit", "As of"],
            ["E11", "towns", 1500.0, "towns", None],
            ["E11", "schools", 2.5, "schools", "2019-05"],
        ),
        "a.xlsx",
    )
    assert [
        next(each.new for each in row.diff if each.name == "value") for row in response.context["rows"]
    ] == ["1500", "2.5"]


@pytest.mark.parametrize(
    ("name", "ending"),
    [(name, each) for number, name in enumerate(RESOURCES) for each in in_turn(["csv", "xlsx"], number)],
)
def test_an_exported_table_is_imported_without_a_change(editor, name, ending, monkeypatch):
    if ending == "csv":
        monkeypatch.setattr("portal.staff.table_import.resources.table.LONG_TABLE", 1)
    file = editor.get(f"/admin/tables/{name}.{ending}")
    response = dry_run(editor, name, file.content, f"a.{ending}")
    assert error_messages(response) == []
    assert response.context["changed_count"] == 0 and response.context["unchanged_count"] > 2
    assert "there is nothing to save" in response.content.decode()


@pytest.mark.parametrize("sign", in_turn(["+", "-", "@", "\t", "\r", "="]))
def test_no_exported_cell_is_run_as_a_formula(editor, sign):
    claim = Claim.objects.get(number=11)
    claim.limitations = f"{sign}1+1"
    claim.save()
    rows = list(
        csv.reader(StringIO(editor.get("/admin/tables/claims.csv").content.decode("utf-8-sig"), newline=""))
    )
    assert f"'{sign}1+1" in rows[11]
    workbook = openpyxl.load_workbook(BytesIO(editor.get("/admin/tables/claims.xlsx").content))
    cells = [cell for row in workbook.active.rows for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"} and any(
        cell.value.replace("_x000D_", "\r") == f"'{sign}1+1" for cell in cells
    )


@pytest.mark.parametrize(
    ("contents", "rows"),
    [
        (b"reference;subject\nE11;a, b", [{"reference": "E11", "subject": "a, b"}]),
        (b"reference\tsubject\nE11\ta; b", [{"reference": "E11", "subject": "a; b"}]),
        (b'reference,subject\r\nE11,"a\nb ""c"""', [{"reference": "E11", "subject": 'a\nb "c"'}]),
        (
            b"Reference, As Of ,\nE11,,\n,,\nE12, 2002 ",
            [
                {"reference": "E11", "as_of": ""},
                {"reference": "E12", "as_of": "2002"},
            ],
        ),
        (b"subject\n'=1+1\n'quoted'\n=1", [{"subject": "=1+1"}, {"subject": "'quoted'"}, {"subject": "=1"}]),
    ],
)
def test_a_csv_file_is_read_as_a_spreadsheet_means_it(contents, rows):
    assert read_table(contents, ".csv", ("reference", "as_of", "subject")).dict == rows


def test_a_heading_that_is_missing_or_given_twice_is_refused():
    for headings in (b"reference,,subject", b"As of,as_of"):
        with pytest.raises(ValidationError, match="name each column once"):
            read_table(headings + b"\nE11,a,b", ".csv", COLUMNS)


def test_an_error_in_a_cell_is_named_by_its_place():
    workbook = openpyxl.Workbook()
    for row in (["reference", "subject"], ["E11", "a"], ["E12", "#DIV/0!"]):
        workbook.active.append(row)
    with pytest.raises(ValidationError, match="Row 3, column 2 is a formula or its error"):
        read_table(saved(workbook), ".xlsx", COLUMNS)


def test_a_file_is_named_after_its_table_and_has_the_type_of_its_ending(editor):
    for ending, content_type in (
        ("csv", "text/csv"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ):
        file = editor.get(f"/admin/tables/timeline.{ending}")
        assert file["Content-Type"].startswith(content_type)
        assert f'filename="timeline.{ending}"' in file["Content-Disposition"]


def test_two_hundred_changes_are_shown(editor):
    for count, more in ((200, 0), (201, 1)):
        rows = [["E9999", "pilots", "5", "pilots"]] * count
        shown = dry_run(editor, "figures", csv_bytes(["claim", "label", "value", "unit"], *rows)).context
        assert (len(shown["errors"]), shown["more_errors"]) == (200, more)
