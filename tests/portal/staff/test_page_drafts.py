"""A draft that nobody submitted is found again by its author and by publishers, and thrown away."""

import pytest
from cms.api import create_page
from cms.models import Page, PageContent
from django.urls import reverse
from djangocms_versioning.models import Version

from portal.pages import workflow
from portal.seeding.staff import seed_user
from tests.support.pages import a_page, version_of
from tests.support.people import alice, bob, staff_with
from tests.support.proposals import at_desk

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:get_current_site")]

DRAFTS = reverse("admin:page-drafts")


def listed(user):
    """Returns {title: draft} of the list as a person sees it."""
    return {draft.title: draft for draft in at_desk(user).get(DRAFTS).context["drafts"]}


def begin(content, user):
    return version_of(content).copy(user)


def discard(user, draft):
    address = reverse("admin:djangocms_versioning_pagecontentversion_discard", args=[draft.pk])
    at_desk(user).post(address, {"discard": "1"})


def test_an_author_finds_a_draft_again_and_throws_it_away_and_the_page_stays(client):
    content = a_page("Tides", "<p>High and low.</p>")
    draft, before = begin(content, alice()), client.get("/tides/").content
    found = listed(alice())["Tides"]
    assert (found.begun_by, found.version) == ("editor", draft)
    asked = at_desk(alice()).get(found.discard_url).content.decode()
    assert "Are you sure" in asked and Version.objects.filter(pk=draft.pk).exists()
    discard(alice(), draft)
    assert not Version.objects.filter(pk=draft.pk).exists() and "Tides" not in listed(alice())
    assert client.get("/tides/").content == before


def test_a_draft_that_the_start_of_the_portal_made_is_nobody_s():
    begin(a_page("Tides"), seed_user())
    assert listed(bob())["Tides"].begun_by == "a command"


def test_publishers_see_every_draft_and_editors_their_own():
    begin(a_page("Tides"), bob())
    assert "Tides" in listed(bob()) and "Tides" not in listed(alice())
    assert "Drafts of pages" in at_desk(alice()).get("/admin/").content.decode()


def test_a_publisher_unlocks_the_draft_of_another_before_it_is_thrown_away():
    draft = begin(a_page("Tides"), alice())
    found = listed(bob())["Tides"]
    assert (found.discard_url, found.locked_by) == ("", "editor")
    at_desk(bob()).post(reverse("admin:djangocms_versioning_pagecontentversion_unlock", args=[draft.pk]))
    assert listed(bob())["Tides"].discard_url
    discard(bob(), draft)
    assert not Version.objects.filter(pk=draft.pk).exists()


def test_what_is_submitted_is_not_on_the_list_until_it_is_returned():
    draft = begin(a_page("Tides"), alice())
    workflow.submit(draft, alice())
    assert "Tides" not in listed(alice())
    workflow.send_back(draft, bob(), "Say more")
    assert "Tides" in listed(alice())


def test_who_may_not_change_pages_sees_no_drafts():
    assert at_desk(staff_with("view_page")).get(DRAFTS).status_code == 403


def test_a_page_of_one_draft_is_not_thrown_away_with_the_pages_below_it():
    above = create_page("Above", "pages/page.html", "en", created_by=alice())
    below = create_page("Below", "pages/page.html", "en", created_by=alice(), parent=above)
    draft = Version.objects.get_for_content(PageContent.admin_manager.get(page=above))
    assert listed(alice())["Above"].discard_url == ""
    discard(alice(), draft)
    assert Page.objects.filter(pk__in=[above.pk, below.pk]).count() == 2
    below.delete()
    discard(alice(), draft)
    assert not Page.objects.filter(pk=above.pk).exists()
