"""What changes a name, a profile or a place changes what is found, at once."""

import pytest
from cms.models import PageContent
from django.core import serializers

from organisation.models import Affiliation, Citation, Milestone, Source, Statement, Succession
from portal.models import SearchEntry
from portal.search.index import count_stale, deferred_indexing, reindex
from tests.support.claims import publish
from tests.support.factory import a_claim, a_source, an_organisation, cite, published
from tests.support.pages import a_page, profile_of
from tests.support.people import alice

from .results_page import hit_addresses, hit_titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def aid():
    """Returns an organisation with a profile and a record of each kind that says nothing of its own."""
    aid = an_organisation("Zorble Aid", profiled=True)
    profile_of(aid)
    aid.statements.create(slug="s", kind="position", title="Our frobn", text="x")
    Milestone.objects.create(organisation=aid, slug="m", title="A frobn", text="x", date="1800")
    Affiliation.objects.create(organisation=aid, region="Frobnland", role="partner")
    Affiliation.objects.create(
        organisation=an_organisation("Other", profiled=True), with_whom=aid, role="partner"
    )
    return aid


def change(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    record.save()


def test_what_an_organisation_says_goes_and_comes_back_with_its_profile(client, aid):
    assert len(hit_titles(client, "frobn", kind="statement")) == 1
    change(aid, profiled=False)
    assert hit_titles(client, "frobn", kind="statement") == []
    assert hit_titles(client, "frobnland", kind="affiliation") == []
    assert hit_titles(client, "zorble", kind="organisation") == []
    change(aid, profiled=True)
    assert hit_titles(client, "frobn", kind="statement") == ["Our frobn"]
    assert hit_titles(client, "frobnland", kind="affiliation") == ["Frobnland"]
    assert hit_titles(client, "zorble", kind="organisation") == ["Zorble Aid"]


@pytest.mark.parametrize("field", ["official_name", "short_name", "other_names"])
def test_a_new_name_is_found_in_the_records_that_show_it(client, aid, field):
    change(aid, **{field: "Quibble"})
    assert len(hit_titles(client, "quibble", kind="affiliation")) == 1
    assert len(hit_titles(client, "quibble", kind="organisation")) == 1
    assert count_stale() == 0


@pytest.mark.parametrize("role", ["author", "publisher"])
def test_the_name_of_an_author_without_a_profile_is_found_with_its_documents(client, role):
    press = an_organisation("Zorble Press")
    published(a_claim(source=a_source("Frobn", **{role: press})))
    assert hit_titles(client, "zorble") == ["Frobn"]
    change(press, official_name="Quibble Press")
    assert (hit_titles(client, "zorble"), hit_titles(client, "quibble")) == ([], ["Frobn"])
    change(press, profiled=True)
    assert hit_titles(client, "quibble", kind="source") == [] and count_stale() == 0


def test_a_new_slug_changes_where_milestones_lead_and_leaves_a_page_without_an_organisation(client, aid):
    assert hit_titles(client, "zorble", kind="page") == []
    change(aid, slug="quibble")
    assert hit_titles(client, "zorble", kind="page") == ["Zorble Aid"]
    assert hit_addresses(client, "frobn", kind="milestone") == ["/timeline/#1800-m-quibble"]
    assert count_stale() == 0


def test_a_succession_counts_for_both_ends_and_those_that_it_named_before(client):
    one, two, three = (
        an_organisation(f"{name} Aid", profiled=True) for name in ("Zorble", "Frobn", "Quibble")
    )
    for each in (one, two, three):
        profile_of(each)
    succession = Succession.objects.create(earlier=one, later=two, kind="renamed")
    assert (
        sorted(hit_titles(client, "zorble"))
        == ["Frobn Aid", "Zorble Aid"]
        == sorted(hit_titles(client, "frobn"))
    )
    change(succession, later=three)
    assert sorted(hit_titles(client, "zorble")) == ["Quibble Aid", "Zorble Aid"]
    assert hit_titles(client, "frobn") == ["Frobn Aid"]
    change(one, official_name="Grumble Aid")
    assert sorted(hit_titles(client, "grumble")) == ["Grumble Aid", "Quibble Aid"]
    change(succession, kind="merged")
    assert sorted(hit_titles(client, "grumble")) == ["Grumble Aid", "Quibble Aid"]
    succession.delete()
    assert hit_titles(client, "grumble") == ["Grumble Aid"]
    assert count_stale() == 0


def test_a_source_is_found_by_the_citation_that_it_has_now(client):
    record = Statement.objects.first()
    first, second = a_source("Zorble"), a_source("Frobn")
    citation = cite(record, first)
    assert (hit_titles(client, "zorble"), hit_titles(client, "frobn")) == (["Zorble"], [])
    change(citation, source=second)
    assert (hit_titles(client, "zorble"), hit_titles(client, "frobn")) == ([], ["Frobn"])
    citation.delete()
    assert hit_titles(client, "frobn") == [] and Citation.objects.filter(source=second).count() == 0


def test_the_sources_of_every_edition_are_found_until_the_claim_is_withdrawn(client):
    claim = published(a_claim(source=a_source("Zorble")))
    claim.citations.all().delete()
    cite(claim, a_source("Frobn"))
    published(claim)
    assert (hit_titles(client, "zorble"), hit_titles(client, "frobn")) == (["Zorble"], ["Frobn"])
    claim.withdraw(by=alice(), reason="Not so", seen=claim.AS_STORED)
    assert (hit_titles(client, "zorble"), hit_titles(client, "frobn")) == ([], [])
    assert count_stale() == 0


def test_deferred_changes_are_stale_until_they_are_indexed(client):
    with deferred_indexing():
        publish(10, statement="We zorbled")
        a_page("Zorble", "<p>x</p>")
        Source.objects.create(slug="z", kind="report", title="Zorble", author=an_organisation(profiled=True))
    assert hit_titles(client, "zorble") == [] and count_stale() == 3
    seen = []
    assert reindex(lambda done, total: seen.append((done, total))) == 3
    assert hit_titles(client, "zorble") == ["Zorble", "Zorble", "E10"]
    assert count_stale() == 0 == reindex() and seen[-1][0] == seen[-1][1] > 100


def test_records_are_indexed_in_batches_and_none_is_left_out(client, monkeypatch):
    monkeypatch.setattr("portal.search.index.BATCH", 100)
    SearchEntry.objects.filter(kind="source").delete()
    stale, steps = count_stale(), []
    assert stale == reindex(lambda done, total: steps.append(done)) == Source.objects.public().count()
    assert [later - earlier for earlier, later in zip(steps, steps[1:-1], strict=False)] == [100] * (
        len(steps) - 2
    )
    assert count_stale() == 0


def test_a_raw_fixture_leaves_the_index_alone(client):
    statement = Statement.objects.first()
    statement.text = "zorble"
    [loaded] = serializers.deserialize("json", serializers.serialize("json", [statement]))
    loaded.save()
    assert hit_titles(client, "zorble") == [] and count_stale() == 1


def test_entries_of_unknown_kinds_and_of_deleted_records_are_stale(client):
    SearchEntry.objects.create(
        id=1, kind="nonsense", object_id=1, language="en", title="x", tokens="kind=nonsense"
    )
    SearchEntry.objects.create(
        id=2, kind="claim", object_id=999_999, language="en", title="x", tokens="kind=claim"
    )
    SearchEntry.objects.create(
        id=3, kind="claim", object_id=999_998, language="en", title="x", tokens="kind=claim"
    )
    assert count_stale() == 3 == reindex() and count_stale() == 0


def test_a_page_that_moves_takes_the_pages_below_it_along(client):
    aid = an_organisation(profiled=True)
    profile = profile_of(aid)
    above = a_page("Above", "<p>zorble</p>")
    a_page("Below", "<p>zorble</p>", parent=above)
    assert hit_titles(client, "zorble", organisation="harbour-aid") == []
    above.page.refresh_from_db()
    above.page.move_page(PageContent.objects.get(pk=profile.pk).page, "first-child")
    assert sorted(hit_titles(client, "zorble", kind="page")) == ["Above", "Below"]
