"""What visitors would notice of a change of pages is asked about first, with all that leads there."""

import re
from datetime import timedelta

import pytest
from cms.api import add_plugin
from cms.models import CMSPlugin, Page, PageContent
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from djangocms_text.models import Text
from djangocms_versioning.models import Version

from organisation.block_pages import address_with, page_with
from organisation.models import Takedown
from tests.support.blocks import text_of
from tests.support.factory import a_profiled_organisation
from tests.support.forms import filled_in
from tests.support.pages import a_page, a_redirect, change_pages, version_of

from .drafts import Desk, kinds, review

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:get_current_site")]

TO_THE_ROOT = {"position": 0, "target": ""}
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


@pytest.fixture
def sea():
    return a_page("The sea")


@pytest.fixture
def tides(sea):
    return a_page("Tides", "<p>High and low.</p>", parent=sea)


def address_of(action, content):
    return reverse(f"admin:cms_page_{action}", args=[content.page_id])


def address_of_version(action, content):
    return reverse(f"admin:djangocms_versioning_pagecontentversion_{action}", args=[version_of(content).pk])


def words(answer):
    return text_of(answer.content.decode())


def yes(asked):
    """Returns what the form on the page that asks sends."""
    form = asked.content.decode().partition('<form method="post" action="')[2]
    return dict(re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', form))


def status(address):
    return Client().get(address).status_code


def test_a_move_names_the_addresses_and_all_that_leads_there_and_waits_for_a_yes(at_bobs):
    page = PageContent.objects.get(page__urls__path=a_profiled_organisation().page_path)
    a_page("History", parent=page)
    a_redirect("/harbour/", "/organisations/harbour-aid/")
    a_page("By choice", f'<p><a data-cms-href="cms.page:{page.page_id}">there</a></p>')
    a_page("By hand", '<p><a class="x" href="/organisations/harbour-aid/history/#top">there</a></p>')
    a_page("Elsewhere", '<p><a href="/organisations/">there</a></p>')
    asked = at_bobs.post(address_of("move_page", page), TO_THE_ROOT)
    assert status("/organisations/harbour-aid/") == 200 and status("/harbour-aid/") == 404
    for sentence in (
        "Harbour Aid /organisations/harbour-aid/ /harbour-aid/ "
        "History /organisations/harbour-aid/history/ /harbour-aid/history/ "
        "The old addresses lead on to the new ones.",
        "Menus, with the entry: Harbour Aid, History Links",
        "Links in texts, on the page: By choice, By hand",
        "The name of the organisation: Harbour Aid",
        "Old addresses: /harbour/",
    ):
        assert sentence in words(asked)
    assert at_bobs.post(address_of("move_page", page), yes(asked)).status_code == 302
    assert status("/organisations/harbour-aid/") == 301 and status("/harbour-aid/history/") == 200


def test_what_nothing_leads_to_says_so_and_a_new_order_is_not_asked_about(at_bobs, sea, tides):
    asked = at_bobs.post(address_of("move_page", tides), TO_THE_ROOT)
    assert "No menu, link in a text or record." in words(asked)
    storms = a_page("Storms", parent=sea)
    moved = at_bobs.post(address_of("move_page", storms), {"position": 0, "target": sea.page_id})
    assert moved.json()["status"] == 200
    assert list(sea.page.get_child_pages().values_list("pk", flat=True)) == [storms.page_id, tides.page_id]


def test_a_new_order_by_which_the_links_of_the_site_lead_elsewhere_is_asked_about(at_bobs):
    second = a_page("All we say", ("RegisterPlugin", {}), slug="all")
    assert address_with("RegisterPlugin") == "/evidence/"
    asked = at_bobs.post(address_of("move_page", second), TO_THE_ROOT)
    sentence = (
        "Links to the block “Register of every claim” lead to “All we say”, and no longer to “Evidence”."
    )
    assert f"Links of the site {sentence}" in words(asked) and "What leads there" not in words(asked)
    assert address_with("RegisterPlugin") == "/evidence/"
    assert at_bobs.post(address_of("move_page", second), yes(asked)).status_code == 302
    assert address_with("RegisterPlugin") == "/all/"


def test_a_draft_by_which_the_fact_sheet_prints_another_page_is_asked_about(at_alices, at_bobs, tides):
    CMSPlugin.objects.filter(plugin_type="FactSheetPlugin").delete()
    a_page("Who is there", ("StandingPlugin", {}), slug="there")
    printed = page_with("StandingPlugin")  # without a page that has the block
    draft = at_alices.begin(tides)
    add_plugin(draft.content.get_placeholders()[0], "FactSheetPlugin", "en")
    at_alices.press(draft, "submit")
    asked = at_bobs.press(draft, "publish")
    block = "Fact sheet (PDF) of this page"
    sentence = f"Links to the block “{block}” lead to “Tides”, and no longer to “{printed.title}”."
    assert sentence in words(asked) and page_with("FactSheetPlugin") is None
    at_bobs.post(review(draft), yes(asked))
    assert page_with("FactSheetPlugin").title == "Tides"


@pytest.mark.parametrize(("count", "more"), [(9, False), (10, True)])
def test_ten_addresses_are_shown_and_the_others_counted(at_bobs, sea, count, more):
    for number in range(count):
        a_page(f"Tide {number}", parent=sea)
    asked = at_bobs.get(address_of_version("unpublish", sea))
    moved = at_bobs.post(address_of("move_page", sea), {"position": 0, "target": a_page("Top").page_id})
    assert len(moved.context["rows"]) == 10 and asked.context["is_gone"]
    assert ("1 more page changes its address." in words(moved)) is more


def test_the_tree_gets_a_form_that_leads_to_the_question(at_bobs, sea, tides):
    answer = at_bobs.post(address_of("move_page", tides), TO_THE_ROOT, headers=SCRIPT).json()
    assert answer["status"] == 400
    home = at_bobs.post(address_of("set_home", sea), headers=SCRIPT)
    assert home.status_code == 400
    assert f'action="{address_of("move_page", tides)}"' in answer["content"]
    assert f'action="{address_of("set_home", sea)}"' in home.content.decode()
    fields = dict(re.findall(r'name="(\w+)" value="(\w*)"', answer["content"]))
    assert (fields["position"], fields["target"]) == ("0", "")
    assert "checksum" in at_bobs.post(address_of("move_page", tides), fields).context
    assert status("/the-sea/tides/") == 200 and not Page.objects.get(pk=sea.page_id).is_home


def test_taking_down_asks_on_one_page_and_alice_is_refused(at_alices, at_bobs, tides):
    take_down = address_of_version("unpublish", tides)
    asked = at_bobs.get(take_down)
    assert "Tides /the-sea/tides/ none: it is gone" in words(asked)
    assert status("/the-sea/tides/") == 200
    refused = at_alices.get(take_down, follow=True)
    assert [str(each) for each in refused.context["messages"]] == ["Only a publisher takes a page down."]
    for reason, code in (("", 200), ("It is not so.", 410)):
        at_bobs.post(take_down, yes(asked) | {"reason": reason})
        assert status("/the-sea/tides/") == code
    assert Takedown.objects.get().reason == "It is not so."


def test_throwing_away_a_page_asks_only_where_visitors_read_it(tides):
    at_an_administrators = Desk(get_user_model().objects.create_superuser("carol"))
    unseen = draft_of_a_new_page()
    asked = at_an_administrators.get(address_of("delete", tides))
    assert "none: it is gone" in words(asked)
    assert "checksum" not in at_an_administrators.get(address_of("delete", unseen)).context
    assert Page.objects.filter(pk__in=[tides.page_id, unseen.page_id]).count() == 2
    at_an_administrators.post(address_of("delete", tides), yes(asked))
    at_an_administrators.post(address_of("delete", unseen), {"post": "yes"})
    assert not Page.objects.filter(pk__in=[tides.page_id, unseen.page_id]).exists()


def draft_of_a_new_page():
    content = a_page("Unseen")
    Version.objects.filter(pk=version_of(content).pk).update(state="draft")
    content.page.urls.update(path=None)
    return content


def test_publishing_under_another_short_name_asks_and_publishing_other_words_does_not(
    at_alices, at_bobs, sea, tides
):
    draft = at_alices.begin(tides)
    at_alices.press(draft, "submit")
    at_bobs.press(draft, "publish")
    assert "Higher than last year." in words(Client().get("/the-sea/tides/"))
    draft = version_of(tides).copy(at_alices.user)
    form = reverse("admin:cms_pagecontent_change", args=[draft.object_id])
    at_alices.post(form, filled_in(at_alices.get(form)) | {"slug": "ebb-and-flow"})
    at_alices.press(draft, "submit")
    asked = at_bobs.press(draft, "publish")
    assert "Tides /the-sea/tides/ /the-sea/ebb-and-flow/" in words(asked)
    assert status("/the-sea/ebb-and-flow/") == 404
    at_bobs.post(review(draft), yes(asked))
    assert (status("/the-sea/tides/"), status("/the-sea/ebb-and-flow/")) == (301, 200)


def test_what_the_clock_will_publish_is_asked_about_as_it_is_put_on_the_schedule(at_alices, at_bobs, tides):
    day = timezone.now() + timedelta(days=1)
    at = {"at_0": f"{day:%Y-%m-%d}", "at_1": "09:00"}
    draft = version_of(tides).copy(at_alices.user)
    form = reverse("admin:cms_pagecontent_change", args=[draft.object_id])
    at_alices.post(form, filled_in(at_alices.get(form)) | {"slug": "ebb-and-flow"})
    at_alices.press(draft, "submit")
    asked = at_bobs.press(draft, "schedule", **at)
    assert "Tides /the-sea/tides/ /the-sea/ebb-and-flow/" in words(asked)
    assert kinds(draft) == ["submitted"] and status("/the-sea/tides/") == 200
    page = at_bobs.post(review(draft), yes(asked), follow=True)
    assert "“Tides” is on the schedule." in words(page)
    assert kinds(draft) == ["submitted", "scheduled"] and status("/the-sea/ebb-and-flow/") == 404


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({"login_required": "on"}, "Visitors have to log in to read it."),
        ({"reverse_id": "tides"}, "Its id changes: what finds the page by its id finds it no more."),
    ],
)
def test_the_settings_of_a_page_ask_and_say_what_they_mean(at_bobs, tides, setting, sentence):
    address = address_of("advanced", tides)
    a_page("By hand", '<p><a href="/the-sea/tides/">there</a></p>')
    asked = at_bobs.post(address, filled_in(at_bobs.get(address)) | setting)
    assert sentence in words(asked) and "on the page: By hand" in words(asked)
    before = Page.objects.get(pk=tides.page_id)
    assert (before.login_required, before.reverse_id) == (False, None)
    assert at_bobs.post(address, yes(asked)).status_code == 302
    after = Page.objects.get(pk=tides.page_id)
    assert (after.login_required, after.reverse_id) != (False, None)


def test_what_would_change_something_else_by_now_is_asked_about_again(at_bobs, sea, tides):
    coast = a_page("The coast")
    there = {"position": 0, "target": coast.page_id}
    form = yes(at_bobs.post(address_of("move_page", sea), there))
    change_pages(at_bobs, address_of("move_page", tides), TO_THE_ROOT)
    again = at_bobs.post(address_of("move_page", sea), form)
    assert again.context["checksum"] != form["confirmed"]
    assert status("/the-sea/") == 200


@pytest.mark.parametrize("below", ["sea", "tides"])
def test_a_page_is_not_moved_below_itself_by_a_tree_that_is_not_fresh(at_bobs, sea, tides, below):
    target = {"sea": sea, "tides": tides}[below]
    answer = at_bobs.post(address_of("move_page", sea), {"position": 0, "target": target.page_id}).json()
    assert (
        answer["status"] == 400
        and (
            "A page cannot stand below itself or a page below it. Somebody else may have moved them: "
            "reload the list of pages."
        )
        in answer["content"]
    )
    assert not any(Page.find_problems()) and status("/the-sea/tides/") == 200


def test_a_link_to_a_page_whose_number_is_beyond_all_numbers_keeps_no_page_from_being_taken_down(
    at_alices, at_bobs, tides
):
    texts = Text.objects.filter(placeholder__in=at_alices.begin(tides).content.get_placeholders())
    texts.update(body=f'<p><a href="/about/" data-cms-href="cms.page:{"9" * 5000}">About</a></p>')
    assert at_bobs.get(address_of_version("unpublish", tides)).status_code == 200
