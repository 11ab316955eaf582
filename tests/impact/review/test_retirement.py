"""A claim that was true then is retired by two people."""

import pytest
from django.test import Client

from impact.admin.public_with import seen_value
from tests.support.forms import decision, filled_in, press, refusals_in, review
from tests.support.review import change_count, claim_form, e10, step_kinds, submit_count

pytestmark = pytest.mark.django_db


def test_words_that_hold_no_more_are_retired_unchanged_by_two_people(desk, bobs):
    page = press(desk, e10(), "retire", note="The programme has ended.", follow=True).content.decode()
    assert (
        "E10 is submitted to be retired." in page
        and "The words stay as they are; readers see them marked as retired." in page
    )
    assert 'value="publish"' not in desk.get(review(e10())).content.decode()

    decided = decision(
        bobs, e10(), **{"publish-change": "retired", "publish-reason": "The programme has ended."}
    )
    assert "E10 is published." in bobs.post(review(e10()), decided, follow=True).content.decode()
    edition = e10().current_edition
    assert (edition.change, edition.statement, e10().stage) == (
        "retired",
        edition.claim.editions.get(number=edition.number - 1).statement,
        "published",
    )
    assert "retired" in Client().get(edition.claim.get_absolute_url()).content.decode().lower()
    assert "retire-note" not in bobs.get(review(e10())).content.decode()


def test_bob_does_not_retire_a_claim_alone(bobs):
    press(bobs, e10(), "retire", note="", follow=True)
    page = bobs.get(review(e10())).content.decode()
    assert "The last change is your own: somebody else has to publish it." in page
    assert e10().current_edition.change == "first"


def test_a_claim_that_bob_will_not_retire_is_as_it_was(desk, bobs):
    press(desk, e10(), "retire", note="")
    press(bobs, e10(), "return", reason="It still runs.")
    assert (e10().stage, e10().current_edition.change) == ("published", "first")
    assert "It still runs." in desk.get(review(e10())).content.decode()


def test_words_that_alice_is_changing_are_not_retired_behind_her_back(desk, bobs):
    submit_count()
    page = press(bobs, e10(), "retire", note="").content.decode()
    assert "The claim is submitted already and waits for a decision." in page
    assert e10().submission.change == ""


NOT_RETIRED = "Only words that readers see now, and that nobody is changing, can be retired."


def sent_form(claim):
    """Returns the form “retire” as somebody who knows its fields can send it at any stage."""
    return {"do": "retire", "retire-seen": seen_value(claim), "retire-note": "It has ended."}


def save(client, **changes):
    client.post(claim_form(e10()), filled_in(client.get(claim_form(e10())), **changes))


@pytest.mark.parametrize("stage", ["draft", "returned", "retired", "withdrawn"])
def test_what_cannot_be_retired_is_refused_with_one_sentence_though_no_form_offers_it(desk, bobs, stage):
    match stage:
        case "draft":
            save(desk, limitations="Other words")
        case "returned":
            submit_count()
            press(bobs, e10(), "return", reason="Whose count is it?")
        case "retired":
            press(desk, e10(), "retire", note="It has ended.")
            bobs.post(review(e10()), decision(bobs, e10(), **{"publish-change": "retired"}))
        case "withdrawn":
            press(bobs, e10(), "withdraw", reason="It was wrong.")
    before = (e10().stage, e10().current_edition, step_kinds(e10()))
    assert "retire" not in desk.get(review(e10())).context["forms"]
    assert refusals_in(desk.post(review(e10()), sent_form(e10()))) == [NOT_RETIRED]
    assert (e10().stage, e10().current_edition, step_kinds(e10())) == before


def test_a_form_that_was_opened_before_the_claim_was_scheduled_retires_nothing(desk, bobs):
    stale = sent_form(e10())
    submit_count()
    time = {"publish-at_0": "2030-01-02", "publish-at_1": "09:00"}
    bobs.post(review(e10()), decision(bobs, e10(), do="schedule", **time))
    assert refusals_in(desk.post(review(e10()), stale)) == [
        "The claim is submitted already and waits for a decision."
    ]
    assert (e10().stage, step_kinds(e10())[-1]) == ("scheduled", "scheduled")


def test_a_retirement_is_published_as_nothing_else(desk, bobs):
    press(desk, e10(), "retire", note="It has ended.")
    page = bobs.post(review(e10()), decision(bobs, e10(), **{"publish-change": "update"}))
    assert (
        len(refusals_in(page)) == 1 and "update is not one of the available choices" in refusals_in(page)[0]
    )
    assert (e10().stage, e10().current_edition.change) == ("submitted", "first")


@pytest.mark.parametrize("stage", ["draft", "returned", "submitted"])
def test_a_change_that_is_taken_back_leaves_a_published_claim_that_can_be_retired(desk, bobs, stage):
    submit_count() if stage != "draft" else change_count()
    if stage == "returned":
        press(bobs, e10(), "return", reason="Whose count is it?")
    assert e10().stage == stage
    save(desk, **{"figures-0-value": "4500"})
    assert e10().stage == "published"
    assert "retire" in desk.get(review(e10())).context["forms"]
    assert (
        "E10 is submitted to be retired."
        in press(desk, e10(), "retire", note="", follow=True).content.decode()
    )
