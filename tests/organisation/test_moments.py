"""An event that several texts tell: readers see it once, with all who tell it."""

import csv
import io
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from organisation.models import Milestone, Succession
from organisation.moments import moment_of, moments_of
from portal.exports.timeline import events, events_of
from tests.support.api import read_rows
from tests.support.blocks import read_block, text_of
from tests.support.factory import a_passage, an_organisation, cite
from tests.support.forms import errors_in, filled_in
from tests.support.lists import read_list
from tests.support.people import alice, bob
from tests.support.spreadsheets import confirm, csv_bytes, dry_run

pytestmark = pytest.mark.django_db


def a_milestone(organisation, slug, date="", **values):
    defaults = {"title": slug.title(), "text": f"It was {slug} then."}
    milestone = Milestone.objects.create(organisation=organisation, slug=slug, date=date, **defaults | values)
    passage = a_passage(milestone.text, title=f"Log of {slug}")
    cite(milestone, passage.source, passage=passage)
    return milestone


@pytest.fixture
def aid():
    return an_organisation(profiled=True)


@pytest.fixture
def fund(aid):
    """The name that Harbour Aid took later."""
    fund = an_organisation("Lantern Fund", profiled=True)
    Succession.objects.create(earlier=aid, later=fund, kind="renamed")
    return fund


@pytest.fixture
def founded(aid):
    return a_milestone(aid, "founded", "1801")


@pytest.fixture
def begun(fund, founded):
    """The same event, as the later name tells it, with the month."""
    return a_milestone(fund, "begun", "1801-05", same_event_as=founded)


def form(milestone):
    return reverse("admin:organisation_milestone_change", args=[milestone.pk])


@pytest.fixture
def desk(client, alone):
    client.force_login(alice())
    return client


def test_alice_lets_a_milestone_tell_the_same_event_as_another_of_its_line(desk, fund, founded):
    begun = a_milestone(fund, "begun", "1801-05")
    assert (
        desk.post(form(begun), filled_in(desk.get(form(begun)), same_event_as=founded.pk)).status_code == 302
    )
    assert Milestone.objects.get(pk=begun.pk).same_event_as == founded
    assert list(begun.history.values_list("same_event_as", flat=True))[:2] == [founded.pk, None]


def test_what_readers_see_of_it_waits_for_somebody_else(client, fund, founded):
    begun = a_milestone(fund, "begun", "1801-05")
    client.force_login(alice())
    page = client.post(
        form(begun), filled_in(client.get(form(begun)), same_event_as=founded.pk), follow=True
    ).content.decode()
    assert "Tells the same event as" in page and Milestone.objects.get(pk=begun.pk).same_event_as is None
    assert len([event for event in events() if event.date[:4] == "1801"]) == 2


def refusal(desk, milestone, first):
    [sentence] = errors_in(
        desk.post(form(milestone), filled_in(desk.get(form(milestone)), same_event_as=first.pk))
    )
    milestone.refresh_from_db()
    return sentence


def test_a_milestone_that_tells_another_event_itself_is_told_first_by_nothing(desk, begun, founded, aid):
    third = a_milestone(aid, "third")
    assert refusal(desk, third, begun) == (
        "“Lantern Fund: Begun” tells the same event as “Harbour Aid: Founded”: choose that one."
    )


def test_the_first_of_several_tells_no_other_event(desk, begun, founded, aid):
    third = a_milestone(aid, "third")
    assert refusal(desk, founded, third) == (
        "“Lantern Fund: Begun” tells the same event as this one, which is told first here: "
        "let “Harbour Aid: Third” tell the same event as this one, or change the other before."
    )
    assert founded.same_event_as is None


def test_a_milestone_does_not_tell_the_same_event_as_itself(desk, founded):
    assert refusal(desk, founded, founded) == (
        "A milestone cannot tell the same event as itself: choose another, or leave it empty."
    )


def test_organisations_that_no_succession_ties_have_no_event_in_common(desk, founded):
    other = a_milestone(an_organisation("Hill Aid"), "built")
    assert refusal(desk, other, founded) == (
        "“Harbour Aid: Founded” is of another organisation, which came neither before this one nor after it: "
        "choose a milestone of the same line."
    )
    Succession.objects.create(later=other.organisation, earlier=founded.organisation, kind="merged")
    assert (
        desk.post(form(other), filled_in(desk.get(form(other)), same_event_as=founded.pk)).status_code == 302
    )


def test_an_event_comes_with_all_that_tell_it_and_with_the_most_precise_date(begun, founded, aid):
    third = a_milestone(aid, "opened", "1802")
    [event, other] = Milestone.objects.filter(pk__in=[begun.pk, third.pk]).events()
    assert (event, event.event_date, list(event.other_tellings.all())) == (founded, "1801-05", [begun])
    assert (other, other.event_date, list(other.other_tellings.all())) == (third, "1802", [])
    moment = moment_of(event)
    assert (moment.date, moment.other_dates, moment.title) == ("1801-05", ["1801"], "Founded")


def test_of_equally_precise_dates_that_of_the_first_counts_and_the_undated_come_last(fund, founded):
    undated = a_milestone(fund, "undated")
    a_milestone(fund, "begun", "1802", same_event_as=founded)
    dates = [
        each.event_date
        for each in Milestone.objects.filter(organisation__in=[fund, founded.organisation]).events()
    ]
    assert dates == ["1801", ""]
    [moment, last] = moments_of(
        Milestone.objects.filter(date__startswith="180") | Milestone.objects.filter(pk=undated.pk)
    )
    assert (moment.date, moment.other_dates, last.date) == ("1801", ["1802"], "")


def test_events_take_the_same_queries_for_any_number(django_assert_num_queries, begun, founded, aid):
    for number in range(3):
        a_milestone(aid, f"m{number}", same_event_as=founded)
    with django_assert_num_queries(4):
        [moment] = [moment_of(each) for each in Milestone.objects.filter(organisation=aid).events()]
        assert [each.evidence[0].source.title for each in moment.tellings]
    assert len(moment.others) == 4


@pytest.mark.parametrize("of", ["aid", "fund", "all"])
def test_a_history_tells_the_event_once_with_every_text_source_and_date(client, begun, founded, of):
    organisation = {"aid": founded.organisation, "fund": begun.organisation, "all": None}[of]
    html = read_block(client, "HistoryPlugin", organisation=organisation, heading="History")
    text = text_of(html)
    assert text.count("It was founded then.") == 1 and text.count("It was begun then.") == 1
    assert "May 1801 Founded" in text and "Told as well: Begun Lantern Fund" in text
    assert "It was founded then. This text says: 1801" in text
    assert "/sources/log-of-founded/" in html and "/sources/log-of-begun/" in html


def test_another_date_of_a_text_that_tells_it_as_well_is_said_beside_it(client, aid, founded):
    a_milestone(aid, "begun", "1802", same_event_as=founded)
    text = text_of(read_block(client, "HistoryPlugin", organisation=aid))
    assert "1801 Founded It was" in text and "1802 Told as well: Begun" in text


def test_a_date_that_all_give_alike_is_said_once(client, fund, founded):
    a_milestone(fund, "begun", "1801", same_event_as=founded)
    text = text_of(read_block(client, "HistoryPlugin", organisation=fund))
    assert text.count("1801") == 1


def test_a_milestone_that_says_no_more_than_its_title_says_it_once(client, aid):
    a_milestone(aid, "opened", "1804", title="The first lamp is lit", text="The first lamp is lit")
    history = text_of(read_block(client, "HistoryPlugin", organisation=aid))
    assert history.count("The first lamp is lit") == 1
    timeline = client.get("/timeline/").content.decode()
    entry = timeline.split('id="1804-opened-harbour-aid"')[1].split("<details")[0]
    assert entry.count("The first lamp is lit") == 1


@pytest.mark.parametrize("chosen", ["founded", "begun", "both"])
def test_chosen_moments_tell_an_event_once(client, begun, founded, chosen):
    milestones = {"founded": [founded], "begun": [begun], "both": [begun, founded]}[chosen]
    text = text_of(read_block(client, "MomentsPlugin", milestones=milestones))
    assert text.count("It was founded then.") == 1 and text.count("It was begun then.") == 1


def own_events():
    return [event for event in events() if event.happened.startswith("1801")]


def test_the_timeline_tells_it_once_and_every_former_address_leads_there(client, begun, founded):
    [event] = own_events()
    assert (event.happened, event.anchor) == ("1801-05", "1801-founded-harbour-aid")
    page = client.get("/timeline/").content.decode()
    assert (
        page.count('id="1801-founded-harbour-aid"') == 1
        and page.count('id="1801-05-begun-lantern-fund"') == 1
    )
    assert [each.anchor for each in events_of(events(), "lantern-fund")] == [event.anchor]
    assert "Lantern Fund (1)" in read_list(client, "/timeline/").rows["Organisation"]


def test_the_calendar_has_it_once_with_the_most_precise_date(client, begun, founded):
    text = client.get("/timeline.ics?organisation=lantern-fund").content.decode()
    assert re.findall(r"(?:UID|DTSTART;VALUE=DATE):([^@\r]*)", text) == [
        "1801-founded-harbour-aid",
        "18010501",
    ]
    assert text.count("SUMMARY:") == 1 and "DESCRIPTION:May 1801. It was founded then." in text


def test_the_table_keeps_a_row_for_each_and_names_the_event(client, begun, founded):
    rows = [row for row in read_rows(client, "/api/v1/timeline") if row["date"].startswith("1801")]
    assert [(row["anchor"], row["event"], row["date"]) for row in rows] == [
        ("1801-founded-harbour-aid", "1801-founded-harbour-aid", "1801"),
        ("1801-05-begun-lantern-fund", "1801-founded-harbour-aid", "1801-05"),
    ]
    cells = client.get("/timeline.csv?organisation=lantern-fund").getvalue().decode("utf-8-sig")
    assert [row["event"] for row in csv.DictReader(io.StringIO(cells))] == ["1801-founded-harbour-aid"]


def test_where_the_first_is_deleted_the_next_tells_the_event_first(begun, founded, aid):
    third = a_milestone(aid, "third", "1801", same_event_as=founded)
    founded.delete()
    begun.refresh_from_db()
    third.refresh_from_db()
    assert (begun.same_event_as, third.same_event_as) == (None, begun)
    assert begun.history.first().same_event_as_id is None
    Milestone.objects.filter(pk=begun.pk).delete()
    third.refresh_from_db()
    assert third.same_event_as is None


def test_a_publisher_takes_the_first_down_at_once_and_the_others_stay_one_event(client, begun, founded, aid):
    a_milestone(aid, "third", "1801", same_event_as=founded)
    client.force_login(bob())
    address = reverse("admin:organisation_milestone_delete", args=[founded.pk])
    client.post(address, {"post": "yes", "reason": "It harms somebody."})
    assert not Milestone.objects.filter(pk=founded.pk).exists()
    [event] = own_events()
    assert (event.record, len(event.others)) == (begun, 1)


def test_a_table_names_the_first_by_organisation_and_short_name(desk, fund, founded):
    begun = a_milestone(fund, "begun", "1801-05")
    headings = ["organisation", "slug", "same_event_as"]

    def bring_in(name):
        response = dry_run(desk, "timeline", csv_bytes(headings, ["lantern-fund", "begun", name]))
        if not response.context["errors"]:
            confirm(desk, response, "timeline")
        return [error[-1] for error in response.context["errors"]]

    assert bring_in("harbour-aid/founded") == []
    begun.refresh_from_db()
    assert begun.same_event_as == founded
    assert bring_in("harbour-aid/found") == [
        "No milestone on record is called “harbour-aid/found”: "
        "write the organisation and the short name, as in harbour-aid/founded."
    ]
    cells = desk.get("/admin/tables/timeline.csv").content.decode("utf-8-sig")
    rows = {(row["organisation"], row["slug"]): row for row in csv.DictReader(io.StringIO(cells, newline=""))}
    assert rows["Lantern Fund", "begun"]["same_event_as"] == "harbour-aid/founded"
    assert rows["Harbour Aid", "founded"]["same_event_as"] == ""


def test_code_that_cleans_a_milestone_refuses_what_the_form_refuses(begun, aid):
    with pytest.raises(ValidationError, match="choose that one"):
        Milestone(organisation=aid, slug="x", title="X", text="X", same_event_as=begun).full_clean()
