"""The limits of a spreadsheet, formulas, and the bytes of a streamed file."""

import csv
import io
import json
from decimal import Decimal

import openpyxl
import pytest

from portal.exports.tables import TABLES, file_formats
from portal.exports.tables import workbook as workbook_module
from tests.support.factory import a_claim, a_figure, an_organisation, published

pytestmark = pytest.mark.django_db

MAX_CELL = 32_767


def workbook(client, name, query=""):
    return openpyxl.load_workbook(io.BytesIO(client.get(f"/data/{name}.xlsx{query}").getvalue()))


def column(sheet, name):
    """Returns the cells under a heading."""
    return next(list(cells[1:]) for cells in sheet.iter_cols() if cells[0].value == name)


@pytest.mark.parametrize(
    ("length", "shown", "end"),
    [(MAX_CELL - 1, MAX_CELL - 1, "x"), (MAX_CELL, MAX_CELL, "x"), (MAX_CELL + 1, MAX_CELL, "x …")],
)
def test_a_text_fills_a_cell_to_the_last_sign_and_a_longer_one_says_that_it_is_cut(
    client, length, shown, end
):
    claim = published(a_claim(limitations="x" * length))
    query = f"?claim={claim.reference}"
    [cell] = column(workbook(client, "claims", query).active, "limitations")
    assert len(cell.value) == shown and cell.value.endswith(end)
    [row] = json.loads(client.get(f"/data/claims.json{query}").getvalue())["claims"]
    assert len(row["limitations"]) == length


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("7", 7),
        ("0.5", 0.5),
        ("123456789012345", 123456789012345),
        ("1234567890123.25", 1234567890123.25),
    ],
)
def test_a_number_of_fifteen_digits_is_a_number_in_a_spreadsheet(client, value, cell):
    claim = a_claim()
    a_figure(claim, Decimal(value))
    published(claim)
    sheet = workbook(client, "figures", f"?claim={claim.reference}").active
    [found] = column(sheet, "value")
    assert (found.value, found.data_type) == (cell, "n")
    assert [(each.value, each.data_type) for each in column(sheet, "edition")] == [(1, "n")]


@pytest.mark.parametrize("value", ["1234567890123456", "12345678901234.25"])
def test_a_number_of_sixteen_digits_is_a_text_in_a_spreadsheet(value):
    # SQLite itself keeps fifteen digits, so this value never was in a database.
    [value_column] = [each for each in TABLES["figures"].columns if each.name == "value"]
    sheet = openpyxl.Workbook(write_only=True).create_sheet()
    cell = workbook_module.sheet_cell(sheet, value_column, value)
    assert (cell.value, cell.data_type) == (value, "s")


def test_a_sheet_has_the_name_of_its_table_and_its_heading_stays_in_view(client):
    sheet = workbook(client, "claims").active
    assert (sheet.title, sheet.freeze_panes) == ("Claims", "A2")
    assert workbook(client, "timeline").active.title == "Timeline"


@pytest.mark.parametrize(
    ("text", "cell"),
    [(f"{sign}1", f"'{sign}1") for sign in ("=", "+", "-", "@", "\t", "\r")]
    + [(text, text) for text in ("1=1", "a@b", "'1", " -1", "\n=1", "#1", "")],
)
def test_only_a_sign_at_the_front_makes_a_formula(client, text, cell):
    claim = published(a_claim(together_with=text))
    lines = client.get(f"/data/claims.csv?claim={claim.reference}").getvalue().decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(lines, newline=""))
    assert row["together_with"] == cell


def test_a_file_of_more_rows_than_a_chunk_is_whole(client, monkeypatch):
    monkeypatch.setattr(file_formats, "CHUNK_ROWS", 2)
    monkeypatch.setattr(workbook_module, "CHUNK_BYTES", 100)
    for number in range(5):
        an_organisation(f"Aid {number}", profiled=True)
    response = client.get("/data/organisations.csv")
    chunks = list(response.streaming_content)
    lines = b"".join(chunks).decode().splitlines()
    assert lines[0].startswith("\ufeffslug,address,official_name,") and len(lines) > 5
    assert [chunk.count(b"\r\n") for chunk in chunks[:-1]] == [2] * (len(chunks) - 1)
    whole = client.get("/data/organisations.json").getvalue().decode()
    assert whole.startswith('{"organisations": [\n{"slug"') and whole.endswith("}\n]}\n")
    assert len(json.loads(whole)["organisations"]) == len(lines) - 1
    assert len(column(workbook(client, "organisations").active, "slug")) == len(lines) - 1


def test_a_table_without_rows_is_a_file_all_the_same(client):
    query = "?organisation=nobody"
    assert json.loads(client.get(f"/data/claims.json{query}").getvalue()) == {"claims": []}
    assert client.get(f"/data/claims.csv{query}").getvalue().decode().count("\r\n") == 1
    assert workbook(client, "claims", query).active.max_row == 1


@pytest.mark.parametrize(
    ("file_format", "media_type", "disposition"),
    [
        ("csv", "text/csv; charset=utf-8", 'attachment; filename="figures.csv"'),
        ("json", "application/json", None),
        (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            'attachment; filename="figures.xlsx"',
        ),
    ],
)
def test_a_file_says_what_it_is_and_any_site_may_read_it(client, file_format, media_type, disposition):
    response = client.get(f"/data/figures.{file_format}")
    assert (response["Content-Type"], response.get("Content-Disposition")) == (media_type, disposition)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert client.head(f"/data/figures.{file_format}").status_code == 200


def test_lists_and_figures_are_joined_in_a_cell(client):
    claim = a_claim()
    a_figure(claim, 40, label="a", unit="pilots", qualifier="over")
    a_figure(claim, "2.50", label="b", unit="ships")
    published(claim)
    query = f"?claim={claim.reference}"
    [cell] = column(workbook(client, "claims", query).active, "figures")
    assert cell.value == "over 40 pilots; 2.5 ships (Computed from “We taught 40 pilots”: counted)"
    an_organisation("Lists", profiled=True, other_names="Port Aid\nQuay Aid")
    assert "Port Aid; Quay Aid" in client.get("/data/organisations.csv").getvalue().decode()
