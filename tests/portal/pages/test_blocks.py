"""Each change of a draft's blocks counts as one, whose it is, by whichever address of the CMS it is made."""

from datetime import timedelta

import pytest
from cms.api import add_plugin
from cms.models import CMSPlugin, PageContent, PageUrl, Placeholder, UserSettings
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from djangocms_text.models import Text
from djangocms_versioning.models import Version

from portal.pages import workflow
from portal.pages.review import last_changed_by
from tests.support.pages import a_page, change_pages, publish
from tests.support.people import alice, bob

from .drafts import kinds, shown, state_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:get_current_site")]


def address_of(action, *args):
    return reverse(f"admin:cms_placeholder_{action}", args=args)


def text_of(draft):
    return Text.objects.get(placeholder__in=draft.content.get_placeholders())


def in_clipboard(person):
    clipboard = UserSettings.objects.get(user=person).clipboard
    return add_plugin(clipboard, "TextPlugin", "en", body="<p>Copied</p>")


CHANGES = {
    "edit": lambda text: (address_of("edit_plugin", text.pk), {"body": "<p>Other words</p>"}),
    "edit from nowhere": lambda text: (
        address_of("edit_plugin", text.pk) + "?cms_path=",
        {"body": "<p>Other words</p>"},
    ),
    "add": lambda text: (
        address_of("add_plugin") + f"?placeholder_id={text.placeholder_id}&plugin_type=TextPlugin"
        "&plugin_language=en&plugin_position=1",
        {"body": "<p>More words</p>"},
    ),
    "delete": lambda text: (address_of("delete_plugin", text.pk), {"post": "yes"}),
    "clear": lambda text: (
        address_of("clear_placeholder", text.placeholder_id) + "?language=en",
        {"post": "yes"},
    ),
    "move": lambda text: (
        address_of("move_plugin"),
        {
            "plugin_id": add_plugin(text.placeholder, "TextPlugin", "en", body="<p>Below</p>").pk,
            "target_language": "en",
            "target_position": 1,
        },
    ),
    "paste": lambda text: (
        address_of("move_plugin"),
        {
            "plugin_id": in_clipboard(alice()).pk,
            "placeholder_id": text.placeholder_id,
            "target_language": "en",
            "target_position": 1,
            "move_a_copy": "true",
        },
    ),
    "copy": lambda text: (
        address_of("copy_plugins"),
        {
            "source_placeholder_id": a_page("Ebb", "<p>Copied</p>").get_placeholders()[0].pk,
            "source_language": "en",
            "target_placeholder_id": text.placeholder_id,
            "target_language": "en",
        },
    ),
}


def blocks(draft):
    plugins = CMSPlugin.objects.filter(placeholder__in=draft.content.get_placeholders())
    bodies = Text.objects.filter(pk__in=plugins)
    return [*plugins.order_by("pk").values_list("pk", "position"), *bodies.order_by("pk").values_list("body")]


@pytest.mark.parametrize("change", CHANGES)
def test_a_draft_that_changes_after_it_was_scheduled_is_off_the_schedule(at_alices, draft, change):
    address, data = CHANGES[change](text_of(draft))
    workflow.submit(draft, alice())
    workflow.schedule(draft, bob(), timezone.now() + timedelta(days=1))
    before = blocks(draft)
    assert at_alices.post(address, data).status_code == 200
    assert blocks(draft) != before
    assert workflow.last_step(Version.objects.get(pk=draft.pk)) is None


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_that_a_publication_has_overtaken_is_refused(at_alices, monkeypatch, draft, change):
    address, data = CHANGES[change](text_of(draft))
    before, check = blocks(draft), Placeholder.check_source

    def publish_meanwhile(placeholder, user):
        is_draft = check(placeholder, user)
        if is_draft and placeholder.source == draft.content and state_of(draft) == "draft":
            assert publish(draft, bob()) == []
        return is_draft

    monkeypatch.setattr(Placeholder, "check_source", publish_meanwhile)
    assert at_alices.post(address, data).status_code == 403
    assert blocks(draft) == before


def test_a_publisher_does_not_publish_words_of_their_own_that_no_page_sent(at_alices, at_bobs, draft):
    for action in ("unlock", "edit_redirect"):
        change_pages(
            at_bobs, reverse(f"admin:djangocms_versioning_pagecontentversion_{action}", args=[draft.pk])
        )
    at_bobs.post(address_of("edit_plugin", text_of(draft).pk), {"body": "<p>Bob's words</p>"})
    at_bobs.press(draft, "submit", note="")
    at_bobs.press(draft, "publish")
    assert (state_of(draft), kinds(draft)) == ("draft", ["submitted"])
    assert "Bob's words" not in shown()


def copy_language(desk, content, language):
    return desk.post(
        reverse("admin:cms_pagecontent_copy_language", args=[content.pk]), {"target_language": language}
    )


def test_blocks_are_not_copied_within_one_language(at_alices, tides, draft):
    before = blocks(draft)
    for content in (tides, draft.content):
        refused = copy_language(at_alices, content, "en")
        assert (refused.status_code, refused.content.decode()) == (
            400,
            "These blocks are in this language already: choose another one to copy them into.",
        )
    assert blocks(draft) == before


@pytest.fixture
def french(tides):
    """A draft of Bob's in French, of a page that Alice has changed in English."""
    with override_settings(LANGUAGES=[("en", "English"), ("fr", "French")]):
        PageUrl.objects.create(page=tides.page, language="fr", slug="marees", path="marees")
        content = PageContent.objects.with_user(bob()).create(
            page=tides.page, language="fr", title="Marées", template="pages/page.html"
        )
        yield Version.objects.get_for_content(content)


@pytest.mark.filterwarnings("ignore:The `node` has been removed")
def test_what_is_copied_from_another_language_is_a_change_of_who_copies_it(at_bobs, at_alices, tides, french):
    french.content.rescan_placeholders()
    assert copy_language(at_alices, tides, "fr").status_code == 403  # Bob has locked it
    before = french.modified
    assert copy_language(at_bobs, tides, "fr").status_code == 200
    after = Version.objects.get(pk=french.pk)
    assert after.modified > before and last_changed_by(after) == bob()


def test_blocks_are_copied_into_a_draft_alone(at_alices, tides):
    refused = copy_language(at_alices, tides, "fr")
    assert (refused.status_code, refused.content.decode()) == (
        400,
        "This page has no draft in that language: begin one first.",
    )


@pytest.mark.parametrize("action", ["move_plugin", "copy_plugins"])
@pytest.mark.parametrize(
    "data",
    [{}, *({"plugin_id": number, "source_placeholder_id": number} for number in ("x", "9" * 26, "9" * 5000))],
)
def test_a_request_that_names_no_block_is_told_so(at_alices, action, data):
    refused = at_alices.post(address_of(action), data)
    assert (refused.status_code, refused.content.decode()) == (
        400,
        "The request does not say which blocks it is about: reload the page, and try again.",
    )


@pytest.mark.parametrize(
    "place",
    [
        lambda text: {"placeholder_id": text.placeholder_id},
        lambda text: {"plugin_parent": text.pk},
        lambda text: {"plugin_parent": text.pk, "move_a_copy": "true"},
        lambda text: {"placeholder_id": 10**6},
        lambda text: {"placeholder_id": "x"},
        lambda text: {"target_position": "-1"},
        lambda text: {"plugin_parent": "x"},
        lambda text: {"plugin_parent": "9" * 26},
        lambda text: {"target_position": "10000"},
    ],
)
def test_a_block_is_moved_neither_onto_itself_nor_to_no_place(at_alices, draft, place):
    text, before = text_of(draft), blocks(draft)
    data = {"plugin_id": text.pk, "target_language": "en", "target_position": 1} | place(text)
    refused = at_alices.post(address_of("move_plugin"), data)
    assert (refused.status_code, refused.content.decode()) == (
        400,
        "A block cannot be moved there: reload the page, and choose another place.",
    )
    assert blocks(draft) == before


@pytest.mark.parametrize(
    ("position", "status"), [("9999", 200), ("10000", 400), ("9" * 26, 400), ("-1", 400)]
)
def test_a_block_is_added_at_a_place_that_there_can_be(at_alices, draft, position, status):
    query = f"?placeholder_id={text_of(draft).placeholder_id}&plugin_type=TextPlugin&plugin_language=en"
    address = f"{address_of('add_plugin')}{query}&plugin_position={position}"
    added = at_alices.post(address, {"body": "<p>More words</p>"})
    assert added.status_code == status
    assert len(blocks(draft)) == (4 if status == 200 else 2)


WRITTEN = {"body": "<p>Words of the evening</p><p>And more.</p>", "json": "{}"}


def publish_first(draft):
    assert publish(draft, bob()) == []


@pytest.mark.parametrize(
    ("meanwhile", "status"),
    [(publish_first, 403), (lambda draft: text_of(draft).delete(), 404)],
    ids=["published", "deleted"],
)
def test_what_is_written_into_a_stale_block_can_be_copied(at_alices, draft, meanwhile, status):
    address = address_of("edit_plugin", text_of(draft).pk)
    meanwhile(draft)
    page = at_alices.post(address, WRITTEN, headers={"origin": "http://testserver"})
    assert page.status_code == status
    for words in ("Nothing was saved", "Words of the evening", "And more."):
        assert words in page.content.decode()
    assert "&lt;" not in page.content.decode() and "written-2" not in page.content.decode()
    in_page = at_alices.post(
        address, WRITTEN, headers={"origin": "http://testserver", "sec-fetch-dest": "empty"}
    )
    assert in_page.status_code == status
    assert '<div class="description">Nothing was saved' in in_page.content.decode()


def test_what_another_site_writes_into_a_stale_block_is_not_shown(at_alices, draft):
    address = address_of("edit_plugin", text_of(draft).pk)
    publish_first(draft)
    page = at_alices.post(address, WRITTEN, headers={"origin": "http://testserver.example"})
    assert page.status_code == 403 and "Words of the evening" not in page.content.decode()
