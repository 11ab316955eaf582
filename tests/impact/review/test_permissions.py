"""The review page opens to those who may change claims, and each step to those who may take it."""

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from impact.models import ReviewLink, ReviewStep
from tests.support.forms import decision, review
from tests.support.people import alice
from tests.support.review import e10, submit_count

pytestmark = pytest.mark.django_db


def test_alice_decides_nothing_even_by_sending_the_publishers_form(desk, bobs):
    submit_count()
    for do in ("publish", "schedule", "return", "unschedule", "withdraw", "restore"):
        data = decision(
            bobs, e10(), do=do, **{f"{do}-reason": "Because", "restore-edition": e10().current_edition_id}
        )
        assert desk.post(review(e10()), data).status_code == 403, do
    shown = desk.get(review(e10())).content.decode()
    for button in ("publish", "schedule", "return", "withdraw", "restore"):
        assert f'value="{button}"' not in shown
    assert (e10().stage, e10().current_edition.number) == ("submitted", 1)


def test_who_may_not_change_claims_sees_no_review_and_charlie_is_asked_to_log_in(client):
    assert client.get(review(e10())).status_code == 302
    client.force_login(get_user_model().objects.create_user("dora", is_staff=True))
    assert client.get(review(e10())).status_code == 403
    assert client.post(review(e10()), {"do": "submit"}).status_code == 403
    assert client.get(reverse("admin:impact_claim_preview", args=[e10().pk]) + "?page=/").status_code == 403


def test_a_claim_that_is_not_there_and_a_step_that_is_none_are_refused(desk):
    assert desk.get(reverse("admin:impact_claim_review", args=[99999])).status_code == 404
    assert desk.post(review(e10()), {"do": "everything"}).status_code == 400


def test_the_review_page_wants_the_token_against_forged_requests():
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice())
    assert client.post(review(e10()), {"do": "submit"}).status_code == 403


def test_no_step_of_a_review_can_be_changed_or_deleted_in_the_admin(bobs):
    assert not {ReviewStep, ReviewLink} & set(admin.site._registry)
