"""A claim that was true then is retired by two people."""

import pytest
from django.test import Client

from tests.support.forms import decision, press, review
from tests.support.review import e10, submit

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
    submit(desk)
    page = press(bobs, e10(), "retire", note="").content.decode()
    assert "The claim is submitted already and waits for a decision." in page
    assert e10().submission.change == ""
