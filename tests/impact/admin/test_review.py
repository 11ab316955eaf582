"""The review page: which forms it offers to whom at which stage, and who may press their buttons."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from impact.admin.public_with import seen_value
from impact.models import Claim, ReviewLink
from tests.impact.review.test_transitions import STAGES, change, seen
from tests.support.factory import a_claim, published
from tests.support.forms import decision, press, refusals_in, review
from tests.support.people import alice, bob
from tests.support.proposals import form_of, propose

pytestmark = pytest.mark.django_db

PERMISSIONS = {
    "submit": "change_claim",
    "retire": "change_claim",
    "publish": "publish_claim",
    "schedule": "publish_claim",
    "return": "publish_claim",
    "unschedule": "publish_claim",
    "withdraw": "publish_claim",
    "restore": "publish_claim",
    "link": "add_reviewlink",
    "revoke": "change_reviewlink",
}
OFFERED = {
    "published": {"retire", "withdraw", "revoke"},
    "draft": {"submit", "withdraw", "link", "revoke"},
    "submitted": {"publish", "return", "withdraw", "link", "revoke"},
    "returned": {"submit", "withdraw", "link", "revoke"},
    "scheduled": {"publish", "return", "unschedule", "withdraw", "link", "revoke"},
    "to be retired": {"publish", "return", "withdraw", "link", "revoke"},
    "retired": {"withdraw", "restore", "revoke"},
    "withdrawn": {"submit", "restore", "link", "revoke"},
}


@pytest.fixture
def claim():
    return published(a_claim("We taught 40 pilots"))


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def who_may(*codenames):
    user = get_user_model().objects.create_user(f"dora-{'-'.join(codenames)}", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(codename__in=codenames, content_type__app_label="impact")
    )
    return browser(user)


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage_offers_the_steps_that_lead_on_from_it_to_who_may_take_them(claim, stage):
    for lead in STAGES[stage]:
        lead(claim)
    assert set(browser(bob()).get(review(claim)).context["forms"]) == OFFERED[stage]
    alices = {step for step in OFFERED[stage] if PERMISSIONS[step] != "publish_claim"}
    assert set(browser(alice()).get(review(claim)).context["forms"]) == alices


@pytest.mark.parametrize("step", PERMISSIONS)
def test_a_button_is_for_who_has_its_permission_and_for_nobody_else(claim, step):
    STAGES["submitted"][1](change(claim))
    data = {"do": step, f"{step}-seen": seen_value(claim)}
    others = {"change_claim", *PERMISSIONS.values()} - {PERMISSIONS[step]}
    before = list(claim.steps.values_list("kind", flat=True))
    for permissions in (others, {"view_claim", *others} - {"change_claim"}):
        assert who_may(*sorted(permissions)).post(review(claim), data).status_code == 403
    assert list(claim.steps.values_list("kind", flat=True)) == before
    assert who_may("change_claim", PERMISSIONS[step]).post(review(claim), data).status_code in (200, 302)


def test_who_may_look_at_claims_and_publish_them_and_not_change_them_sees_no_review(claim):
    change(claim)
    dora = who_may("view_claim", "publish_claim", "add_reviewlink", "change_reviewlink")
    preview = reverse("admin:impact_claim_preview", args=[claim.pk])
    assert dora.get(review(claim)).status_code == 403
    assert dora.get(preview, {"page": "/evidence/"}).status_code == 403
    assert who_may("change_claim").get(preview, {"page": "/evidence/"}).status_code == 200


@pytest.mark.parametrize(("letters", "refusals"), [(2000, 0), (2001, 1)])
def test_a_note_and_a_reason_have_up_to_two_thousand_letters(claim, letters, refusals):
    change(claim)
    page = press(browser(alice()), claim, "submit", note="x" * letters)
    assert (page.status_code == 302) is (refusals == 0)
    page = press(browser(bob()), claim, "withdraw", reason="x" * letters)
    assert (page.status_code == 302) is (refusals == 0)
    if refusals:
        assert "at most 2000 characters" in refusals_in(page)[0]


def test_every_earlier_edition_is_offered_the_newest_first_by_its_first_eighty_letters(claim):
    long, other = "x" * 81, published(a_claim("We taught boats"))
    for words in (long, "We taught 42 pilots", "We taught 43 pilots"):
        published(claim, statement=words)
    bobs = browser(bob())
    field = bobs.get(review(claim)).context["forms"]["restore"].fields["edition"]
    assert [label for _value, label in field.choices] == [
        "Edition 3: We taught 42 pilots",
        f"Edition 2: {'x' * 80}",
        "Edition 1: We taught 40 pilots",
    ]
    for edition, refusal in (
        ("", "Choose an earlier edition."),
        (other.current_edition_id, "Choose an earlier edition of this claim."),
        (claim.current_edition_id, "Choose an earlier edition of this claim."),
    ):
        assert refusals_in(press(bobs, claim, "restore", reason="So it was", edition=edition)) == [refusal]
    page = press(
        bobs, claim, "restore", reason="So it was", edition=claim.editions.get(number=2).pk, follow=True
    )
    assert f"{claim.reference} shows the earlier wording again." in page.content.decode()
    assert Claim.objects.get(pk=claim.pk).current_edition.statement == long


def test_each_button_says_what_was_done(claim):
    STAGES["submitted"][1](change(claim))
    alices, bobs, name = browser(alice()), browser(bob()), claim.reference
    time = {"publish-at_0": "2031-01-02", "publish-at_1": "09:00"}

    def said(page):
        return [str(message) for message in page.context["messages"]]

    page = bobs.post(review(claim), decision(bobs, claim, do="schedule", **time), follow=True)
    assert said(page) == [f"{name} is on the schedule."]
    page = press(bobs, claim, "unschedule", reason="", follow=True)
    assert said(page) == [f"{name} is taken off the schedule and waits for a decision."]
    assert said(press(bobs, claim, "return", reason="Why?", follow=True)) == [f"{name} is returned."]
    assert said(press(alices, claim, "submit", follow=True)) == [f"{name} is submitted for review."]
    page = alices.post(review(claim), {"do": "link", "link-for_whom": "Dana", "link-days": "14"})
    assert said(page) == [f"The link for an outside reviewer of {name} is made."]
    link = ReviewLink.objects.get()
    page = alices.post(review(claim), {"do": "revoke", "revoke-link": link.pk}, follow=True)
    assert said(page) == [f"The link for an outside reviewer of {name} is taken back."]
    assert said(press(bobs, claim, "withdraw", reason="Wrong", follow=True)) == [f"{name} is withdrawn."]


def test_a_new_link_is_offered_for_fourteen_days(claim):
    form = browser(alice()).get(review(change(claim))).context["forms"]["link"]
    assert form["days"].value() == 14


def test_a_publication_keeps_the_sentences_that_were_ticked_and_a_first_one_none_of_a_reason(claim):
    STAGES["submitted"][1](change(claim, "Today we taught 50 pilots"))
    bobs = browser(bob())
    sentences = [
        sentence for sentence, _tick in bobs.get(review(claim)).context["forms"]["publish"].checklist
    ]
    assert bobs.post(review(claim), decision(bobs, claim)).status_code == 302
    assert claim.steps.last().warnings.splitlines() == sentences and len(sentences) > 1
    page = bobs.get(review(claim))
    assert page.context["steps"][0].warning_sentences == sentences
    assert [step.kind for step in page.context["steps"]] == ["published", "submitted", "published"]
    assert [edition.number for edition in page.context["editions"]] == [2, 1]


@pytest.mark.parametrize("kind", ["correction", "update", "retired"])
def test_a_later_edition_is_a_correction_an_update_or_a_retirement(claim, kind):
    STAGES["submitted"][1](change(claim))
    bobs = browser(bob())
    form = bobs.get(review(claim)).context["forms"]["publish"]
    assert [value for value, _label in form.fields["change"].choices] == ["correction", "update", "retired"]
    assert bobs.post(review(claim), decision(bobs, claim, **{"publish-change": kind})).status_code == 302
    assert Claim.objects.get(pk=claim.pk).current_edition.change == kind


def test_what_stands_in_the_way_of_a_publication_is_said_to_alice(claim):
    change(claim)
    Claim.objects.filter(pk=claim.pk).update(theme="")
    page = browser(alice()).get(review(claim))
    assert page.context["obstacles"] == ["“theme” is empty: fill it in."]
    assert refusals_in(press(browser(alice()), claim, "submit")) == ["“theme” is empty: fill it in."]
    Claim.objects.filter(pk=claim.pk).update(theme="training")
    assert browser(alice()).get(review(claim)).context["obstacles"] == []


def test_a_decision_after_the_clock_has_published_is_refused_and_seen_words_stay_seen(claim):
    STAGES["submitted"][1](change(claim))
    bobs = browser(bob())
    data = decision(bobs, claim)
    claim.publish(bob(), "Newer", **seen(claim))
    page = bobs.post(review(claim), data)
    assert refusals_in(page)[0] == "The claim is not submitted for review: nothing was decided."
    assert claim.editions.count() == 2


WAYS_BACK = {
    "submitted": [lambda claim: claim.submit(alice(), **seen(claim))],
    "scheduled": [
        lambda claim: claim.submit(alice(), **seen(claim)),
        lambda claim: claim.schedule(bob(), timezone.now() + timedelta(days=1), **seen(claim)),
    ],
    "withdrawn": [published, *STAGES["withdrawn"]],
}


@pytest.mark.parametrize("state", WAYS_BACK)
def test_no_day_is_set_alone_that_readers_are_told_of_once_a_claim_is_public(state):
    claim = a_claim()
    for lead in WAYS_BACK[state]:
        lead(claim)
    before = Claim.objects.filter(pk=claim.pk).values("review_by", "confirmed_on", "stage").get()
    propose(alice(), claim, review_by="1999-01-01")
    page = browser(alice()).post(form_of(claim).replace("/change/", "/still-true/"), follow=True)
    assert f"{claim.reference} waits to be published" in page.content.decode()
    assert Claim.objects.filter(pk=claim.pk).values("review_by", "confirmed_on", "stage").get() == before


def test_the_next_review_of_a_draft_is_set_at_once():
    claim = a_claim()
    propose(alice(), claim, review_by="2041-05-01")
    assert str(Claim.objects.get(pk=claim.pk).review_by) == "2041-05-01"
