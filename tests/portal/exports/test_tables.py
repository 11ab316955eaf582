"""The tables as CSV, JSON and XLSX: the same rows in each, nothing rounded, no formulas, no drafts."""

import csv
import io
import json
from decimal import Decimal

import openpyxl
import pytest

from impact.models import Claim, Figure
from organisation.models import Affiliation, Milestone, Organisation, Succession
from portal.exports.tables import TABLES
from portal.exports.tables.file_formats import csv_lines
from portal.exports.tables.workbook import sheet_cell
from portal.exports.timeline import Event
from tests.support.claims import publish
from tests.support.factory import a_profiled_organisation, an_organisation
from tests.support.lists import publish_claims, read_list
from tests.support.people import bob
from tests.support.sampling import every, in_turn
from tests.support.site_settings import set_up_site

pytestmark = pytest.mark.django_db

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def rows_of(client, name, file_format, query=""):
    """Returns the rows of a table, each as {column: value}, as the format's own parser reads them."""
    response = client.get(f"/data/{name}.{file_format}{query}")
    assert (response.status_code, response.streaming) == (200, True)
    content = response.getvalue()
    if file_format == "json":
        return json.loads(content)[name]
    if file_format == "csv":
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True).active
    heading, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heading, ("" if cell is None else cell for cell in row), strict=True)) for row in rows]


def flattened(row):
    """Returns a row of JSON as CSV and XLSX have it."""
    figures = [
        " ".join(filter(None, [each["qualifier"], each["value"], each["unit"]]))
        for each in row.get("figures", [])
    ]
    flat = {
        name: "; ".join(value) if isinstance(value, list) and name != "figures" else str(value)
        for name, value in row.items()
    }
    return flat | ({"figures": "; ".join(figures)} if "figures" in row else {})


@pytest.mark.parametrize("name", every(2, list(TABLES)))
def test_a_table_holds_the_same_rows_in_every_form_and_each_column_that_is_declared(client, name):
    publish(together_with="Partners")
    rows = rows_of(client, name, "json")
    assert rows and all(list(row) == [column.name for column in TABLES[name].columns] for row in rows)
    expected = [flattened(row) for row in rows]
    assert rows_of(client, name, "csv") == expected
    assert [
        {key: str(value) for key, value in row.items()} for row in rows_of(client, name, "xlsx")
    ] == expected


def test_every_row_leads_to_where_it_can_be_read_for_good(client):
    rows = [row for name in TABLES for row in rows_of(client, name, "csv")]
    # A fold that says what is not on record points at nothing.
    told = [row for row in rows if row.get("kind") != "not on record"]
    assert {row["address"] for row in rows if row not in told} == {""}
    for address in {row["address"].partition("#")[0] for row in told}:
        assert address.startswith("http://testserver/"), address
        assert client.get(address.removeprefix("http://testserver")).status_code == 200, address


@pytest.mark.parametrize("name", TABLES)
def test_what_names_a_row_names_no_other_and_what_is_never_empty_is_not(client, name):
    table, rows = TABLES[name], rows_of(client, name, "csv")
    keys = [tuple(row[column] for column in table.key) for row in rows]
    assert len(set(keys)) == len(keys)
    required = [column.name for column in table.columns if column.required]
    assert [row for row in rows if not all(row[column] for column in required)] == []
    for column in table.columns:
        if column.values:
            assert {row[column.name] for row in rows} <= {"", *column.values}
    for column, (other, named) in table.foreign_keys.items():
        known = {row[named] for row in rows_of(client, other, "csv")}
        assert {row[column] for row in rows} - {""} <= known, column


def test_the_line_of_quoted_words_is_the_one_that_the_page_of_the_source_shows(client):
    for row in rows_of(client, "evidence", "json", "?claim=E10"):
        page, _sign, line = row["source_address"].removeprefix("http://testserver").partition("#")
        [shown] = [
            part for part in client.get(page).content.decode().split("<li") if f'id="{line}"' in part
        ] or [""]
        assert row["words"] in shown or not row["words"]


def test_dates_stay_as_precise_as_their_sources_and_numbers_as_they_were_published(client):
    claim = Claim.objects.get(number=10)
    claim.figures.filter(unit="participants").update(value="1234567890123.25", as_of="1998-05")
    claim.figures.filter(unit="countries").update(value="55.50", as_of="2002")
    publish(as_of="2002-02-12")
    for file_format in ("csv", "json", "xlsx"):
        assert rows_of(client, "claims", file_format, "?claim=E10")[0]["as_of"] == "2002-02-12"
        figures = {row["unit"]: row for row in rows_of(client, "figures", file_format, "?claim=E10")}
        assert [Decimal(str(figures[unit]["value"])) for unit in ("participants", "countries")] == [
            Decimal("1234567890123.25"),
            Decimal("55.5"),
        ]
        assert [figures[unit]["as_of"] for unit in ("participants", "countries")] == ["1998-05", "2002"]
    assert figures["countries"]["value"] == 55.5


def test_a_number_of_more_digits_than_a_spreadsheet_keeps_is_text_in_it():
    [column] = [column for column in TABLES["figures"].columns if column.name == "value"]
    value = column.read(Figure(value=Decimal("123456789012345678.25")), "")
    sheet = openpyxl.Workbook(write_only=True).create_sheet()
    assert (value, sheet_cell(sheet, column, value).value, sheet_cell(sheet, column, value).data_type) == (
        "123456789012345678.25",
        value,
        "s",
    )
    assert sheet_cell(sheet, column, "1234567890123.25") == 1234567890123.25


def test_each_sign_with_which_a_formula_begins_is_escaped_in_every_csv_file():
    for sign in FORMULA_SIGNS:
        [[_heading], [cell]] = csv.reader(csv_lines(["text"], [[f"{sign}1+1"]]))
        assert cell == f"'{sign}1+1"


@pytest.mark.parametrize("sign", in_turn(FORMULA_SIGNS, 0))
def test_a_cell_that_a_spreadsheet_would_run_stays_text(client, sign):
    claim = Claim.objects.get(number=10)
    claim.figures.filter(unit="participants").update(label=f"{sign}1+1", unit=f"{sign}cmd")
    publish(statement=f"{sign}HYPERLINK(1)", together_with="#N/A")
    assert rows_of(client, "claims", "csv", "?claim=E10")[0]["statement"] == f"'{sign}HYPERLINK(1)"
    assert f"'{sign}1+1" in [row["label"] for row in rows_of(client, "figures", "csv", "?claim=E10")]
    assert rows_of(client, "claims", "json", "?claim=E10")[0]["statement"] == f"{sign}HYPERLINK(1)"
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/data/claims.xlsx?claim=E10").getvalue())).active
    cells = {cell.value: cell.data_type for cell in sheet[2] if cell.value is not None}
    assert {kind for value, kind in cells.items() if isinstance(value, str)} == {"s"}
    assert {value.strip() for value in cells if isinstance(value, str)} >= {
        f"{sign}HYPERLINK(1)".strip(),
        "#N/A",
    }


def test_signs_that_no_file_can_hold_are_left_out_and_lines_and_quotes_stay(client):
    publish(statement='One\x0b\x1b "two"\nthree,\ufffe ł 漢 😀', limitations="x" * 40_000)
    for file_format in ("csv", "json", "xlsx"):
        [row] = rows_of(client, "claims", file_format, "?claim=E10")
        assert row["statement"] == 'One  "two"\nthree, ł 漢 😀'
    assert row["limitations"].endswith(" …") and len(row["limitations"]) == 32_767
    event = Event("2002", "A\x00b", Milestone(slug="x"), Organisation(slug="o", official_name="O\x00"))
    assert (
        TABLES["timeline"].row(event, "")["title"],
        TABLES["timeline"].row(event, "")["organisation"],
    ) == ("Ab", "O")


def test_every_edition_stays_in_the_table_of_editions_until_its_claim_is_withdrawn(client):
    publish(together_with="Partners")
    editions = rows_of(client, "editions", "csv", "?claim=E10")
    assert [(row["edition"], row["state"]) for row in editions] == [("1", "earlier"), ("2", "corrected")]
    assert [row["edition"] for row in rows_of(client, "claims", "csv", "?claim=E10")] == ["2"]
    Claim.objects.get(number=10).withdraw(by=bob(), reason="It was about somebody else", seen=Claim.AS_STORED)
    for name in ("claims", "editions", "figures", "evidence"):
        assert rows_of(client, name, "json", "?claim=E10") == []


def test_an_organisation_that_only_a_draft_names_is_in_no_table(client):
    hidden = Organisation.objects.create(slug="hidden", official_name="Zugzwang")
    claim = Claim.objects.create(
        organisation=hidden, statement="We", subject="s", theme="training", type="output"
    )
    assert "hidden" not in [row["slug"] for row in rows_of(client, "organisations", "csv")]
    assert client.get("/api/v1/organisations/hidden").status_code == 404
    publish_claims(1, organisation=hidden)
    assert "hidden" in [row["slug"] for row in rows_of(client, "organisations", "csv")]
    assert claim.current_edition is None


def test_an_organisation_says_its_other_names_and_what_it_was_called_before(client):
    union = a_profiled_organisation("Harbour Union", founded="1998-05")
    Succession.objects.create(earlier=union, later=an_organisation(profiled=True), kind="renamed")
    rows = {row["slug"]: row for row in rows_of(client, "organisations", "json")}
    assert rows["harbour-aid"]["formerly"] == ["Harbour Union"]
    assert rows["harbour-union"]["founded"] == "1998-05" and rows["harbour-union"]["address"].endswith(
        "/organisations/harbour-union/"
    )
    named = Affiliation.objects.filter(with_whom__profiled=False).first().with_whom
    assert rows[named.slug]["address"] == f"http://testserver/api/v1/organisations/{named.slug}"


def test_what_charlie_has_narrowed_the_register_to_is_what_is_taken_home(client):
    for values in ({"type": "output"}, {"type": "outcome"}, {"organisation": an_organisation("Sea Aid")}):
        publish_claims(2, **{"organisation": an_organisation()} | values)
    page = client.get("/evidence/?organisation=harbour-aid&type=output").content.decode()
    address = page.split('">Download these claims (CSV)')[0].rpartition('href="')[2].replace("&amp;", "&")
    rows = rows_of(client, "claims", "csv", address.partition(".csv")[2].partition("#")[0])
    references = read_list(client, "/evidence/?organisation=harbour-aid&type=output").references
    assert [row["reference"] for row in rows] == references and len(references) == 2
    assert 'href="/data/claims.csv">Download every claim (CSV)' in client.get("/evidence/").content.decode()
    assert "Download these claims" not in client.get("/evidence/").content.decode()


INVALID = [
    *("colour=red", "theme=red", "year=20", "claim=10", "claim=E9999999999"),
    *("organisation=%00", "organisation=", "%00=1"),
]


@pytest.mark.parametrize(
    ("query", "file_format"),
    [(query, each) for n, query in enumerate(INVALID) for each in in_turn(["csv", "json", "xlsx"], n)],
)
def test_an_invalid_parameter_is_refused_in_a_sentence(client, file_format, query):
    response = client.get(f"/data/claims.{file_format}?{query}")
    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
    assert response.json()["detail"].endswith(".") and response.json()["errors"]


def test_a_file_costs_the_same_number_of_queries_whatever_it_holds(client, django_assert_max_num_queries):
    publish_claims(40)
    for name in TABLES:
        for file_format in ("csv", "json", "xlsx"):
            with django_assert_max_num_queries(9):
                rows_of(client, name, file_format)


def test_a_program_on_any_site_may_read_the_files_and_nothing_else_can_be_done_with_them(client):
    response = client.get("/data/claims.csv")
    assert response["Access-Control-Allow-Origin"] == "*" and response.cookies == {}
    assert response["Content-Disposition"] == 'attachment; filename="claims.csv"'
    assert client.post("/data/claims.csv").status_code == 405


# The data package


def test_the_data_package_describes_each_file_as_its_specification_wants_it(client):
    package = client.get("/data/datapackage.json").json()
    assert package["$schema"].startswith("https://datapackage.org/profiles/2.0/")
    assert [resource["name"] for resource in package["resources"]] == list(TABLES)
    for resource in package["resources"]:
        assert resource["path"].startswith("http://testserver/data/") and (
            resource["type"],
            resource["format"],
        ) == ("table", "csv")
        heading = client.get(resource["path"]).getvalue().decode("utf-8-sig").splitlines()[0].split(",")
        schema = resource["schema"]
        assert [field["name"] for field in schema["fields"]] == heading
        assert all(
            field["type"] in ("string", "integer", "number", "datetime") and field["description"]
            for field in schema["fields"]
        )
        assert set(schema["primaryKey"]) <= set(heading)
        for key in schema.get("foreignKeys", []):
            other = next(
                each for each in package["resources"] if each["name"] == key["reference"]["resource"]
            )
            assert set(key["fields"]) <= set(heading)
            assert set(key["reference"]["fields"]) <= {field["name"] for field in other["schema"]["fields"]}


def test_a_licence_is_named_when_one_is_on_record_and_never_made_up(client):
    assert "licenses" not in client.get("/data/datapackage.json").json()
    assert "No licence of the data is on record" in client.get("/data/").content.decode()
    for setting, expected in (
        ("CC-BY-4.0", {"name": "CC-BY-4.0"}),
        ("https://example.org/terms", {"path": "https://example.org/terms"}),
    ):
        set_up_site(licence=setting)
        assert client.get("/data/datapackage.json").json()["licenses"] == [expected]
        page = client.get("/data/").content.decode()
        assert f">{setting}</" in page and "is on record: ask" not in page


# The page


def test_the_page_explains_every_field_and_offers_every_file(client):
    page = client.get("/data/").content.decode()
    for name, table in TABLES.items():
        part = page.split(f'id="{name}"')[1].split("</section>")[0]
        assert [
            file_format
            for file_format in ("csv", "json", "xlsx")
            if f'href="/data/{name}.{file_format}"' not in part
        ] == []
        assert [column.name for column in table.columns if f">{column.name}</code>" not in part] == []
    assert 'href="/data/datapackage.json"' in page and 'href="/api/docs/"' in page


def test_the_page_is_found_from_the_foot_of_every_page_and_from_that_of_the_press(client):
    assert '<a href="/data/">Data</a>' in client.get("/").content.decode().split("<footer")[1]
    assert 'href="/data/claims.csv"' in client.get("/press/").content.decode()
