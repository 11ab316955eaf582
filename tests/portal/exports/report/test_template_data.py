"""The data of the printed documents: facts, labels, notes and addresses."""

import datetime

import pytest

from impact.grades import Grade
from impact.models import Edition
from organisation.models import Succession
from portal.exports.report.content import load_report
from portal.exports.report.template_data import claim_data, common_data, facts_of, report_data
from tests.support.factory import (
    a_claim,
    a_figure,
    a_passage,
    a_profiled_organisation,
    an_organisation,
    published,
)
from tests.support.lists import publish_claims

pytestmark = pytest.mark.django_db

SITE = "https://example.org"


def facts(data):
    return {fact["term"]: fact["value"] for fact in data}


def in_full(claim):
    return Edition.objects.in_full().get(pk=claim.current_edition_id)


def test_a_document_says_of_which_day_it_is_and_where_it_stands():
    data = common_data("Title", datetime.date(2011, 4, 9), SITE, "/x/")
    assert (data["title"], data["date"], data["as_of"], data["language"]) == (
        "Title",
        [2011, 4, 9],
        "As of 9 April 2011",
        "en",
    )
    assert data["qr"]["alt"] == "QR code: https://example.org/x/" and data["address"] == f"{SITE}/x/"
    assert data["page_numbers"] == "Page {page} of {pages}"
    assert common_data("Title", None, SITE, "/")["as_of"] == "As of not stated"
    unknown = common_data("Title", None, "", "/x/")
    assert (unknown["qr"], unknown["address"]) == ("", "This site has no public address yet.")
    assert (data["not_on_record"], data["site"]) == ("Not on record.", "Children's Rights Up Front")
    assert data["print_notice"] == "Printed copy. Check the reference online before citing."


def test_what_is_not_on_record_of_an_organisation_is_no_fact():
    assert facts(facts_of(an_organisation())) == {"Official name": "Harbour Aid"}
    full = an_organisation(
        "Full", short_name="F", other_names="A\nB", founded="1801", closed="1802-03", seat="Quay"
    )
    assert facts(facts_of(full)) == {
        "Official name": "Full",
        "Short name": "F",
        "Other names": "A, B",
        "Founded": "1801",
        "Closed": "March 1802",
        "Seat": "Quay",
    }


def test_a_claim_is_printed_with_everything_that_its_edition_says():
    passage = a_passage(
        author=an_organisation("Sea Press"), publisher=an_organisation("Book House"), published="2011"
    )
    claim = a_claim(
        source=passage.source,
        role="led",
        together_with="the coast",
        as_of="2010-05",
        limitations="By hand",
    )
    claim.citations.update(passage=passage, note="It counts them")
    a_figure(claim, "1234.50", qualifier="over", as_of="2009")
    data = claim_data(in_full(published(claim)), SITE)
    name = claim.reference
    assert {
        key: data[key]
        for key in ("reference", "version", "edition", "grade", "grade_label", "change", "statement")
    } == {
        "reference": name,
        "version": f"{name} v1",
        "edition": "Edition 1",
        "grade": "organisation only",
        "grade_label": "Only the organisation says so",
        "change": "",
        "statement": "“We taught 40 pilots”",
    }
    assert facts(data["facts"]) == {
        "Theme": "Training",
        "Part claimed": "Led",
        "Together with": "the coast",
        "As of": "May 2010",
    }
    assert data["figures"] == [
        {
            "qualifier": "over",
            "value": "1,234.5",
            "unit": "pilots",
            "label": "pilots",
            "origin": "Computed from “We taught 40 pilots”: counted",
            "as_of": "As of: 2009",
        }
    ]
    assert (data["limitations"]["text"], data["address"]) == (
        "By hand",
        f"{SITE}/evidence/{name.lower()}/v1/",
    )
    [note] = data["sources"]["notes"]
    assert [str(each) for each in note["by"]] == ["Sea Press", "2011"] and note["text"] == "It counts them"
    assert note["address"] == f"{SITE}/sources/we-taught-40-pilots/#L1"


@pytest.mark.parametrize(
    ("change", "label"),
    [
        ("update", ""),
        ("correction", "Correction: what stood here was wrong"),
        ("retired", "Retired: it was true then and is kept for the record"),
    ],
)
def test_only_a_correction_and_a_retirement_are_printed_as_such(change, label):
    claim = published(a_claim())
    assert claim_data(in_full(published(claim, change=change, statement="Other")), SITE)["change"] == label


def test_the_report_of_one_organisation_has_its_own_title_lead_and_address():
    aid = a_profiled_organisation()
    Succession.objects.create(earlier=an_organisation("Old"), later=aid, kind="renamed")
    Succession.objects.create(earlier=aid, later=an_organisation("New"), kind="renamed")
    publish_claims(2, organisation=aid, grade="organisation only")
    data = report_data(load_report(aid), SITE)
    assert (data["title"], data["address"]) == (
        "Harbour Aid: the published record",
        f"{SITE}/organisations/harbour-aid/",
    )
    assert str(data["lead"]).startswith("What the organisation says of itself")
    assert data["parts"][0]["life"]["sentences"] == [
        "Renamed New (undated).",
        "Formerly Old (renamed: undated).",
    ]
    unseen = report_data(load_report(an_organisation("Lantern", profiled=True)), SITE)
    assert unseen["address"] == f"{SITE}/impact/report/"
    whole = report_data(load_report(), SITE)
    assert (whole["title"], whole["address"]) == ("The published record", f"{SITE}/impact/report/")
    assert str(whole["lead"]).startswith("What the organisations say of themselves")
    assert whole["crease_pattern"] != data["crease_pattern"]
    assert [grade["grade"] for grade in data["grades"]] == Grade.values
    row = data["chart"]["rows"][Grade.values.index("organisation only")]
    assert (row["names"], row["value"], len(row["records"])) == (
        ("Harbour Aid (renamed New)", "only the organisation says so"),
        2,
        2,
    )
    assert row["records"][0]["address"].startswith(f"{SITE}/evidence/e")
    assert [str(each) for each in data["chart"]["headings"]] == ["Organisation", "Grade", "Number", "Claims"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/impact/report.pdf", "published-record"),
        ("/organisations/harbour-aid/report.pdf", "published-record-harbour-aid"),
        ("/support/factsheet.pdf", "fact-sheet"),
    ],
)
def test_a_document_has_its_name_and_its_day_and_a_browser_asks_each_time(client, monkeypatch, path, name):
    an_organisation(profiled=True)
    monkeypatch.setattr("portal.exports.report.views.cached_pdf", lambda template, data: ("hash", b"%PDF"))
    monkeypatch.setattr(
        "portal.exports.report.content.timezone.localdate", lambda at=None: datetime.date(2011, 4, 9)
    )
    response = client.get(path)
    assert response["Content-Disposition"] == f'inline; filename="{name}-2011-04-09.pdf"'
    assert (response["ETag"], response["Cache-Control"], response.content) == ('"hash"', "no-cache", b"%PDF")
