"""What the demonstration marks as shown, tells once and fold by fold, and gives as other values."""

import pytest

from advocacy.models import StoryOfChange
from advocacy.models.fold import folds_of
from impact.models import Edition
from organisation.models import Citation, Milestone
from portal.exports.timeline import events
from tests.support.values import figures_in_doubt, values_on

pytestmark = pytest.mark.django_db

SHOWN, NOT = "shown", "not_established"


def test_words_are_marked_as_far_as_the_documents_go_and_no_further():
    marked = {
        edition.claim.reference: [(text, kind) for text, kind in edition.segments if kind]
        for edition in Edition.objects.current().select_related("claim")
    }
    assert {reference: marks for reference, marks in marked.items() if marks} == {
        "E4": [("contributed to", SHOWN), ("first ever", NOT), ("in the world", NOT)],
        "E6": [("led", NOT)],
        "E9": [("first NATO Standard Operating Procedure", NOT)],
        "E15": [("new standard operating procedures", NOT)],
        "E26": [("We were successful", NOT), ("entered into force in 2002", SHOWN)],
    }


def test_words_are_shown_in_claims_that_an_independent_source_supports_alone():
    for edition in Edition.objects.current().exclude(shown=""):
        independent = edition.citations.filter(independence="independent")
        assert independent.filter(relation__in=Citation.AT_LEAST_IN_PART).exists()


def test_the_founding_is_one_event_with_both_texts_and_both_dates():
    founding = Milestone.objects.get(organisation__slug="coalition", slug="founded")
    [event] = [each for each in events() if each.record == founding]
    assert (event.happened, [each.date for each in event.others]) == ("1998-05", ["1998"])
    assert [each.happened[:4] for each in events()].count("1998") == 1


@pytest.mark.parametrize(
    "path",
    [
        "/timeline/",
        "/organisations/coalition/history/",
        "/organisations/child-soldiers-international/history/",
    ],
)
def test_no_page_tells_the_founding_twice(seeded_pages, path):
    text = seeded_pages[path].text
    assert text.count("was formed in May 1998 by leading") == 1
    assert text.count("We were established in 1998 by a group") == 1


def test_the_treaty_is_told_fold_by_fold(seeded_pages):
    story = StoryOfChange.objects.get()
    told = [(fold.shown_heading, fold.kind) for fold in folds_of([story])[story.pk]]
    assert told == [
        ("May 1998", "milestone"),
        ("25 May 2000", "adopted"),
        ("12 February 2002", "in force"),
        ("What the Coalition says", "claim"),
        ("What it said under its later name", "claim"),
        ("And then?", "not on record"),
    ]
    page = seeded_pages["/"].text
    assert "What changed for children because of it is not on record here." in page


def test_the_number_of_national_coalitions_stands_with_each_text_that_gives_one():
    values = values_on("National coalitions")
    assert [(each.as_written, str(each.source), each.dated) for each in values] == [
        ("35", str(values[0].source), ""),
        ("over 35", str(values[1].source), ""),
        ("about 30", "Child Soldiers Global Report 2004", values[2].dated),
        ("about 30", "Child Soldiers Global Report 2008", values[3].dated),
    ]
    assert [each.dated[:4] for each in values[2:]] == ["2004", "2008"]
    assert [[edition.claim.reference for edition in each.editions] for each in values] == [
        ["E24"],
        ["E28"],
        ["E24", "E28"],
        ["E24", "E28"],
    ]
    assert figures_in_doubt("National coalitions") != []
