"""Bob sets a time, and the claim waits for it."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest

from tests.support.forms import decision, filled_in, press, refusals_in, review
from tests.support.people import bob
from tests.support.review import claim_form, e10, step_kinds, submit, submit_count

pytestmark = pytest.mark.django_db

NINE = datetime(2030, 1, 2, 9, 0, tzinfo=UTC)


def test_bob_sets_a_time_and_the_claim_waits_for_it(desk, bobs):
    submit_count()
    data = decision(bobs, e10(), do="schedule", **{"publish-at_0": "2030-01-02", "publish-at_1": "09:00"})
    page = bobs.post(review(e10()), data, follow=True)
    assert "Readers see it on 2 January 2030, 09:00 UTC." in page.content.decode()
    assert (e10().stage, e10().publish_at, e10().current_edition.number) == ("scheduled", NINE, 1)
    with patch("django.utils.timezone.now", return_value=NINE + timedelta(seconds=1)):
        edition = e10().publish_scheduled().current_edition
    assert (edition.reason, edition.change, edition.published_by) == ("A newer count", "update", bob())


@pytest.mark.parametrize(
    ("at", "refusal"),
    [
        (("", ""), "Give the date and the time at which readers are to see it."),
        (("2030-01-02", ""), "That is no time: write it as 09:00."),
        (("tomorrow", "09:00"), "That is no date: write it as 2027-03-31."),
        (("2030-01-02", "nine"), "That is no time: write it as 09:00."),
        (("2001-01-02", "09:00"), "That time has passed: choose a later one, or publish now."),
    ],
)
def test_a_time_that_cannot_be_is_refused_with_one_sentence(desk, bobs, at, refusal):
    submit_count()
    page = bobs.post(
        review(e10()), decision(bobs, e10(), do="schedule", **{"publish-at_0": at[0], "publish-at_1": at[1]})
    )
    assert refusals_in(page) == [refusal]
    assert f'value="{at[0]}"' in page.content.decode() or not at[0]
    assert e10().stage == "submitted"


def test_what_is_on_the_schedule_can_be_taken_off_returned_or_published_at_once(desk, bobs):
    submit_count()
    time = {"publish-at_0": "2030-01-02", "publish-at_1": "09:00"}
    bobs.post(review(e10()), decision(bobs, e10(), do="schedule", **time))
    press(bobs, e10(), "unschedule", reason="Too early")
    assert (e10().stage, e10().publish_at) == ("submitted", None)
    bobs.post(review(e10()), decision(bobs, e10(), do="schedule", **time))
    bobs.post(review(e10()), decision(bobs, e10()))
    assert (e10().stage, e10().publish_at, e10().current_edition.number) == ("published", None, 2)


def test_a_change_of_scheduled_words_takes_them_off_the_schedule(desk, bobs):
    submit_count()
    bobs.post(
        review(e10()),
        decision(bobs, e10(), do="schedule", **{"publish-at_0": "2030-01-02", "publish-at_1": "09:00"}),
    )
    desk.post(claim_form(e10()), filled_in(desk.get(claim_form(e10())), limitations="Other words"))
    assert (e10().stage, e10().publish_at) == ("draft", None)
    assert step_kinds(e10())[-1] == "changed"


def test_bob_does_not_schedule_his_own_change(desk, bobs):
    submit_count()
    alices = decision(bobs, e10(), do="schedule", **{"publish-at_0": "2030-01-02", "publish-at_1": "09:00"})
    submit(bobs, limitations="Counted by Bob.")
    shown = bobs.get(review(e10()))
    assert 'value="schedule"' not in shown.content.decode()
    page = bobs.post(review(e10()), alices | {"publish-seen": shown.context["fingerprint"]})
    assert refusals_in(page) == ["The last change is your own: somebody else has to publish it."]
    assert (e10().stage, e10().publish_at) == ("submitted", None)
    assert "scheduled" not in step_kinds(e10())


def test_words_that_bob_changed_after_he_scheduled_them_are_not_published_by_the_clock(desk, bobs):
    submit_count()
    data = decision(bobs, e10(), do="schedule", **{"publish-at_0": "2030-01-02", "publish-at_1": "09:00"})
    bobs.post(review(e10()), data)
    e10().figures.filter(value=5000).update(value=5001)  # past every form
    with patch("django.utils.timezone.now", return_value=NINE + timedelta(seconds=1)):
        claim = e10().publish_scheduled()
    assert (claim.stage, claim.current_edition.number, step_kinds(claim)[-1]) == ("draft", 1, "changed")


def test_a_claim_is_published_at_its_time_and_not_a_second_before(desk, bobs):
    submit_count()
    data = decision(bobs, e10(), do="schedule", **{"publish-at_0": "2030-01-02", "publish-at_1": "09:00"})
    bobs.post(review(e10()), data)
    for seconds, edition in ((-1, 1), (0, 2)):
        with patch("django.utils.timezone.now", return_value=NINE + timedelta(seconds=seconds)):
            assert e10().publish_scheduled().current_edition.number == edition


def test_only_what_is_scheduled_is_taken_off_the_schedule(desk, bobs):
    submit_count()
    page = press(bobs, e10(), "unschedule", reason="Too early")
    assert refusals_in(page) == ["The claim is not scheduled."]
    assert (e10().stage, step_kinds(e10())) == ("submitted", ["published", "submitted"])
