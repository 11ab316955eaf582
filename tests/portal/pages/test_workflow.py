"""A draft of a page is submitted, returned, confirmed and published, each step by who may."""

import re

import pytest
from cms.toolbar.utils import get_object_edit_url
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from djangocms_versioning.models import Version

from portal.pages import workflow
from tests.support.pages import change_pages
from tests.support.people import alice, bob
from tests.support.site_settings import set_up_site

from .drafts import Desk, buttons, kinds, refusals, review, shown, state_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:get_current_site")]

CHANGED_MEANWHILE = "The draft was changed since this page was opened: read it once more."
OWN_CHANGE = "The last change to this page is your own: somebody else has to publish or confirm it."


def test_alice_submits_a_draft_and_bob_returns_it_and_publishes_it_once_it_is_better(
    at_alices, at_bobs, draft
):
    assert buttons(at_alices.open(draft)) == {"submit"}
    page = at_alices.press(draft, "submit", note="From the new gauge")
    assert "“Tides” is submitted for review." in page.content.decode()
    assert buttons(page) == {"take-back"}
    assert buttons(at_bobs.open(draft)) == {"publish", "return", "take-back"}
    assert "From the new gauge" in at_bobs.open(draft).content.decode()

    at_bobs.press(draft, "return", reason="Say where")
    assert kinds(draft) == ["submitted", "returned"]
    assert "Say where" in at_alices.open(draft).content.decode()
    assert buttons(at_alices.open(draft)) == {"submit"}
    at_alices.write(draft, "<p>Higher at the pier.</p>")
    at_alices.press(draft, "submit")
    assert "at the pier" not in shown()
    at_bobs.press(draft, "publish")
    assert (state_of(draft), "at the pier" in shown()) == ("published", True)


def test_a_draft_that_is_changed_after_it_was_submitted_waits_for_nobody(at_alices, at_bobs, draft):
    at_alices.press(draft, "submit")
    at_alices.write(draft, "<p>Lower.</p>")
    assert buttons(at_bobs.open(draft)) == {"submit"}
    with pytest.raises(ValidationError, match="does not wait for a decision any more"):
        workflow.confirm(Version.objects.get(pk=draft.pk), bob())


def test_bob_does_not_decide_on_words_that_he_has_not_seen(at_alices, at_bobs, draft):
    at_alices.press(draft, "submit")
    seen = at_bobs.open(draft).context["seen"]
    at_alices.write(draft, "<p>Lower.</p>")
    at_alices.press(draft, "submit")
    for button, fields in (("publish", {}), ("return", {"return-reason": "No"})):
        page = at_bobs.post(review(draft), {"do": button, f"{button}-seen": seen} | fields)
        assert CHANGED_MEANWHILE in refusals(page)
    assert kinds(draft) == ["submitted", "submitted"] and state_of(draft) == "draft"


def test_the_buttons_of_the_cms_publish_nothing_and_lead_to_the_review(at_alices, at_bobs, draft):
    at_alices.press(draft, "submit")
    at_bobs.open(draft)
    at_alices.write(draft, "<p>Lower.</p>")
    stock = reverse("admin:djangocms_versioning_pagecontentversion_publish", args=[draft.pk])
    page = change_pages(at_bobs, stock, follow=True)
    assert page.request["PATH_INFO"] == review(draft)
    assert "Read the draft first: once it is submitted, it is published here." in page.content.decode()
    assert state_of(draft) == "draft" and "Lower" not in shown()
    assert at_bobs.post(stock.replace(f"/{draft.pk}/", "/none/")).status_code == 404


def test_the_tree_of_pages_leads_who_may_publish_a_draft_to_its_review(at_bobs, draft):
    tree = at_bobs.get(reverse("admin:cms_pagecontent_get_tree"), {"language": "en"}).content.decode()
    assert f'href="{review(draft)}"' in tree and "/publish/" not in tree


def test_the_button_over_a_draft_names_what_somebody_may_do_with_it(at_alices, at_bobs, draft):
    version = Version.objects.get(pk=draft.pk)
    version.locked_by = None
    version.save()

    def button(desk):
        page = desk.get(get_object_edit_url(draft.content)).content.decode()
        return re.search(rf'href="{review(draft)}"[^>]*>\s*(?:<[^>]*>\s*)*([^<]+?)\s*<', page)[1]

    assert (button(at_alices), button(at_bobs)) == ("Submit or review", "Submit or review")
    workflow.submit(version, alice())
    assert (button(at_alices), button(at_bobs)) == ("Submit or review", "Publish")


@pytest.mark.parametrize("step", ["publish", "schedule", "unschedule"])
def test_alice_publishes_and_schedules_nothing_even_by_sending_the_publishers_form(at_alices, draft, step):
    at_alices.press(draft, "submit")
    assert at_alices.press(draft, step).status_code == 403
    assert (state_of(draft), kinds(draft)) == ("draft", ["submitted"])


def test_alice_neither_returns_nor_confirms_her_own_draft_by_sending_the_form(at_alices, draft):
    at_alices.press(draft, "submit")
    own = "The last change to this page is your own: somebody else has to decide."
    assert refusals(at_alices.press(draft, "return", reason="No")) == [own]
    assert refusals(at_alices.press(draft, "confirm")) == [own]
    assert kinds(draft) == ["submitted"]


def test_who_may_not_change_pages_sees_no_draft(draft):
    dana = get_user_model().objects.create_user("dana", is_staff=True)
    assert Desk(dana).get(review(draft)).status_code == 403
    assert Client().get(review(draft)).status_code == 302


def test_alice_confirms_what_bob_has_changed_and_only_then_may_he_publish_it(at_alices, at_bobs, tides):
    draft = at_bobs.begin(tides)
    at_bobs.press(draft, "submit")
    page = at_bobs.open(draft)
    assert buttons(page) == {"take-back"} and OWN_CHANGE in page.content.decode()
    assert buttons(at_alices.open(draft)) == {"confirm", "return", "take-back"}
    at_alices.press(draft, "confirm")
    at_bobs.press(draft, "publish")
    assert (state_of(draft), "Higher than last year" in shown()) == ("published", True)


def test_a_confirmation_of_other_words_lets_bob_publish_nothing(at_alices, at_bobs, tides):
    draft = at_bobs.begin(tides)
    at_bobs.press(draft, "submit")
    at_alices.press(draft, "confirm")
    at_bobs.write(draft, "<p>Lower.</p>")
    with pytest.raises(ValidationError, match="somebody else has to publish or confirm it"):
        workflow.publish(Version.objects.get(pk=draft.pk), bob())
    assert "Lower" not in shown()


def test_what_was_returned_after_it_was_confirmed_is_not_bobs_to_publish(at_alices, at_bobs, tides):
    draft = at_bobs.begin(tides)
    at_bobs.press(draft, "submit")
    at_alices.press(draft, "confirm")
    at_alices.press(draft, "return", reason="I read it again")
    with pytest.raises(ValidationError, match="somebody else has to publish or confirm it"):
        workflow.publish(draft, bob())


def test_one_person_alone_publishes_what_they_submit(at_bobs, tides):
    set_up_site(one_person_alone=True)
    draft = at_bobs.begin(tides)
    at_bobs.press(draft, "submit")
    at_bobs.press(draft, "publish")
    assert state_of(draft) == "published"


def test_a_draft_with_a_fault_of_accessibility_is_not_submitted(at_alices, tides):
    draft = at_alices.begin(tides, "<h4>Deep</h4>")
    page = at_alices.press(draft, "submit")
    [refusal] = refusals(page)
    assert refusal.endswith("choose level 2.") and kinds(draft) == []


def test_alice_takes_back_what_she_submitted_and_submits_nothing_twice(at_alices, at_bobs, draft):
    at_alices.press(draft, "submit")
    assert refusals(at_alices.press(draft, "submit")) == ["The draft is submitted already."]
    at_alices.press(draft, "take-back")
    assert buttons(at_bobs.open(draft)) == {"submit"}
    assert refusals(at_alices.press(draft, "take-back")) == ["The draft does not wait for a decision."]


def test_a_return_without_a_reason_is_refused(at_alices, at_bobs, draft):
    at_alices.press(draft, "submit")
    assert refusals(at_bobs.press(draft, "return", reason=" ")) == [
        "Say why you return it, so that its author knows what to do."
    ]


def test_of_a_deleted_account_the_steps_keep_the_name(at_alices, draft):
    carol = get_user_model().objects.create_superuser("carol", first_name="Carol", last_name="Reyes")
    Desk(carol).press(draft, "submit")
    carol.delete()
    assert "Carol Reyes" in at_alices.open(draft).content.decode()


def test_the_review_of_what_is_no_draft_any_more_leads_to_all_versions(at_alices, at_bobs, draft):
    at_alices.press(draft, "submit")
    at_bobs.press(draft, "publish")
    assert at_bobs.get(review(draft)).status_code == 302
    with pytest.raises(ValidationError, match="no draft any more"):
        workflow.submit(draft, alice())


def test_steps_leave_the_page_cache_alone(at_alices, draft, django_capture_on_commit_callbacks):
    seen = at_alices.open(draft).context["seen"]
    with django_capture_on_commit_callbacks() as callbacks:
        at_alices.post(review(draft), {"do": "submit", "submit-seen": seen})
    assert [each.__name__ for each in callbacks if each.__name__ == "bump_generation"] == []


def test_whoever_decides_sees_the_settings_that_a_draft_changes_and_its_words_do_not_show(
    at_alices, at_bobs, draft
):
    draft.content.menu_title, draft.content.meta_description = "Ebb and flow", "All about the sea"
    draft.content.save()
    at_alices.press(draft, "submit")
    settings = at_bobs.open(draft).content.decode().partition('id="settings"')[2].partition("</section>")[0]
    assert "Ebb and flow" in settings and "All about the sea" in settings
    assert "High and low" not in settings and "Slug" not in settings  # what stays as it is
