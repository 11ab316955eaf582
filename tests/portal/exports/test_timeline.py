"""The timeline as a page, a table and a calendar."""

import csv
import io
import re

import pytest
from django.test import Client
from django.utils.text import slugify

from advocacy.models import Instrument
from organisation.dates import partial_date_text
from organisation.models import Milestone, Organisation, Succession
from portal.exports.timeline import Event, calendar, escape_text, events, events_of, fold_line
from tests.support.factory import a_passage, an_organisation, cite
from tests.support.lists import read_list

pytestmark = pytest.mark.django_db


def test_events_stand_in_order_of_their_dates_and_the_undated_last():
    dates = [event.date for event in events()]
    dated = [date for date in dates if date]
    assert dated == sorted(dated)
    assert dates[-1] == "" and len(dated) > 20


def test_every_event_has_an_anchor_of_its_own():
    anchors = [event.anchor for event in events()]
    assert len(set(anchors)) == len(anchors)


def test_a_milestone_of_the_same_year_hides_nothing():
    aid = an_organisation(profiled=True)
    Succession.objects.create(earlier=aid, kind="closed", date="2019-06-07")
    before = len(events())
    Milestone.objects.create(organisation=aid, slug="other", date="2019", title="Other", text="Other.")
    assert len(events()) == before + 1


def test_the_address_of_an_event_leads_to_it_on_the_page(client):
    page = client.get("/timeline/").content.decode()
    assert [event.address for event in events() if f'id="{event.anchor}"' not in page] == []


def a_milestone(title, **values):
    return Milestone.objects.create(
        organisation=an_organisation(profiled=True), slug=slugify(title), title=title, text="Built.", **values
    )


def test_charlie_narrows_the_timeline_to_one_organisation(client):
    a_milestone("Founded", date="1998-05")
    a_milestone("First pier")
    shown = read_list(client, "/timeline/")
    own = events_of(events(), "harbour-aid")
    narrowed = client.get(shown.rows["Organisation"]["Harbour Aid (2)"]).content.decode()
    assert len(own) == 2 and [event for event in events() if event.anchor in narrowed] == own
    assert "Not on record." in read_list(client, "/timeline/?organisation=nobody").text


def test_charlie_takes_the_timeline_of_one_organisation_home_as_a_table(client: Client):
    a_milestone("Founded", date="1998-05")
    response = client.get("/timeline.csv?organisation=harbour-aid")
    rows = list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))
    assert [(row["date"], row["organisation"]) for row in rows] == [("1998-05", "Harbour Aid")]
    assert rows[0]["address"] == "http://testserver/timeline/#1998-05-founded-harbour-aid"


def test_a_cell_that_a_spreadsheet_would_run_stays_text(client):
    a_milestone("=1+1")
    assert "'=1+1" in client.get("/timeline.csv").getvalue().decode()


def test_charlie_takes_the_timeline_home_as_a_calendar(client):
    text = client.get("/timeline.ics").content.decode()
    assert text.startswith("BEGIN:VCALENDAR\r\n") and text.endswith("END:VCALENDAR\r\n")
    assert "DTSTART;VALUE=DATE:19980501\r\nDTEND;VALUE=DATE:19980601\r\n" in text
    assert text.count("BEGIN:VEVENT") == len([event for event in events() if event.date])
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_a_calendar_escapes_separators_and_line_ends_in_texts():
    milestone = Milestone(slug="x", organisation=Organisation(slug="o"))
    event = Event("2002-12", "One; two, three", milestone, milestone.organisation, "a\nb")
    text = calendar([event], "https://example.org")
    assert "SUMMARY:One\\; two\\, three\r\n" in text
    assert "DTEND;VALUE=DATE:20030101" in text
    assert "December 2002. a\\nb" in text


@pytest.mark.parametrize(
    ("date", "start", "end"),
    [
        ("1999", "19990101", "20000101"),
        ("1999-01", "19990101", "19990201"),
        ("1999-11", "19991101", "19991201"),
        ("1999-12", "19991201", "20000101"),
        ("2000-02-28", "20000228", "20000229"),
        ("2000-02-29", "20000229", "20000301"),
        ("1999-12-31", "19991231", "20000101"),
    ],
)
def test_a_day_a_month_or_a_year_ends_where_the_next_begins(date, start, end):
    milestone = Milestone(slug="m", organisation=Organisation(slug="aid"))
    event = Event(date, "Title", milestone, milestone.organisation, "Text", page="/timeline/")
    text = calendar([event], "http://example.org")
    assert text.split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//example.org//Timeline//EN",
        "BEGIN:VEVENT",
        f"UID:{date}-m-aid@example.org",
        f"DTSTAMP:{start}T000000Z",
        f"DTSTART;VALUE=DATE:{start}",
        f"DTEND;VALUE=DATE:{end}",
        "SUMMARY:Title",
        f"DESCRIPTION:{partial_date_text(date)}. Text (in our words)",
        f"URL:http://example.org/timeline/#{date}-m-aid",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize(
    ("line", "folded"),
    [
        ("x" * 75, "x" * 75 + "\r\n"),
        ("x" * 76, "x" * 75 + "\r\n x\r\n"),
        ("x" * 149, "x" * 75 + "\r\n " + "x" * 74 + "\r\n"),
        ("x" * 150, "x" * 75 + "\r\n " + "x" * 74 + "\r\n x\r\n"),
        ("x" * 74 + "é", "x" * 74 + "\r\n é\r\n"),
        ("x" * 73 + "é", "x" * 73 + "é\r\n"),
        ("", "\r\n"),
    ],
)
def test_a_line_of_the_calendar_has_at_most_75_bytes_with_the_space_before_it(line, folded):
    assert fold_line(line) == folded


def test_signs_of_the_calendar_are_escaped_once_and_lines_at_the_ends_go():
    assert escape_text(" a\\b;c,d\r\ne\nf \n") == "a\\\\b\\;c\\,d\\ne\\nf"


def test_a_succession_is_an_event_of_the_one_before_or_else_of_the_one_after(client):
    one, two, three = (an_organisation(f"{name} Aid", profiled=True) for name in ("One", "Two", "Three"))
    Succession.objects.create(earlier=one, later=two, kind="merged", date="1801")
    Succession.objects.create(earlier=one, later=three, kind="merged", date="1802")
    Succession.objects.create(later=three, kind="became independent", date="1803")
    Succession.objects.create(earlier=three, kind="closed", date="1804")
    Succession.objects.create(earlier=two, later=three, kind="renamed")
    own = [event for event in events() if event.date.startswith("180")]
    assert [(event.title, event.anchor, event.organisation) for event in own] == [
        ("One Aid merged into Two Aid", "1801-merged-two-aid-one-aid", one),
        ("One Aid merged into Three Aid", "1802-merged-three-aid-one-aid", one),
        ("Three Aid became independent", "1803-became-independent-three-aid", three),
        ("Three Aid closed", "1804-closed-three-aid", three),
    ]
    assert "Two Aid became Three Aid" not in [event.title for event in events()]
    assert [event.title for event in events_of(events(), "three-aid")] == [
        "One Aid merged into Three Aid",
        "Three Aid became independent",
        "Three Aid closed",
    ]


@pytest.mark.parametrize(("shared", "count"), [(True, 1), (False, 2)])
def test_a_succession_is_told_once_if_a_milestone_cites_the_same_passage(shared, count):
    aid = an_organisation(profiled=True)
    passages = [a_passage("It closed."), a_passage("It ended.")]
    milestone = Milestone.objects.create(organisation=aid, slug="end", title="End", text="x", date="1801")
    cite(milestone, passages[0].source, passage=passages[0])
    cite(milestone, passages[1].source)
    succession = Succession.objects.create(earlier=aid, kind="closed", date="1801")
    cite(succession, passages[not shared].source, passage=passages[not shared])
    assert len([event for event in events() if event.date == "1801"]) == count


def test_an_instrument_is_an_event_when_it_is_adopted_and_when_it_binds():
    for slug, adopted, in_force in (("both", "1801", "1803"), ("one", "1802", ""), ("none", "", "")):
        Instrument.objects.create(slug=slug, title=slug.title(), adopted=adopted, in_force=in_force)
    own = [event for event in events() if event.date.startswith("180")]
    assert [(event.date, event.title, event.anchor) for event in own] == [
        ("1801", "Both adopted", "1801-adopted-both"),
        ("1802", "One adopted", "1802-adopted-one"),
        ("1803", "Both in force", "1803-in-force-both"),
    ]


def test_the_calendar_of_one_organisation_holds_its_dated_events_alone(client):
    aid = an_organisation(profiled=True)
    for slug, date in (("a", "1801"), ("b", "1802-02"), ("c", "")):
        Milestone.objects.create(organisation=aid, slug=slug, title=f"Title {slug}", text="x", date=date)
    response = client.get("/timeline.ics?organisation=harbour-aid")
    assert re.findall(r"SUMMARY:(.*)\r\n", response.content.decode()) == ["Title a", "Title b"]
    assert "UID:1801-a-harbour-aid@testserver\r\n" in response.content.decode()
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="timeline.ics"'
    assert client.get("/timeline.ics?organisation=nobody").content.decode().count("VEVENT") == 0
    [undated] = [event for event in events() if event.title == "Title c"]
    assert (undated.anchor, undated.span) == ("undated-c-harbour-aid", None)


def test_the_page_counts_the_events_of_each_organisation_and_says_which_is_chosen(client):
    one, two = an_organisation("One Aid", profiled=True), an_organisation("Two Aid", profiled=True)
    for number in range(3):
        Milestone.objects.create(organisation=one, slug=f"m{number}", title="x", text="x", date="1801")
    Milestone.objects.create(organisation=two, slug="m", title="Only two", text="x", date="1801")
    rows = read_list(client, "/timeline/").rows["Organisation"]
    assert "One Aid (3)" in rows and "Two Aid (1)" in rows
    narrowed = read_list(client, rows["Two Aid (1)"])
    assert (
        narrowed.current["Organisation"] == ["Two Aid (1)"] and "One Aid (3)" in narrowed.rows["Organisation"]
    )
    assert (
        "Only two" in narrowed.text
        and "timeline.csv?organisation=two-aid"
        in client.get("/timeline/?organisation=two-aid").content.decode()
    )
