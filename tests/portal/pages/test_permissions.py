"""What changes the public site at once belongs to publishers, and some of it to nobody."""

import pytest
from cms.models import Page, PageContent
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from djangocms_versioning.models import Version

from tests.support.forms import filled_in
from tests.support.pages import a_page, change_pages, version_of
from tests.support.people import alice, bob

from .drafts import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:get_current_site")]


@pytest.fixture
def tides():
    """The page of Harbour Aid about the tides, below its page about the sea."""
    return a_page("Tides", "<p>High and low.</p>", parent=a_page("The sea"))


def address_of(action, page, *more):
    return reverse(f"admin:cms_page_{action}", args=[page.pk, *more])


def answers(address, visitor=None):
    return (visitor or Client()).get(address).status_code


def test_alice_moves_no_page_and_bob_does(at_alices, at_bobs, tides):
    move = {"position": 0, "target": ""}
    # The tree of pages reads the status in the answer, which is itself always 200.
    assert at_alices.post(address_of("move_page", tides.page), move).json()["status"] == 403
    assert answers("/the-sea/tides/") == 200
    assert change_pages(at_bobs, address_of("move_page", tides.page), move).status_code == 302
    assert (answers("/tides/"), answers("/the-sea/tides/")) == (200, 301)


@pytest.mark.parametrize(
    "setting",
    [{"login_required": "on"}, {"reverse_id": "tides"}, {"navigation_extenders": "x"}],
)
def test_alice_changes_no_setting_that_readers_would_notice(at_alices, tides, setting):
    before = Page.objects.filter(pk=tides.page_id).values().get()
    for address in (
        address_of("advanced", tides.page),
        address_of("change", tides.page),
    ):
        assert at_alices.get(address).status_code == 403
        assert at_alices.post(address, {"reverse_id": ""} | setting).status_code == 403
    assert Page.objects.filter(pk=tides.page_id).values().get() == before
    assert answers("/the-sea/tides/") == 200


def test_bob_lets_a_page_ask_for_a_login(at_bobs, tides):
    address = address_of("advanced", tides.page)
    response = change_pages(at_bobs, address, filled_in(at_bobs.get(address)) | {"login_required": "on"})
    assert response.status_code == 302
    assert answers("/the-sea/tides/") == 302


def test_alice_sets_no_home_page_and_bob_none_that_is_not_published(at_alices, at_bobs):
    shown = a_page("The sea")
    draft = a_page("The harbour")
    version_of(draft).unpublish(bob())
    before = Client().get("/").content
    assert at_alices.post(address_of("set_home", shown.page)).status_code == 403
    refused = at_bobs.post(address_of("set_home", draft.page))
    assert (refused.status_code, refused.content.decode()) == (
        400,
        "This page is not published: visitors would find no home page. Publish it first.",
    )
    assert Client().get("/").content == before
    assert change_pages(at_bobs, address_of("set_home", shown.page)).status_code == 302
    assert b"The sea" in Client().get("/").content


def test_nobody_changes_the_titles_of_a_published_page_without_a_draft(at_alices, at_bobs, tides):
    at_an_administrators = Desk(get_user_model().objects.create_superuser("carol"))
    for desk in (at_alices, at_bobs, at_an_administrators):
        for method in (desk.get, desk.post):
            address = address_of("edit_title_fields", tides.page, "en")
            assert method(address, {"title": "Storms"}).status_code == 403
    tides.refresh_from_db()
    assert tides.title == "Tides"


def test_the_settings_of_a_draft_lead_nowhere_else_and_keep_what_they_hold(at_alices, tides):
    PageContent.objects.filter(pk=tides.pk).update(redirect="/about/", overwrite_url="high-and-low")
    draft = version_of(PageContent.objects.get(pk=tides.pk)).copy(alice())
    address = reverse("admin:cms_pagecontent_change", args=[draft.object_id])
    page = at_alices.get(address)
    assert 'name="redirect"' not in page.content.decode()
    assert 'name="overwrite_url"' not in page.content.decode()
    sent = filled_in(page) | {"redirect": "https://evil.example/", "overwrite_url": "sources", "title": "Ebb"}
    assert at_alices.post(address, sent).status_code == 302
    content = Version.objects.get(pk=draft.pk).content
    assert (content.title, content.redirect, content.overwrite_url) == ("Ebb", "/about/", "high-and-low")


def test_alice_puts_no_second_draft_in_the_place_of_bobs_and_begins_one_in_another_language(
    at_alices, at_bobs, tides, settings
):
    settings.LANGUAGES = [("en", "English"), ("fr", "French")]
    bobs = version_of(tides).copy(at_bobs.user)
    add = f"{reverse('admin:cms_pagecontent_add')}?cms_page={tides.page_id}"
    words = {"cms_page": tides.page_id, "title": "Ebb and flow", "slug": "ebb-and-flow"}
    refused = at_alices.post(f"{add}&language=en", words | {"language": "en"})
    assert "Somebody has begun a draft of this page" in refused.content.decode()
    assert Version.objects.get(pk=bobs.pk).state == "draft"
    assert at_alices.post(f"{add}&language=fr", words | {"language": "fr"}).status_code == 302
    assert PageContent.admin_manager.filter(page=tides.page_id, language="fr").count() == 1
    assert Version.objects.get(pk=bobs.pk).state == "draft"
