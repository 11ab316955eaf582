"""Alice submits a change, and it is hers until Bob publishes it."""

import pytest
from django.test import Client
from django.urls import reverse

from impact.models import Claim, Edition, ReviewStep
from tests.support.forms import decision, filled_in, press, refusals_in, review
from tests.support.people import alice
from tests.support.review import claim_form, e10, step_kinds, submit

pytestmark = pytest.mark.django_db


def test_alice_saves_and_submits_with_a_note_and_comes_to_the_review_page(desk):
    page = submit(desk, _note="Please look at the number.")
    assert page.redirect_chain[-1][0] == review(e10())
    shown = page.content.decode()
    assert "E10 is submitted for review." in shown and "Please look at the number." in shown
    assert e10().stage == "submitted"
    assert ReviewStep.objects.last().by == alice()


def test_saving_other_words_makes_the_claim_a_draft_and_changes_nothing_for_charlie(desk, client):
    desk.post(
        claim_form(e10()),
        filled_in(desk.get(claim_form(e10())), statement="Alice's words on over 4,500 and over 55"),
    )
    assert (e10().stage, e10().statement) == ("draft", "Alice's words on over 4,500 and over 55")
    assert Edition.objects.filter(claim=e10()).count() == 1
    assert "Alice&#x27;s words" not in Client().get("/evidence/e10/", follow=True).content.decode()


def test_what_cannot_be_submitted_is_saved_and_the_note_waits_on_the_review_page(desk):
    page = submit(desk, _note="See the number", subject="")
    shown = page.content.decode()
    assert "E10 is saved and not submitted. “subject” is empty: fill it in." in shown
    assert ">\nSee the number</textarea>" in shown
    assert (e10().stage, e10().subject) == ("draft", "")


def test_words_that_readers_already_see_are_not_submitted(desk):
    page = submit(desk, **{"figures-0-value": "4500"})
    assert "The claim says what readers already see: there is nothing to submit." in page.content.decode()
    assert step_kinds(e10()) == ["published"]


def test_what_is_submitted_already_is_not_submitted_again(desk, bobs):
    submit(desk)
    page = press(desk, e10(), "submit", note="Once more")
    assert refusals_in(page) == ["The claim is submitted already and waits for a decision."]
    assert ">\nOnce more</textarea>" in page.content.decode()


def test_the_form_offers_no_way_around_the_review_even_to_bob(bobs):
    shown = bobs.get(claim_form(e10())).content.decode()
    assert "Save and submit for review" in shown and "ublish" not in shown.split('class="submit-row"')[-1]
    bobs.post(
        claim_form(e10()),
        filled_in(
            bobs.get(claim_form(e10())),
            statement="Bob's words on over 4,500 and over 55",
            _publish="1",
            reason="Because",
        ),
    )
    bobs.post(reverse("admin:impact_claim_changelist"), {"action": "publish", "_selected_action": [e10().pk]})
    assert Edition.objects.filter(claim=e10()).count() == 1
    assert review(e10()) in shown


def test_going_back_to_an_old_state_of_the_form_is_a_change_and_publishes_nothing(desk, bobs):
    submit(desk, statement="First words on over 4,500 and over 55", in_our_words="on")
    bobs.post(review(e10()), decision(bobs, e10()))
    old = Claim.history.filter(id=e10().pk, statement="First words on over 4,500 and over 55").latest()
    desk.post(
        claim_form(e10()),
        filled_in(
            desk.get(claim_form(e10())), statement="Second words on over 4,500 and over 55", _submit="1"
        ),
    )
    bobs.post(review(e10()), decision(bobs, e10()))
    assert e10().current_edition.number == 3
    address = reverse("admin:impact_claim_simple_history", args=[e10().pk, old.pk])
    response = desk.get(address)
    data = {field.html_name: field.value() or "" for field in response.context["adminform"].form} | {
        "seen": response.context["seen"]
    }
    assert desk.post(address, data).status_code == 302
    claim = e10()
    assert (claim.statement, claim.stage, claim.current_edition.number) == (
        "First words on over 4,500 and over 55",
        "draft",
        3,
    )
