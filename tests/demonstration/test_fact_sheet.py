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
    assert "".join(sheet.pages).count("Not on record.") == 2


def test_of_a_statement_two_notes_are_printed_and_one_that_is_gone_is_left_out():
    mission = Statement.objects.get(organisation__slug="dallaire-initiative", slug="mission")
    for number in range(3):
        cite(mission, a_source(f"S{number}"))
    data = factsheet_data("https://example.org")
    assert len(data["aim"]["statement"]["notes"]) == 2 and data["aim"]["statement"]["kind"] == "Mission"
    assert len(data["governance"]["statements"]) == 2
    Statement.objects.filter(slug="team-and-board").update(slug="elsewhere")
    mission.delete()
    data = factsheet_data("https://example.org")
    assert data["aim"]["statement"] is None
    assert [str(each["speaker"]) for each in data["governance"]["statements"]] == [
        "Coalition to Stop the Use of Child Soldiers (renamed Child Soldiers International, closed 2019), "
        "as it said, undated"
    ]
