"""The Atom feeds of claims, corrections and publications."""

import xml.etree.ElementTree as xml
from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from django.urls import reverse
from django.utils import timezone

from impact.models import Change, Claim, Edition
from organisation.models import SiteSettings, Source
from portal.exports import feeds
from tests.support.claims import publish
from tests.support.factory import a_claim, a_source, an_organisation, published
from tests.support.lists import publish_claims
from tests.support.people import alice, bob
from tests.support.proposals import at_desk
from tests.support.site_settings import set_up_site

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = {"claims": "/evidence/", "corrections": "/corrections/", "publications": "/publications/"}


def read(client, address):
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return xml.fromstring(response.content)


def text(entry, name):
    return entry.find(f"{ATOM}{name}").text


def link(element, relation):
    return next(
        (
            each.get("href")
            for each in element.findall(f"{ATOM}link")
            if each.get("rel", "alternate") == relation
        ),
        "",
    )


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_has_everything_that_atom_requires(client, name):
    publish(statement="Over <b>5,000</b> & more \x0b")
    feed = read(client, f"/feeds/{name}.atom")
    assert (
        feed.tag == f"{ATOM}feed"
        and text(feed, "title")
        and text(feed, "id") == link(feed, "self") == f"http://testserver/feeds/{name}.atom"
    )
    assert datetime.fromisoformat(text(feed, "updated")).tzinfo and feed.find(f"{ATOM}author/{ATOM}name").text
    assert link(feed, "alternate") == f"http://testserver{FEEDS[name]}"
    entries = feed.findall(f"{ATOM}entry")
    assert entries and len({text(entry, "id") for entry in entries}) == len(entries)
    for entry in entries:
        assert (
            text(entry, "id").startswith("urn:uuid:")
            and text(entry, "title")
            and datetime.fromisoformat(text(entry, "updated")).tzinfo
        )
        assert entry.find(f"{ATOM}content").get("type") == "html" and text(entry, "content").strip()
        assert client.get(link(entry, "alternate").removeprefix("http://testserver")).status_code == 200
    updated = [text(entry, "updated") for entry in entries]
    assert updated == sorted(updated, reverse=True) and text(feed, "updated") == updated[0]


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_without_entries_is_one_all_the_same(client, name):
    Claim.objects.update(current_edition=None)
    Source.objects.filter(kind__in=Source.PUBLISHED_WORKS).update(author=None)
    assert read(client, f"/feeds/{name}.atom").findall(f"{ATOM}entry") == []


def test_the_claim_that_changed_last_comes_first_in_its_words_with_its_figures(client):
    edition = publish(statement="Our training reached over 5,000 participants")
    entries = read(client, "/feeds/claims.atom").findall(f"{ATOM}entry")
    assert len(entries) == 30
    assert text(entries[0], "title") == "E10: Our training reached over 5,000 participants"
    assert link(entries[0], "alternate") == f"http://testserver{edition.get_absolute_url()}"
    assert "over 4,500 participants" in text(entries[0], "content") and "A newer count" in text(
        entries[0], "content"
    )
    known = text(entries[0], "id")
    publish(statement="Our training reached over 6,000 participants")
    again = read(client, "/feeds/claims.atom").findall(f"{ATOM}entry")[0]
    assert text(again, "id") == known and "6,000" in text(again, "title")


def test_words_of_a_draft_and_of_what_was_withdrawn_are_in_no_feed(client):
    publish(statement="We zugzwang")
    Claim.objects.get(number=10).withdraw(by=bob(), reason="It was about somebody else", seen=Claim.AS_STORED)
    Claim.objects.filter(number=11).update(statement="We zugzwang")
    for name in FEEDS:
        assert "zugzwang" not in client.get(f"/feeds/{name}.atom").content.decode()


def test_a_long_register_comes_whole_in_pages_that_lead_to_one_another(
    client, monkeypatch, django_assert_max_num_queries
):
    publish_claims(101)
    start = timezone.now()
    with patch("django.utils.timezone.now", return_value=start + timedelta(days=1)):
        publish(3, together_with="Partners")
        publish(5, together_with="Partners")
    assert len(read(client, "/feeds/claims.atom").findall(f"{ATOM}entry")) == 131
    monkeypatch.setattr(feeds, "PAGE_SIZE", 40)
    address, references = "/feeds/claims.atom", []
    while address:
        with django_assert_max_num_queries(9):
            page = read(client, address)
        assert link(page, "first") == text(page, "id") == "http://testserver/feeds/claims.atom"
        references += [text(entry, "title").partition(":")[0] for entry in page.findall(f"{ATOM}entry")]
        address = link(page, "next").removeprefix("http://testserver")
    assert (
        references[:2] == ["E5", "E3"]
        and len(references) == len(set(references)) == Edition.objects.current().count()
    )


@pytest.mark.parametrize("after", ["x", "0", "999999999", "%00", "1e9"])
def test_an_address_of_no_page_shows_the_newest(client, after):
    assert len(read(client, f"/feeds/claims.atom?after={after}").findall(f"{ATOM}entry")) == 30


def test_a_publication_whose_record_changes_comes_first(client):
    author = an_organisation(profiled=True)
    with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(days=1)):
        a_source("A <new> report", kind="report", author=author, published="2007")
    first = read(client, "/feeds/publications.atom").findall(f"{ATOM}entry")[0]
    assert (
        text(first, "title") == "A <new> report"
        and "2007" in text(first, "content")
        and "Harbour Aid" in text(first, "content")
    )


def test_pages_tell_of_the_feeds_that_fit_them(client):
    for path, name in FEEDS.items():
        assert (
            f'rel="alternate" type="application/atom+xml" href="/feeds/{path}.atom"'
            in client.get(name).content.decode().split("</head>")[0]
        )
        assert f'href="/feeds/{path}.atom"' in client.get(name).content.decode().split("<main")[1]


def titles(feed):
    return [text(entry, "title") for entry in feed.findall(f"{ATOM}entry")]


def test_a_full_page_of_the_feed_leads_on_only_if_there_is_another(client, monkeypatch):
    assert feeds.PAGE_SIZE == 250
    count = Edition.objects.current().count()
    for size, sizes in ((count, [count]), (count - 1, [count - 1, 1]), (count // 2, [count // 2] * 2)):
        monkeypatch.setattr(feeds, "PAGE_SIZE", size)
        address, found = "/feeds/claims.atom", []
        while address:
            page = read(client, address)
            found.append(len(titles(page)))
            following = link(page, "next")
            assert link(page, "first") == ("http://testserver/feeds/claims.atom" if len(sizes) > 1 else "")
            assert not following or following.startswith("http://testserver/feeds/claims.atom?after=")
            assert link(page, "self") == f"http://testserver{address}"
            address = following.removeprefix("http://testserver")
        assert found == sizes


def test_claims_of_one_moment_come_the_last_first_and_once_each(client, monkeypatch):
    publish_claims(3)
    monkeypatch.setattr(feeds, "PAGE_SIZE", 2)
    address, references = "/feeds/claims.atom", []
    while address:
        page = read(client, address)
        references += [title.partition(":")[0] for title in titles(page)]
        address = link(page, "next").removeprefix("http://testserver")
    newest_first = Edition.objects.current().order_by("-published_at", "-pk")
    assert references == [edition.claim.reference for edition in newest_first]


@pytest.mark.parametrize("length", [119, 120, 121])
def test_a_title_of_120_signs_stays_whole_and_the_words_stand_in_the_content(client, length):
    claim = published(a_claim("x" * length))
    entry = read(client, "/feeds/claims.atom").find(f"{ATOM}entry")
    shown = "x" * length if length <= 120 else "x" * 119 + "…"
    assert text(entry, "title") == f"{claim.reference}: {shown}"
    assert "x" * length in text(entry, "content") and entry.find(f"{ATOM}published") is None


def test_the_feed_of_corrections_says_what_became_of_each_edition(client):
    claim = published(a_claim("One"))
    for change, statement in (("update", "Two"), ("correction", "Three"), ("retired", "Four")):
        published(claim, statement=statement, change=change)
    name = claim.reference
    of_claim = [title for title in titles(read(client, "/feeds/corrections.atom")) if title.startswith(name)]
    assert of_claim == [
        f"{name}, edition 4: {Change.RETIRED.label}",
        f"{name}, edition 3: {Change.CORRECTION.label}",
        f"{name}, edition 2: {Change.UPDATE.label}",
    ]
    entry = read(client, "/feeds/corrections.atom").find(f"{ATOM}entry")
    assert text(entry, "published") == text(entry, "updated")
    claim.withdraw(by=bob(), reason="Not so", seen=claim.AS_STORED)
    feed = read(client, "/feeds/corrections.atom")
    assert [title for title in titles(feed) if title.startswith(name)] == [f"{name}: withdrawn"]


def test_the_feed_of_corrections_comes_in_pages_as_well(client, monkeypatch):
    monkeypatch.setattr("impact.corrections.PAGE_SIZE", 2)
    claim = published(a_claim("One"))
    for number in range(2, 6):
        published(claim, statement=f"Number {number}", change="update")
    address, sizes = "/feeds/corrections.atom", []
    while address:
        page = read(client, address)
        sizes.append(len(titles(page)))
        address = link(page, "next").removeprefix("http://testserver")
    assert sizes == [2, 2] and link(page, "first") == "http://testserver/feeds/corrections.atom"


def test_publications_come_by_the_last_change_of_their_record(client):
    aid, start = an_organisation(profiled=True), timezone.now()
    for days, slug in ((1, "a"), (3, "b"), (2, "c")):
        with patch("django.utils.timezone.now", return_value=start + timedelta(days=days)):
            a_source(slug, kind="report", author=aid)
    assert titles(read(client, "/feeds/publications.atom"))[:3] == ["b", "c", "a"]
    with patch("django.utils.timezone.now", return_value=start + timedelta(days=4)):
        Source.objects.get(slug="a").save()
    feed = read(client, "/feeds/publications.atom")
    assert titles(feed)[:3] == ["a", "b", "c"]
    assert datetime.fromisoformat(text(feed, "updated")).date() == (start + timedelta(days=4)).date()
    # A save of which nobody sees anything is no change.
    unchanged = reverse("admin:source-kind", args=[Source.objects.get(slug="c").pk])
    with patch("django.utils.timezone.now", return_value=start + timedelta(days=5)):
        at_desk(alice()).post(unchanged, {"kind": "report"})
    assert text(read(client, "/feeds/publications.atom"), "updated") == text(feed, "updated")
    Source.history.all().delete()
    feed = read(client, "/feeds/publications.atom")
    assert text(feed, "updated") == "1970-01-01T00:00:00+00:00" and titles(feed)[0] == "c"


def test_an_entry_is_known_by_the_same_name_at_another_host_and_an_empty_feed_is_as_old_as_the_site(
    client, settings
):
    settings.ALLOWED_HOSTS = ["*"]
    ids = [
        [text(entry, "id") for entry in xml.fromstring(answer.content).findall(f"{ATOM}entry")]
        for answer in (
            client.get("/feeds/publications.atom", headers={"host": host})
            for host in ("one.test", "two.test")
        )
    ]
    assert ids[0] == ids[1] and len(ids[0]) == len(set(ids[0])) > 3
    Claim.objects.update(current_edition=None)
    set_up = SiteSettings.history.earliest("history_date", "history_id").history_date
    set_up_site(footer_note="Changed since.")
    assert datetime.fromisoformat(text(read(client, "/feeds/claims.atom"), "updated")) == set_up
    assert text(read(client, "/feeds/claims.atom"), "title") == "Claims: Children's Rights Up Front"
