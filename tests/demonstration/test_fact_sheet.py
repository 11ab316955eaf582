"""The fact sheet for donors, whose aim, story and board are those of the demonstration."""

import re
from html import unescape

import pytest
from django.utils.html import strip_tags

from organisation.models import Statement
from portal.exports.report.factsheet import factsheet_data
from tests.portal.exports import FACTSHEET
from tests.support.factory import a_source, cite
from tests.support.pdf import compact, read_pdf

pytestmark = pytest.mark.django_db


QUESTIONS = [
    "Before anything else",
    "What do they want?",
    "What have they done?",
    "Who else says so?",
    "How many people did it reach?",
    "What changed for children?",
    "How is money spent?",
    "Are they independent?",
    "Who answers for it?",
]


def section(title):
    sections = factsheet_data("https://example.org")["sections"]
    return next((each for each in sections if each["title"] == title), None)


def main_of(client):
    return client.get("/support/").content.decode().partition("<main")[2].partition("</main>")[0]


def test_the_fact_sheet_is_one_sheet_with_references_and_what_is_not_on_record(client):
    sheet = read_pdf(client, FACTSHEET)
    assert len(sheet.pages) == 1
    for expected in (
        "Thinking of giving?",
        "over 4,500 participants",
        "E10 v1",
        "E4 v1",
        "How is money spent?",
        "Not on record",
        "testserver/support/",
    ):
        assert sheet.says(expected), expected
    independence = Statement.objects.get(
        organisation__slug="child-soldiers-international", slug="independence"
    )
    assert sheet.says(independence.text)
    width, height = (round(float(side) / 72 * 25.4) for side in sheet.reader.pages[0].mediabox[2:])
    assert (width, height) == (210, 297)


def test_page_and_sheet_ask_the_same_and_answer_the_same_in_the_same_order(client):
    page, sheet = main_of(client), read_pdf(client, FACTSHEET)
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", page) == QUESTIONS
    sections = factsheet_data("https://example.org")["sections"]
    assert [each["title"] for each in sections] == ["", *QUESTIONS]
    words = compact(unescape(strip_tags(page)))
    for each in sections:
        for answer in each["answers"]:
            known = [each["text"] for each in answer["known"]]
            said = [answer["text"].strip("“”"), answer["small"], *known]
            assert [text for text in said if compact(text) not in words] == [], each["title"]
            assert [text for text in said if not sheet.says(text)] == [], each["title"]
    places = [words.index(compact(each)) for each in QUESTIONS]
    assert places == sorted(places)


def test_a_statement_that_staff_deleted_leaves_no_question_without_an_answer(client):
    Statement.objects.get(organisation__slug="dallaire-initiative", slug="mission").delete()
    sheet = read_pdf(client, FACTSHEET)
    assert len(sheet.pages) == 1 and sheet.says("Not answered on this sheet: What do they want?")
    assert "What do they want?" not in main_of(client)


def test_of_a_statement_two_sources_are_printed():
    mission = Statement.objects.get(organisation__slug="dallaire-initiative", slug="mission")
    for number in range(3):
        cite(mission, a_source(f"S{number}"))
    [answer] = section("What do they want?")["answers"]
    assert len(answer["known"]) == 2
    [independence] = section("Are they independent?")["answers"]
    assert (
        independence["ended"] == "Child Soldiers International (closed 2019), as it said of itself, undated"
    )


def test_the_button_that_prints_stands_before_all_questions(client):
    page = main_of(client)
    link = 'href="/support/factsheet.pdf">Print this on one page (PDF)</a>'
    assert page.index(link) < page.index("Before anything else") < page.index("What do they want?")
    assert page.lower().count("not on record") <= 2
