"""The sitemap: the limit of a file, and what makes which page newer."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.models import Ask, Instrument
from organisation.models import Affiliation, Milestone, Passage, SourceNote, Succession
from portal.exports import sitemap
from tests.support.factory import a_claim, a_source, a_statement, an_organisation, cite, published
from tests.support.pages import a_page, profile_of
from tests.support.people import alice, bob
from tests.support.proposals import at_desk, propose

from .test_well_known import listed

pytestmark = pytest.mark.django_db

PROFILE, WORK, LIST, PROSE = (
    "/organisations/harbour-aid/",
    "/organisations/harbour-aid/work/",
    "/list/",
    "/prose/",
)
OTHER, REPORT = "/organisations/other/", "/impact/report/"


def test_a_file_holds_as_many_addresses_as_the_protocol_allows_and_not_one_more(client, monkeypatch):
    assert sitemap.MAX_URLS == 50_000
    count = sum(queryset().count() for _urls, queryset in sitemap.SECTIONS.values())
    monkeypatch.setattr(sitemap, "MAX_URLS", count)
    assert len(listed(client)) == count + 1  # the report is no page of the CMS
    monkeypatch.setattr(sitemap, "MAX_URLS", count - 1)
    assert list(listed(client, root="sitemapindex")) == [
        f"/sitemap-{section}-1.xml" for section in ("pages", "claims", "sources", "instruments", "indicators")
    ]


@pytest.mark.parametrize(("size", "sizes"), [(4, [4]), (2, [2, 2]), (3, [3, 1]), (1, [1, 1, 1, 1])])
def test_the_last_part_of_a_section_is_full_or_short_and_there_is_none_behind_it(
    client, monkeypatch, size, sizes
):
    everything = [path for path in listed(client) if path.startswith("/instruments/")]
    for number in range(4 - len(everything)):
        Instrument.objects.create(slug=f"i{number}", title="I")
    Instrument.objects.filter(
        pk__in=list(Instrument.objects.order_by("slug").values_list("pk", flat=True)[4:])
    ).delete()
    everything = [path for path in listed(client) if path.startswith("/instruments/")]
    monkeypatch.setattr(sitemap, "MAX_URLS", size)
    parts = [list(listed(client, f"/sitemap-instruments-{part}.xml")) for part in range(1, len(sizes) + 1)]
    assert [len(part) for part in parts] == sizes and sum(parts, []) == everything
    for part in (0, len(sizes) + 1):
        assert client.get(f"/sitemap-instruments-{part}.xml").status_code == 404


@pytest.fixture
def site(client):
    """Makes two profiles, a page below one of them, and pages with a block of records and without."""
    aid, other = an_organisation(profiled=True), an_organisation("Other", profiled=True)
    facts = ("FactsPlugin", {"organisation": aid})
    a_page("Work", facts, parent=profile_of(aid, facts))
    profile_of(other, ("FactsPlugin", {"organisation": other}))
    a_page("List", ("SourcesPlugin", {}))
    a_page("Prose", "<p>Words</p>")
    return aid


CHANGES = {
    "the organisation": lambda aid: aid.save(),
    "a statement": lambda aid: aid.statements.create(slug="s", kind="position", text="x"),
    "a milestone": lambda aid: Milestone.objects.create(organisation=aid, slug="m", title="x", text="x"),
    "an affiliation": lambda aid: Affiliation.objects.create(organisation=aid, region="x", role="partner"),
    "an ask": lambda aid: Ask.objects.create(organisation=aid, slug="a", text="x"),
    "its end": lambda aid: Succession.objects.create(earlier=aid, kind="closed"),
    "its beginning": lambda aid: Succession.objects.create(later=aid, kind="became independent"),
    "a publication": lambda aid: a_source(kind="report", author=aid),
    "a claim": lambda aid: published(a_claim(organisation=aid)),
}


def newer(client, change):
    """Returns the paths that a change of tomorrow makes newer or adds."""
    before = listed(client)
    with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(days=1)):
        change()
    return {path for path, at in listed(client).items() if path not in before or at > before[path]}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_of_a_record_is_one_of_the_pages_of_its_organisation_and_of_every_list(client, site, what):
    changed = newer(client, lambda: CHANGES[what](site))
    assert {PROFILE, WORK, LIST, REPORT, "/organisations/"} <= changed and not {OTHER, PROSE} & changed


def test_a_withdrawal_is_a_change_as_well(client, site):
    claim = published(a_claim(organisation=site))
    source = claim.citations.get().source
    newer_paths = newer(client, lambda: claim.withdraw(by=bob(), reason="Not so", seen=claim.AS_STORED))
    assert {PROFILE, WORK, LIST} <= newer_paths and OTHER not in newer_paths
    assert source.get_absolute_url() not in listed(client)


def test_what_no_visitor_sees_changes_nothing(client, site):
    hidden = a_source("Hidden", kind="news", author=site)
    assert newer(client, hidden.save) == set()
    assert newer(client, lambda: a_claim(organisation=site, source=hidden)) == set()
    assert newer(client, lambda: an_organisation("Named in drafts alone")) == set()
    statement = a_statement(organisation=site, owner=alice())
    assert newer(client, lambda: propose(alice(), statement, review_by="2035-01-01")) == set()
    statement.refresh_from_db()
    assert statement.review_by.isoformat() == "2035-01-01"
    propose(alice(), statement, owner=bob().pk)
    undo = reverse(
        "admin:undo-record", args=["organisation.statement", statement.history.order_by("pk").last().pk]
    )
    assert newer(client, lambda: at_desk(alice()).post(undo)) == set()
    statement.refresh_from_db()
    assert statement.owner == alice()


def test_an_instrument_changes_with_its_record_and_with_the_claims_that_speak_of_it(client, site):
    Instrument.objects.create(slug="bare", title="Bare")
    spoken = Instrument.objects.create(slug="spoken", title="Spoken")
    claim = published(a_claim(organisation=site))
    spoken.claims.add(claim)
    changed = newer(client, lambda: published(claim, statement="We taught 41"))
    assert "/instruments/spoken/" in changed and "/instruments/bare/" not in changed
    changed = newer(client, spoken.save)
    assert {"/instruments/spoken/", LIST, REPORT} <= changed and not {PROFILE, "/instruments/bare/"} & changed


def test_a_source_changes_with_its_notes_and_with_every_claim_that_ever_cited_it(client, site):
    first, second, other = (a_source(name, text=f"Words of {name}.") for name in ("First", "Second", "Third"))
    cite(site, other)
    claim = published(a_claim(organisation=site, source=first))
    claim.citations.all().delete()
    cite(claim, second)
    sources = {"/sources/first/", "/sources/second/", "/sources/third/"}
    assert sources & newer(client, lambda: published(claim, statement="Two")) == {
        "/sources/first/",
        "/sources/second/",
    }
    passage = Passage.objects.quote(other, "Words")
    assert newer(client, lambda: SourceNote.objects.create(passage=passage, note="x")) & sources == {
        "/sources/third/"
    }
