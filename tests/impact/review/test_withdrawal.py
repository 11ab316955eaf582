"""Bob withdraws a claim, and publishes an earlier edition again."""

import pytest

from tests.support.forms import decision, press, refusals_in, review
from tests.support.review import e10, step_kinds, submit, submit_count

pytestmark = pytest.mark.django_db


def test_bob_withdraws_a_claim_and_publishes_an_earlier_edition_again(bobs):
    for refused in (
        press(bobs, e10(), "withdraw", reason=""),
        press(bobs, e10(), "restore", reason="x", edition=e10().current_edition_id),
    ):
        assert len(refusals_in(refused)) == 1
    first = e10().current_edition
    press(bobs, e10(), "withdraw", reason="The organisation no longer says this.")
    assert e10().current_edition is None
    shown = bobs.get(review(e10())).content.decode()
    assert "The claim is withdrawn: readers would see all of this." in shown
    page = press(bobs, e10(), "restore", reason="", edition=first.pk)
    assert refusals_in(page) == ["Say why: readers see the reason in the log of corrections."]
    press(bobs, e10(), "restore", reason="It does.", edition=first.pk)
    claim = e10()
    assert (claim.current_edition.number, claim.current_edition.change, claim.stage) == (
        2,
        "restored",
        "published",
    )
    assert step_kinds(claim) == ["published", "withdrawn", "restored"]


def test_an_earlier_edition_is_published_again_beside_the_draft_that_alice_works_on(desk, bobs):
    first = e10().current_edition
    submit_count()
    bobs.post(review(e10()), decision(bobs, e10()))
    submit(desk, **{"figures-0-value": "6000"})
    press(bobs, e10(), "restore", reason="The count was wrong.", edition=first.pk)
    claim = e10()
    assert [str(each.figures.first()) for each in (claim, claim.current_edition)] == [
        "over 6000 participants",
        "over 4500 participants",
    ]
    assert (claim.stage, claim.current_edition.number, claim.current_edition.change) == (
        "submitted",
        3,
        "restored",
    )
