"""The fact sheet for donors, whose aim, story and board are those of the demonstration."""

import pytest

from impact.models import Highlight
from organisation.models import Statement
from portal.exports.report.factsheet import factsheet_data
from tests.portal.exports import FACTSHEET
from tests.support.factory import a_source, cite
from tests.support.pdf import read_pdf

pytestmark = pytest.mark.django_db


def test_the_fact_sheet_is_one_sheet_with_figures_references_and_what_is_not_on_record(client):
    sheet = read_pdf(client, FACTSHEET)
    assert len(sheet.pages) == 1
    for expected in (
        "over 4,500 participants",
        "E10",
        "E10 v1",
        "E20 v1",
        "E26 v1",
        "As of: not stated",
        "How funds are used: not on record",
        "testserver/support/",
    ):
        assert sheet.says(expected), expected
    independence = Statement.objects.get(
        organisation__slug="child-soldiers-international", slug="independence"
    )
    assert sheet.says(independence.text)
    width, height = (round(float(side) / 72 * 25.4) for side in sheet.reader.pages[0].mediabox[2:])
    assert (width, height) == (210, 297)


def test_what_staff_deleted_is_not_on_record_on_the_fact_sheet(client):
    Statement.objects.get(organisation__slug="dallaire-initiative", slug="mission").delete()
    Highlight.objects.all().delete()
    sheet = read_pdf(client, FACTSHEET)
    assert len(sheet.pages) == 1
    assert "".join(sheet.pages).count("Not on record") == 1


def section(title):
    sections = factsheet_data("https://example.org")["sections"]
    return next((each for each in sections if each["title"] == title), None)


def test_of_a_statement_two_notes_are_printed_and_one_that_is_gone_is_left_out():
    mission = Statement.objects.get(organisation__slug="dallaire-initiative", slug="mission")
    for number in range(3):
        cite(mission, a_source(f"S{number}"))
    [part] = section("The aim")["parts"]
    assert part["kind"] == "statements" and len(part["list"][0]["notes"]) == 2
    [part] = section("Who stands behind it")["parts"]
    assert len(part["list"]) == 2
    assert str(part["list"][1]["speaker"]) == (
        "Coalition to Stop the Use of Child Soldiers (renamed Child Soldiers International, closed 2019), "
        "as it said of itself, undated"
    )
    mission.delete()
    assert section("The aim") is None


def test_the_sheet_has_the_sections_of_the_page_in_its_order():
    sections = factsheet_data("https://example.org")["sections"]
    assert [(each["title"], [part["kind"] for part in each["parts"]]) for each in sections] == [
        ("Who is still there", ["standing"]),
        ("The aim", ["statements"]),
        ("What they say they have done, in numbers", ["figures"]),
        ("One story of change: a treaty", ["steps", "prose"]),
        ("Who stands behind it", ["statements"]),
        ("Independence, in their own words", ["statements"]),
        ("How funds are used: not on record", ["prose"]),
    ]
    steps, [others] = [part["list"] for part in sections[3]["parts"]]
    assert [(str(step["when"]), step["reference"]) for step in steps] == [
        ("May 1998", ""),
        ("What the Coalition says", "E20"),
        ("What it said under its later name", "E26"),
    ]
    assert others == "And then? What changed for children because of it is not on record here."


def test_the_page_and_its_sheet_say_that_where_to_give_is_not_on_record(client):
    page = client.get("/support/").content.decode()
    assert "Where to give: not on record." in page
    assert 'href="/support/factsheet.pdf">All of this on one sheet of paper (PDF)</a>' in page
    assert read_pdf(client, FACTSHEET).says("Where to give: not on record.")
