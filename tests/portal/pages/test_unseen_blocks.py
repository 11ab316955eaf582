"""Whoever reads the draft of a page sees all that visitors, searches and prints find of it afterwards."""

import pytest
from cms.api import add_plugin
from cms.models import CMSPlugin
from django.core.signing import Signer
from django.urls import reverse
from django.utils.http import urlencode
from djangocms_text.models import Text

from tests.support.pages import a_page, publish
from tests.support.people import bob

from .drafts import kinds, refusals, state_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:get_current_site")]

WITHIN = "“Seen by nobody” stands within another block, and nobody sees it: move it out, or delete it."
OTHER_LANGUAGE = "“Vu par personne” is in another language than the page, and nobody sees it: delete it."


def text_of(draft):
    return Text.objects.get(placeholder__in=draft.content.get_placeholders(), parent=None, language="en")


def add_block(desk, draft, plugin, data, parent=None):
    above = text_of(draft)
    place = {
        "placeholder_id": above.placeholder_id,
        "plugin_type": plugin,
        "plugin_language": "en",
        "plugin_position": above.position + 1,
        "cms_path": "/tides/",
    } | ({"plugin_parent": parent.pk} if parent else {})
    assert (
        desk.post(f"{reverse('admin:cms_placeholder_add_plugin')}?{urlencode(place)}", data).status_code
        == 200
    )


def test_a_block_within_another_is_neither_submitted_nor_published(at_alices, at_bobs, draft):
    add_block(at_alices, draft, "TextPlugin", {"body": "<p>Seen by nobody</p>"}, parent=text_of(draft))
    assert WITHIN in at_bobs.open(draft).content.decode()
    assert refusals(at_alices.press(draft, "submit")) == [WITHIN]
    assert (publish(draft, bob()), kinds(draft), state_of(draft)) == ([WITHIN], [], "draft")

    CMSPlugin.objects.exclude(parent=None).delete()
    assert publish(draft, bob()) == []
    assert state_of(draft) == "published"


def test_a_block_in_another_language_than_its_page_is_not_submitted(at_alices, draft):
    add_plugin(text_of(draft).placeholder, "TextPlugin", "fr", body="<p>Vu par personne</p>")
    assert refusals(at_alices.press(draft, "submit")) == [OTHER_LANGUAGE]
    assert kinds(draft) == []


@pytest.mark.parametrize("plugin", ["textplugin", "columnsplugin", "buttonsplugin"])
def test_nobody_deletes_what_stands_within_a_text_by_the_token_of_its_editor(at_alices, tides, plugin):
    [slot] = tides.get_placeholders()
    text = Text.objects.get(placeholder=slot)
    within = add_plugin(slot, "TextPlugin", "en", target=text, body="<p>Seen by nobody</p>")
    token = Signer(salt=at_alices.session.session_key).sign(str(text.pk))
    address = reverse(f"admin:djangocms_text_{plugin}_revert_on_cancel")
    assert at_alices.post(address, {"token": token}).status_code == 403
    assert CMSPlugin.objects.filter(pk=within.pk).exists()


def test_the_heading_of_a_block_that_has_nothing_to_show_stands_in_the_review(at_alices, at_bobs, draft):
    add_block(at_alices, draft, "TimelinePlugin", {"heading": "Give to the pier fund"})
    at_alices.press(draft, "submit")
    page = at_bobs.open(draft).content.decode()
    assert "Its words change" in page
    assert "Give to the pier fund" in page


def test_a_draft_that_says_what_readers_read_shows_no_words_in_its_review(at_alices, draft):
    at_alices.write(draft, "<p>High and low.</p>")
    assert "Its words change" not in at_alices.open(draft).content.decode()


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (
            '<p><a href="https://give.example.org/">Give</a></p>',
            '<p><a href="https://elsewhere.example.com/">Give</a></p>',
            "Give → https://elsewhere.example.com/",
        ),
        ('<p><abbr title="Tide Office">TO</abbr></p>', '<p><abbr title="Toll">TO</abbr></p>', "TO → Toll"),
        (
            '<p><time datetime="2019-05-01">Today</time></p>',
            '<p><time datetime="2020-05-01">Today</time></p>',
            "Today → 2020-05-01",
        ),
    ],
)
def test_what_a_draft_changes_in_its_markup_alone_stands_in_the_review(
    at_alices, at_bobs, tides, before, after, shown
):
    publish(at_alices.begin(tides, before), bob())
    draft = at_alices.begin(tides, after)
    at_alices.press(draft, "submit")
    [change] = at_bobs.open(draft).context["words"]
    assert change.new == shown and change.old != shown


def test_a_link_to_a_page_is_shown_in_the_review_by_its_address(at_alices, tides):
    draft = at_alices.begin(tides, f'<p><a data-cms-href="cms.page:{tides.page_id}">Tides</a></p>')
    assert f"Tides → {tides.page.get_absolute_url('en')}" in {
        each.new for each in at_alices.open(draft).context["words"]
    }


def test_the_words_that_find_a_page_stand_in_its_review(at_alices, at_bobs, draft):
    add_block(at_alices, draft, "SearchWordsPlugin", {"heading": "zorble, quibble"})
    at_alices.press(draft, "submit")
    assert ("words that find the page", "", "zorble, quibble") in [
        (each.name, each.old, each.new) for each in at_bobs.open(draft).context["words"]
    ]


def test_the_review_says_at_which_address_a_draft_will_stand(at_alices, at_bobs, tides):
    draft = at_alices.begin(tides)
    draft.content.page.move_page(a_page("The sea", slug="sea").page, "last-child")
    draft.content.slug = "ebb"
    draft.content.save()
    shown = {each.name: (each.old, each.new) for each in at_bobs.open(draft).context["differences"]}
    assert shown["address"] == ("/sea/tides/", "/sea/ebb/")
