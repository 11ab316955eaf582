"""The timeline stands in lanes: one for each organisation under all its names, one for the law."""

import re
from html import unescape

import pytest

from advocacy.models import Instrument
from organisation.evidence_in_words import sources_in_words
from organisation.lineage import Lineage
from organisation.models import Citation, Milestone, Organisation, Passage, Source, Succession
from portal.exports.timeline import Event
from portal.exports.timeline_lanes import lanes_of
from tests.support.factory import a_page_with, an_instrument, an_organisation

HARBOUR, LANTERN, PILOTS = (
    Organisation(pk=pk, slug=f"o{pk}", official_name=name)
    for pk, name in enumerate(("Harbour Aid", "Lantern Fund", "Pilots"), 1)
)
PASSAGE = Passage(pk=7)


def renamed(date=""):
    renaming = Succession(pk=1, earlier=HARBOUR, later=LANTERN, kind="renamed", date=date)
    renaming.evidence = [Citation(passage=PASSAGE)]
    return Lineage([renaming])


def event(date, title, organisation, passage=None, **values):
    record = Milestone(slug=title.lower()) if organisation else Instrument(slug="law", title=title)
    record.evidence = [Citation(passage=passage)] if passage else []
    return Event(date, title, record, organisation, **values)


FOUNDED, LAW = event("1998-05", "Founded", HARBOUR), event("2002", "A law", None, kind="adopted")
PILOT, NEW = event("2007", "Founded", PILOTS), event("2011", "Independent", LANTERN)
FORMER = event("", "Formerly another", LANTERN, PASSAGE)


def order(lanes):
    return [placed.event for placed in lanes.placed]


def test_two_names_of_one_organisation_share_a_lane_and_the_law_has_its_own():
    lanes = lanes_of([FOUNDED, LAW, PILOT, NEW], renamed("2003"))
    assert [lane.title for lane in lanes.lanes] == [
        "Harbour Aid, later Lantern Fund",
        "Law and doctrine",
        "Pilots",
    ]
    assert [[lane.number for lane in placed.lanes] for placed in lanes.placed] == [[1], [2], [3], [1]]


def test_an_event_between_two_organisations_spans_their_lanes():
    passing = event("2019", "Passed on", HARBOUR, heir=PILOTS)
    [*_others, placed] = lanes_of([FOUNDED, LAW, PILOT, passing], Lineage([])).placed
    assert (placed.first.title, placed.last.title) == ("Harbour Aid", "Pilots")


def test_who_has_no_profile_has_no_lane_beside_somebody_who_has():
    profiled, named = (
        Organisation(pk=pk, slug=f"o{pk}", official_name=name, profiled=pk == 1)
        for pk, name in enumerate(("Harbour Aid", "The Net"), 1)
    )
    passing = event("2019", "Passed on", profiled, heir=named)
    assert [lane.title for lane in lanes_of([passing], Lineage([])).lanes] == ["Harbour Aid"]
    assert [lane.title for lane in lanes_of([event("2019", "Founded", named)], Lineage([])).lanes] == [
        "The Net"
    ]


def test_a_new_name_that_nobody_dates_stands_between_what_is_dated_on_either_side():
    lanes = lanes_of([FOUNDED, PILOT, NEW, FORMER], renamed())
    assert order(lanes) == [FOUNDED, PILOT, FORMER, NEW]
    assert [placed.is_between for placed in lanes.placed] == [False, False, True, False]


def test_a_new_name_stands_after_a_founding_that_is_told_under_both_names():
    told = event("1998-05", "Founded", HARBOUR)
    told.others = [event("1998", "Established", LANTERN)]
    lanes = lanes_of([told, PILOT, NEW, FORMER], renamed())
    assert order(lanes) == [told, PILOT, FORMER, NEW]


@pytest.mark.parametrize("events", [[FOUNDED, FORMER], [NEW, FORMER]])
def test_with_nothing_dated_on_one_side_it_stands_last(events):
    lanes = lanes_of(events, renamed())
    assert [placed.event for placed in lanes.undated] == [FORMER]


def test_what_nothing_dates_stands_last_whatever_it_is():
    undated = event("", "A visit", PILOTS)
    assert [placed.event for placed in lanes_of([FOUNDED, undated], renamed()).undated] == [undated]


@pytest.mark.parametrize(("number", "side_by_side"), [(1, False), (2, True), (4, True), (5, False)])
def test_up_to_four_lanes_stand_side_by_side(number, side_by_side):
    events = [
        event("2001", "Founded", Organisation(pk=each, slug=f"o{each}", official_name=f"Aid {each}"))
        for each in range(1, number + 1)
    ]
    assert lanes_of(events, Lineage([])).are_side_by_side == side_by_side


@pytest.mark.parametrize(
    ("whose", "words"),
    [
        ([], "no source is on record"),
        (["own"], "1 source, its own"),
        (["own", "own"], "2 sources, all its own"),
        (["partner"], "1 source, a partner's"),
        (["own", "partner"], "2 sources, 1 of partners"),
        (["independent"], "1 source, independent"),
        (["own", "partner", "independent"], "3 sources, 1 independent"),
    ],
)
def test_sources_are_counted_by_how_far_they_are_from_the_organisation(whose, words):
    citations = [Citation(source=Source(pk=pk), independence=each) for pk, each in enumerate(whose, 1)]
    assert sources_in_words(citations) == words
    assert sources_in_words(citations + citations) == words


@pytest.mark.django_db
def test_charlie_reads_each_event_in_its_lane(client):
    Succession.objects.all().delete()
    for each in (*Milestone.objects.all(), *Instrument.objects.all()):
        each.delete()
    Milestone.objects.create(
        organisation=an_organisation(),
        slug="founded",
        date="1998-05",
        title="Founded",
        text="It was founded.",
    )
    an_instrument(adopted="2001")
    page = client.get(a_page_with("TimelinePlugin")).content.decode()
    assert "lanes-2" in page
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())
    assert "When Harbour Aid Law and doctrine" in text
    assert "May 1998 Harbour Aid Founded It was founded. no source is on record" in text
    assert "The timeline ends here: no later event is on record." in text
