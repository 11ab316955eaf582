"""The timeline as a page, a table and a calendar."""

import csv
import io

import pytest
from django.test import Client

from organisation.models import Milestone, Organisation
from portal.exports.timeline import Event, calendar, events, events_of
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


def test_a_succession_that_a_milestone_states_is_no_second_event():
    assert [event.date for event in events_of(events(), "child-soldiers-international")].count("2011") == 1


def test_a_milestone_of_the_same_year_hides_nothing():
    csi = Organisation.objects.get(slug="child-soldiers-international")
    before = len(events())
    Milestone.objects.create(organisation=csi, slug="other", date="2019", title="Other", text="Other.")
    assert len(events()) == before + 1


def test_the_address_of_an_event_leads_to_it_on_the_page(client):
    page = client.get("/timeline/").content.decode()
    assert [event.address for event in events() if f'id="{event.anchor}"' not in page] == []


def test_charlie_narrows_the_timeline_to_one_organisation(client):
    shown = read_list(client, "/timeline/")
    of_coalition = events_of(events(), "coalition")
    address = shown.rows["Organisation"][f"Coalition to Stop the Use of Child Soldiers ({len(of_coalition)})"]
    narrowed = client.get(address).content.decode()
    assert [event for event in events() if event.anchor in narrowed] == of_coalition
    assert "Not on record." in read_list(client, "/timeline/?organisation=nobody").text


def test_charlie_takes_the_timeline_of_one_organisation_home_as_a_table(client: Client):
    response = client.get("/timeline.csv?organisation=coalition")
    rows = list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))
    assert [(row["date"], row["organisation"]) for row in rows] == [
        ("1998-05", "Coalition to Stop the Use of Child Soldiers")
    ]
    assert rows[0]["address"] == "http://testserver/timeline/#1998-05-founded-coalition"


def test_a_cell_that_a_spreadsheet_would_run_stays_text(client):
    milestone = Milestone.objects.get(organisation__slug="coalition", slug="founded")
    milestone.title = "=1+1"
    milestone.save()
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
