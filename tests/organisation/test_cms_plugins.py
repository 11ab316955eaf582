"""The blocks of a page: which records each shows, and in which order."""

import pytest
from django.utils import timezone

from organisation.models import (
    Affiliation,
    Milestone,
    MomentsBlock,
    Organisation,
    SourceNote,
    Statement,
    Succession,
)
from tests.support.blocks import PATH, in_order, page_of, read_block, text_of
from tests.support.factory import a_claim, a_passage, a_source, an_organisation, cite, published
from tests.support.people import bob

pytestmark = pytest.mark.django_db


@pytest.fixture
def harbour_aid():
    return an_organisation(profiled=True, order=5)


@pytest.fixture
def lantern_fund():
    return an_organisation("Lantern Fund", profiled=True, order=4)


def a_statement(organisation, text, kind="goal", **values):
    return Statement.objects.create(
        organisation=organisation, slug=text.split()[-1].lower(), kind=kind, text=text, **values
    )


def a_milestone(organisation, title, date="", order=0):
    return Milestone.objects.create(
        organisation=organisation,
        slug=title.lower(),
        title=title,
        text=f"{title} text",
        date=date,
        order=order,
    )


def test_statements_of_one_kind_and_organisation_stand_in_their_order(client, harbour_aid, lantern_fund):
    for order, text in ((2, "Goal Charlie"), (0, "Goal Alpha"), (1, "Goal Beta")):
        a_statement(harbour_aid, text, order=order)
    a_statement(harbour_aid, "Goal Delta", kind="belief")
    a_statement(lantern_fund, "Goal Echo")
    html = read_block(client, "StatementsPlugin", organisation=harbour_aid, kind="goal", heading="Our goals")
    goals = [f"Goal {name}" for name in ("Alpha", "Beta", "Charlie", "Delta", "Echo")]
    assert in_order(html, *goals) == goals[:3]
    assert '<h2 id="our-goals">Our goals</h2>' in html


@pytest.mark.parametrize("plugin", ["StatementPlugin", "HeroPlugin"])
def test_one_statement_stands_alone_with_the_dates_between_which_it_held(client, harbour_aid, plugin):
    a_statement(harbour_aid, "Goal Alpha")
    statement = a_statement(harbour_aid, "Goal Beta", valid_from="2001", valid_to="2009-05")
    text = text_of(read_block(client, plugin, statement=statement))
    assert "Goal Beta" in text and "Goal Alpha" not in text
    if plugin == "StatementPlugin":
        assert "Valid from 2001 Valid until May 2009" in text
    assert "To be looked at again" not in text


def test_a_statement_is_overdue_from_the_day_after_its_review(client, harbour_aid):
    today = timezone.localdate()
    statement = a_statement(harbour_aid, "Goal Alpha", review_by=today)
    page_of(("StatementPlugin", {"statement": statement}))
    assert "not done yet" not in client.get(PATH).content.decode()
    statement.review_by = today - timezone.timedelta(days=1)
    statement.save()
    assert "not done yet" in client.get(PATH).content.decode()


def test_a_history_goes_by_dates_and_orders_with_what_has_no_date_last(client, harbour_aid, lantern_fund):
    for title, date, order in (
        ("Undated-two", "", 2),
        ("Later", "2007", 0),
        ("Second", "1999", 2),
        ("Undated-one", "", 1),
        ("First", "1999", 1),
        ("Between", "2001-03", 9),
    ):
        a_milestone(harbour_aid, title, date, order)
    a_milestone(lantern_fund, "Foreign", "2000")
    html = read_block(client, "HistoryPlugin", organisation=harbour_aid)
    expected = [
        "First text",
        "Second text",
        "Between text",
        "Later text",
        "Undated-one text",
        "Undated-two text",
    ]
    assert in_order(html, *expected, "Foreign text") == expected


def test_chosen_moments_go_by_their_dates_and_name_their_organisation(client, harbour_aid, lantern_fund):
    late, early = a_milestone(harbour_aid, "Late", "2007"), a_milestone(lantern_fund, "Early", "1999")
    a_milestone(harbour_aid, "Unchosen", "2001")
    text = text_of(read_block(client, "MomentsPlugin", milestones=[late, early]))
    expected = ["1999 Early Lantern Fund", "2007 Late Harbour Aid"]
    assert in_order(text, *expected, "Unchosen") == expected


def test_a_new_draft_of_a_page_keeps_the_moments_that_were_chosen(harbour_aid):
    moments = [a_milestone(harbour_aid, "One"), a_milestone(harbour_aid, "Two")]
    version = page_of(("MomentsPlugin", {"milestones": moments}))
    version.copy(bob())
    chosen = [list(block.milestones.order_by("pk")) for block in MomentsBlock.objects.order_by("-pk")[:2]]
    assert chosen == [moments, moments]


def test_those_in_one_role_stand_in_the_order_of_the_source_with_their_time(
    client, harbour_aid, lantern_fund
):
    names = ["Alpha Coast", "Beta Coast", "Charlie Coast", "Delta Coast", "Echo Coast"]
    for name, role, organisation, order in (
        (names[2], "partner", harbour_aid, 3),
        (names[0], "partner", harbour_aid, 1),
        (names[1], "partner", harbour_aid, 2),
        (names[3], "founder", harbour_aid, 0),
        (names[4], "partner", lantern_fund, 0),
    ):
        Affiliation.objects.create(
            organisation=organisation, role=role, region=name, order=order, valid_from="2001", valid_to="2009"
        )
    text = text_of(read_block(client, "AffiliationsPlugin", organisation=harbour_aid, role="partner"))
    assert in_order(text, *names) == names[:3]
    assert "Alpha Coast From: 2001 Until: 2009" in text


def test_the_directory_and_the_lineage_name_organisations_with_a_profile_in_their_order(client):
    Organisation.objects.filter(profiled=True).update(profiled=False)
    for name, order, profiled in (
        ("Zenith Trust", 1, True),
        ("Xylem Trust", 2, True),
        ("Anchor Trust", 2, True),
        ("Beacon Trust", 0, False),
    ):
        an_organisation(name, order=order, profiled=profiled)
    page_of(("OrganisationsPlugin", {}), ("LineagePlugin", {}))
    directory, lineage = client.get(PATH).content.decode().split('<section class="block">')[1:]
    names = ["Zenith Trust", "Anchor Trust", "Xylem Trust"]
    for html in (directory, lineage):
        assert in_order(html, *names, "Beacon Trust") == names


def test_one_organisation_alone_has_no_lineage(client, harbour_aid):
    Organisation.objects.exclude(pk=harbour_aid.pk).update(profiled=False)
    Succession.objects.all().delete()
    assert "Our line" not in read_block(client, "LineagePlugin", heading="Our line")
    an_organisation("Lantern Fund", profiled=True)
    assert "Our line" in client.get(PATH).content.decode()
    Organisation.objects.update(profiled=False)
    Succession.objects.create(earlier=harbour_aid, kind="closed", date="2001")
    assert "Our line" in client.get(PATH).content.decode()


def test_a_new_name_is_told_in_the_directory_and_the_facts_and_a_merger_is_no_name(
    client, harbour_aid, lantern_fund
):
    coast, anchor = an_organisation("Coast Fund"), an_organisation("Anchor Fund")
    Succession.objects.create(earlier=coast, later=harbour_aid, kind="renamed")
    Succession.objects.create(earlier=harbour_aid, later=lantern_fund, kind="renamed")
    Succession.objects.create(earlier=anchor, later=harbour_aid, kind="merged", date="2001")
    Succession.objects.create(earlier=harbour_aid, later=anchor, kind="programmes passed on")
    page_of(
        ("OrganisationsPlugin", {}), ("FactsPlugin", {"organisation": harbour_aid}), ("LineagePlugin", {})
    )
    directory, facts, lineage = (
        text_of(html) for html in client.get(PATH).content.decode().split('<section class="block')[1:]
    )
    assert "Renamed Lantern Fund (undated). Formerly Coast Fund (renamed: undated)." in directory
    assert "Formerly Coast Fund Later known as Lantern Fund Not on record Short name; " in facts
    assert "Anchor Fund" not in facts
    assert "Anchor Fund merged into Harbour Aid (2001)." in directory
    assert "2001 Anchor Fund merges into Harbour Aid" in lineage


def test_no_facts_are_shown_of_an_organisation_that_is_named_nowhere_once_its_profile_is_gone(client):
    lone = an_organisation("Lone House", profiled=True)
    assert "Lone House" in read_block(client, "FactsPlugin", organisation=lone)
    lone.profiled = False
    lone.save()
    assert "Lone House" not in client.get(PATH).content.decode()
    a_statement(lone, "Goal Foxtrot")
    assert "Lone House" in client.get(PATH).content.decode()


def test_the_three_newest_publications_are_shown_and_none_without_a_date(client, harbour_aid):
    for title, day in (
        ("Tides", "2090"),
        ("Shoals", "2093"),
        ("Reefs", ""),
        ("Currents", "2091-05"),
        ("Winds", "2092-01-31"),
    ):
        a_source(title, kind="report", author=harbour_aid, published=day)
    html = read_block(client, "NewestPublicationsPlugin")
    titles = ["Shoals", "Winds", "Currents"]
    assert in_order(html, *titles, "Tides", "Reefs") == titles


def test_publications_come_newest_first_then_by_title_with_those_without_a_date_last(client, harbour_aid):
    for title, subject, day in (
        ("Winds", "", ""),
        ("Shoals", "", "2007"),
        ("Tides", "", "2012-03"),
        ("Reefs", "", "2007"),
        ("", "Zebras", "2007"),
        ("", "Yaks", "2007"),
    ):
        a_source(
            title, subject=subject, slug=title + subject, kind="report", author=harbour_aid, published=day
        )
    html = client.get("/publications/?organisation=harbour-aid").content.decode()
    page = html.partition('class="documents"')[2]
    titles = ["Tides", "Yaks", "Zebras", "Reefs", "Shoals", "Winds"]
    assert in_order(page, *titles) == titles


def test_sources_go_by_date_and_title_without_publications_of_which_there_is_no_copy(client, harbour_aid):
    for title, day, values in (
        ("Anchors", "2012", {"kind": "report", "address": "https://example.org/"}),
        ("Shoals", "2007", {"kind": "report", "text": "Words"}),
        ("Winds", "2001", {"kind": "report"}),
        ("Reefs", "2007", {"kind": "news"}),
        ("Drafted", "2007", {"kind": "news"}),
    ):
        source = a_source(title, author=harbour_aid, published=day, **values)
        if title == "Reefs":
            cite(harbour_aid, source)
    html = read_block(client, "SourcesPlugin")
    titles = ["Reefs", "Shoals", "Anchors"]
    assert in_order(html, *titles, "Winds", "Drafted") == titles


def test_the_notes_on_the_sources_of_one_author_are_shown(client, harbour_aid, lantern_fund):
    for words, author in (("How we do it", harbour_aid), ("Why we do it", lantern_fund)):
        SourceNote.objects.create(passage=a_passage(words, author=author, kind="report"), note="No sentence.")
    unseen = a_passage("When we do it", author=harbour_aid)
    SourceNote.objects.create(passage=unseen, note="Of a document that nobody sees.")
    text = text_of(read_block(client, "SourceNotesPlugin", organisation=harbour_aid))
    assert "How we do it" in text and "Why we do it" not in text and "When we do it" not in text
    cite(harbour_aid, unseen.source)
    assert "When we do it" in text_of(client.get(PATH).content.decode())


def test_a_heading_gives_its_section_an_anchor_though_no_letter_of_it_be_latin(client, harbour_aid):
    words = a_passage("How we do it", author=harbour_aid, kind="report")
    SourceNote.objects.create(passage=words, note="No sentence.")
    page_of(
        *(("SourceNotesPlugin", {"organisation": harbour_aid, "heading": text}) for text in ("", "تاريخ"))
    )
    without, arabic = client.get(PATH).content.decode().split('<section class="block">')[1:]
    assert "<h2" not in without.split("</section>")[0]
    assert '<h2 id="section-' in arabic


def test_a_claim_is_read_where_its_source_is_named_and_a_draft_is_not(client):
    source = a_source("Logbook")
    claim = published(a_claim("We taught 40 pilots", source=source))
    a_claim("We taught 50 pilots", source=source)
    page = client.get(source.get_absolute_url()).content.decode().split('id="rests-on-it"')[1]
    assert claim.reference in page and "40 pilots" in page and "50 pilots" not in page
