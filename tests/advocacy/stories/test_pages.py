"""A story on a page, and in the open table."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advocacy.models import Fold
from impact.models import Claim
from organisation.models import Milestone
from tests.support.api import read_rows
from tests.support.blocks import PATH, in_order, page_of, read_block, text_of
from tests.support.factory import a_claim, an_instrument, published
from tests.support.people import bob

from . import LEAD, fold

pytestmark = pytest.mark.django_db


def test_a_story_is_told_fold_by_fold_in_the_words_of_its_records(client, told):
    html = read_block(client, "StoryOfChangePlugin", story=told)
    text = text_of(html)
    parts = [
        "A light, fold by fold",
        LEAD,
        "May 1801 The first lamp was lit. Harbour Aid",
        "12 February 1803 Treaty on Safe Harbours, adopted by Assembly of Harbours",
        "1805 Treaty on Safe Harbours, in force Whose work it was is not said.",
        "What it says",
        "We lit the coast",
        "And then? Who saw the light is not on record.",
    ]
    assert in_order(text, *parts) == parts
    assert '<ol class="folds wide">' in html and html.count('<li class="fold') == 5
    assert '<time datetime="1801-05">' in html and html.count("not-on-record") == 1
    assert "/sources/log-of-lamps/" in html and "/instruments/treaty-on-safe-harbours/" in html


def test_a_heading_of_the_block_stands_in_place_of_the_title(client, told):
    text = text_of(read_block(client, "StoryOfChangePlugin", story=told, heading="One story"))
    assert text.startswith("One story") and "A light, fold by fold" not in text


def test_a_story_in_brief_has_its_claims_as_references_in_the_fold_before(client, told, claim):
    html = read_block(client, "StoryOfChangePlugin", story=told, is_brief=True)
    text = text_of(html)
    parts = [
        "12 February 1803 Treaty on Safe Harbours, adopted by Assembly of Harbours",
        f"1805 In force Whose work it was is not said. {claim.reference} own word only",
        "And then? Who saw the light is not on record.",
    ]
    assert in_order(text, *parts) == parts
    assert html.count('<li class="fold') == 4 and "We lit the coast" not in text


def test_in_brief_a_claim_that_no_record_stands_before_is_told_in_its_own_words(client, story, claim):
    second = published(a_claim("We lit the harbour"))
    fold(story, heading="What it says", claim=claim)
    fold(story, heading="And then?", not_on_record="Who saw the light is not on record.")
    fold(story, heading="Later", claim=second)
    text = text_of(read_block(client, "StoryOfChangePlugin", story=story, is_brief=True))
    assert "We lit the coast" in text and "Later We lit the harbour" in text


def test_a_fold_whose_claim_is_not_published_is_left_out_and_comes_back_with_it(client, story, lit):
    draft = a_claim("We lit the coast")
    fold(story, milestone=lit)
    fold(story, heading="What it says", claim=draft, remark="Nobody else says so.")
    page_of(("StoryOfChangePlugin", {"story": story}))

    def shown():
        text = text_of(client.get(PATH).content.decode())
        return [
            words
            for words in ("lamp was lit", "What it says", "lit the coast", "Nobody else")
            if words in text
        ]

    assert shown() == ["lamp was lit"]
    published(draft)
    assert len(shown()) == 4
    draft.refresh_from_db()
    draft.withdraw(bob(), "It was wrong", seen=Claim.AS_STORED)
    assert shown() == ["lamp was lit"]


def test_a_story_with_no_fold_left_is_hidden_everywhere(client, story, claim):
    only = fold(story, heading="What it says", claim=claim)
    fold(story, heading="And then?", not_on_record="Who saw the light is not on record.")
    page_of(("StoryOfChangePlugin", {"story": story, "heading": "One story"}))
    assert "One story" in client.get(PATH).content.decode() and story.is_public
    assert len(read_rows(client, "/api/v1/stories?story=light")) == 2
    claim.refresh_from_db()
    claim.withdraw(bob(), "It was wrong", seen=Claim.AS_STORED)
    page = client.get(PATH).content.decode()
    assert "One story" not in page and "not on record." not in page.split("<main")[1].partition("</main>")[0]
    assert read_rows(client, "/api/v1/stories?story=light") == []
    assert not story.is_public and not Fold.objects.get(pk=only.pk).is_public


def test_a_day_of_an_instrument_that_is_taken_back_is_told_no_more(client, told, treaty):
    treaty.in_force = ""
    treaty.save()
    text = text_of(read_block(client, "StoryOfChangePlugin", story=told))
    assert "adopted by" in text and "in force" not in text
    assert not told.folds.get(event="in force").is_public and told.folds.get(event="adopted").is_public


def test_an_instrument_without_a_body_is_adopted_or_issued(story):
    assert fold(story, instrument=an_instrument("Code", adopted="1801"), event="adopted").text == (
        "Code, adopted"
    )


def test_a_milestone_that_tells_an_event_as_well_has_the_most_precise_date(client, story, lit, aid):
    values = {"slug": "lamp", "title": "Lamp", "text": "A lamp burned.", "date": "1801"}
    fold(story, milestone=Milestone.objects.create(organisation=aid, same_event_as=lit, **values))
    assert "May 1801 A lamp burned. Harbour Aid" in text_of(
        read_block(client, "StoryOfChangePlugin", story=story)
    )


def test_the_open_table_has_a_row_for_each_fold_that_readers_see(client, told, lit, claim):
    fold(told, heading="What it says", claim=a_claim("A draft"))
    rows = read_rows(client, "/api/v1/stories?story=light")
    assert [(row["heading"], row["date"], row["kind"], row["record"], row["text"]) for row in rows] == [
        ("May 1801", "1801-05", "milestone", "harbour-aid/lit", "The first lamp was lit."),
        (
            "12 February 1803",
            "1803-02-12",
            "adopted",
            "treaty-on-safe-harbours",
            "Treaty on Safe Harbours, adopted by Assembly of Harbours",
        ),
        ("1805", "1805", "in force", "treaty-on-safe-harbours", "Treaty on Safe Harbours, in force"),
        ("What it says", "", "claim", claim.reference, "We lit the coast"),
        ("And then?", "", "not on record", "", "Who saw the light is not on record."),
    ]
    assert rows[2]["remark"] == "Whose work it was is not said." and rows[0]["lead"] == LEAD
    assert "Who saw the light" in client.get("/data/stories.csv").getvalue().decode()


def test_a_story_takes_the_same_queries_for_any_number_of_folds(client, told, aid, claim):
    page_of(("StoryOfChangePlugin", {"story": told}))

    def queries():
        client.get(PATH)
        with CaptureQueriesContext(connection) as captured:
            client.get(PATH)
        return len(captured)

    before = queries()
    for number in range(4):
        values = {"slug": f"m{number}", "title": "More", "text": "More.", "date": "1810"}
        fold(told, milestone=Milestone.objects.create(organisation=aid, **values))
        fold(told, heading="More", claim=published(a_claim(f"We built pier {number}")))
    assert queries() == before
