"""The steps of a review: from which stage each is taken, and what it leaves on record."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from impact.models import Claim, ReviewStep
from tests.support.factory import a_claim, a_figure, published
from tests.support.people import alice, bob
from tests.support.review import step_kinds

pytestmark = pytest.mark.django_db

NOON = datetime(2031, 5, 2, 12, tzinfo=UTC)
FIRST_WORDS, OTHER_WORDS = "We taught 40 pilots", "We taught 50 pilots"


@pytest.fixture
def claim():
    return published(a_claim(FIRST_WORDS))


def change(claim, statement=OTHER_WORDS, by=alice):
    claim.statement, claim._history_user = statement, by()
    claim.save()
    claim.note_change(by())
    claim.refresh_from_db()
    return claim


def tomorrow():
    return timezone.now() + timedelta(days=1)


def seen(claim):
    return {"seen": claim.fingerprint}


# What leads from a published claim to each stage.
STAGES = {
    "published": [],
    "draft": [change],
    "submitted": [change, lambda claim: claim.submit(alice(), **seen(claim))],
    "returned": [
        change,
        lambda claim: claim.submit(alice(), **seen(claim)),
        lambda claim: claim.send_back(bob(), "Whose count?", **seen(claim)),
    ],
    "scheduled": [
        change,
        lambda claim: claim.submit(alice(), **seen(claim)),
        lambda claim: claim.schedule(bob(), tomorrow(), **seen(claim)),
    ],
    "to be retired": [lambda claim: claim.ask_to_retire(alice(), **seen(claim))],
    "retired": [lambda claim: published(claim, change="retired")],
    "withdrawn": [lambda claim: claim.withdraw(bob(), "It was wrong", **seen(claim))],
}
STEPS = {
    "submit": lambda claim: claim.submit(alice(), **seen(claim)),
    "retire": lambda claim: claim.ask_to_retire(alice(), **seen(claim)),
    "return": lambda claim: claim.send_back(bob(), "Why?", **seen(claim)),
    "schedule": lambda claim: claim.schedule(bob(), tomorrow(), "Newer", **seen(claim)),
    "unschedule": lambda claim: claim.unschedule(bob(), **seen(claim)),
    "publish": lambda claim: claim.publish(bob(), "Newer", **seen(claim)),
    "withdraw": lambda claim: claim.withdraw(bob(), "It was wrong", **seen(claim)),
}
# {stage: {step that can be taken: the stage that it leads to}}
LEADS_TO = {
    "published": {"retire": "submitted", "withdraw": "draft"},
    "draft": {"submit": "submitted", "withdraw": "draft"},
    "submitted": {
        "return": "returned",
        "schedule": "scheduled",
        "publish": "published",
        "withdraw": "draft",
    },
    "returned": {"submit": "submitted", "withdraw": "draft"},
    "scheduled": {
        "return": "returned",
        "unschedule": "submitted",
        "publish": "published",
        "withdraw": "draft",
    },
    "to be retired": {
        "return": "published",
        "schedule": "scheduled",
        "publish": "published",
        "withdraw": "draft",
    },
    "retired": {"withdraw": "draft"},
    "withdrawn": {"submit": "submitted"},
}


def stored(claim):
    claim = Claim.objects.get(pk=claim.pk)
    return claim.stage, claim.publish_at, claim.current_edition_id, step_kinds(claim), claim.editions.count()


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_leads_on_from_its_stages_and_is_refused_at_all_others(claim, stage, step):
    for lead in STAGES[stage]:
        lead(claim)
    before = stored(claim)
    if step in LEADS_TO[stage]:
        assert STEPS[step](claim).stage == Claim.objects.get(pk=claim.pk).stage == LEADS_TO[stage][step]
        assert len(stored(claim)[3]) == len(before[3]) + 1
        return
    with pytest.raises(ValidationError) as error:
        STEPS[step](claim)
    assert len(error.value.messages) == 1
    assert stored(claim) == before


def test_of_two_publishers_with_the_same_page_the_second_is_refused(claim):
    STAGES["submitted"][1](change(claim))
    first, second = Claim.objects.get(pk=claim.pk), Claim.objects.get(pk=claim.pk)
    first.publish(bob(), "Newer", **seen(first))
    for step in ("publish", "schedule", "return"):
        with pytest.raises(ValidationError):
            STEPS[step](second)
    assert claim.editions.count() == 2
    first.withdraw(bob(), "It was wrong", **seen(first))
    with pytest.raises(ValidationError, match="there is nothing to withdraw"):
        second.withdraw(bob(), "It was wrong", **seen(second))


@pytest.mark.parametrize("step", ["publish", "withdraw", "return", "schedule"])
def test_a_step_that_fails_at_its_end_leaves_no_half_of_it(claim, monkeypatch, step):
    STAGES["submitted"][1](change(claim))
    before = stored(claim)

    def fail(**values):
        raise RuntimeError("The record of the review is full")

    monkeypatch.setattr(ReviewStep.objects, "create", fail)
    with pytest.raises(RuntimeError):
        STEPS[step](claim)
    assert stored(claim) == before


@pytest.mark.parametrize("reason", ["", " ", "Counted anew"])
def test_a_changed_figure_is_neither_published_nor_scheduled_without_a_reason(claim, reason):
    a_figure(claim, 40)
    published(claim)
    claim.figures.update(value=41)
    claim.submit(alice(), **seen(claim))
    for step in (
        lambda: claim.schedule(bob(), tomorrow(), reason, **seen(claim)),
        lambda: claim.publish(bob(), reason, **seen(claim)),
    ):
        if reason.strip():
            step()
        else:
            with pytest.raises(ValidationError, match="A published figure changes"):
                step()
    assert claim.editions.count() == (3 if reason.strip() else 2)


@pytest.mark.parametrize(("seconds", "is_taken"), [(-1, False), (0, False), (1, True)])
def test_a_time_lies_after_now(claim, seconds, is_taken):
    STAGES["submitted"][1](change(claim))
    with patch("django.utils.timezone.now", return_value=NOON):
        at = NOON + timedelta(seconds=seconds)
        if is_taken:
            assert claim.schedule(bob(), at, "Newer", **seen(claim)).publish_at == at
            return
        with pytest.raises(ValidationError, match="That time has passed"):
            claim.schedule(bob(), at, "Newer", **seen(claim))


@pytest.mark.parametrize(("seconds", "is_due"), [(-1, False), (0, True), (1, True)])
def test_what_is_scheduled_is_due_from_its_second_on_and_nothing_else_is(claim, seconds, is_due):
    waiting = change(published(a_claim("We taught boats")), "We taught 3 boats")
    waiting.submit(alice(), **seen(waiting))
    STAGES["submitted"][1](change(claim)).schedule(
        bob(), NOON, "Newer", "update", ["One", "Two"], **seen(claim)
    )
    with patch("django.utils.timezone.now", return_value=NOON + timedelta(seconds=seconds)):
        assert list(Claim.objects.due()) == ([claim] if is_due else [])
        assert claim.publish_scheduled().stage == ("published" if is_due else "scheduled")
        assert waiting.publish_scheduled().stage == "submitted"
    assert claim.publish_at == (None if is_due else NOON)


def test_each_step_keeps_who_took_it_when_why_and_about_which_words(claim):
    change(claim)
    fingerprint = claim.fingerprint
    claim.submit(alice(), "See the count", **seen(claim))
    claim.schedule(bob(), NOON, "Newer", "update", ["One", "Two"], **seen(claim))
    claim.unschedule(bob(), "Too early", **seen(claim))
    claim.send_back(bob(), "Whose count?", **seen(claim))
    claim.submit(alice(), **seen(claim))
    claim.publish(bob(), "Newer", "correction", ["Three"], **seen(claim))
    claim.withdraw(bob(), "It was wrong", **seen(claim))
    columns = ("kind", "by__username", "note", "change", "publish_at", "warnings")
    assert list(claim.steps.values_list(*columns))[1:] == [
        ("submitted", "editor", "See the count", "", None, ""),
        ("scheduled", "publisher", "Newer", "update", NOON, "One\nTwo"),
        ("unscheduled", "publisher", "Too early", "", None, ""),
        ("returned", "publisher", "Whose count?", "", None, ""),
        ("submitted", "editor", "", "", None, ""),
        ("published", "publisher", "Newer", "correction", None, "Three"),
        ("withdrawn", "publisher", "It was wrong", "", None, ""),
    ]
    assert {step.fingerprint for step in list(claim.steps.all())[1:]} == {fingerprint}


@pytest.mark.parametrize("reason", ["", "  \n"])
@pytest.mark.parametrize("step", ["return", "withdraw", "restore"])
def test_a_step_back_wants_a_reason(claim, step, reason):
    first = claim.current_edition
    published(claim, statement=OTHER_WORDS)
    STAGES["submitted"][1](change(claim, "We taught 60 pilots"))
    before = stored(claim)
    steps = {
        "return": lambda: claim.send_back(bob(), reason, **seen(claim)),
        "withdraw": lambda: claim.withdraw(bob(), reason, **seen(claim)),
        "restore": lambda: claim.restore(first, bob(), reason, **seen(claim)),
    }
    with pytest.raises(ValidationError, match="Say why") as error:
        steps[step]()
    assert (error.value.code, stored(claim)) == ("reason", before)


@pytest.mark.parametrize("stage", ["draft", "submitted", "returned", "scheduled"])
def test_an_earlier_edition_comes_back_beside_a_draft_which_keeps_its_stage_and_its_time(claim, stage):
    first = claim.current_edition
    published(claim, statement="We taught 45 pilots")
    for lead in STAGES[stage]:
        lead(claim)
    time = claim.publish_at
    assert bool(time) is (stage == "scheduled")
    claim.restore(first, bob(), "It was right", **seen(claim))
    assert (claim.stage, claim.publish_at, claim.statement) == (stage, time, OTHER_WORDS)
    edition = claim.current_edition
    assert (edition.number, edition.statement, edition.change) == (3, FIRST_WORDS, "restored")
    assert (edition.reason, edition.published_by, claim.steps.last().change) == (
        "It was right",
        bob(),
        "restored",
    )


def test_an_earlier_edition_takes_the_place_of_a_copy_without_changes_with_figures_and_sources(claim):
    a_figure(claim, 40)
    published(claim)
    second = claim.current_edition
    claim.figures.all().delete()
    claim.citations.all().delete()
    claim.citations.create(source=second.citations.get().source, note="Another")
    published(claim, statement=OTHER_WORDS, theme="advocacy")
    claim.restore(second, bob(), "It was right", **seen(claim))
    assert (claim.stage, claim.statement, claim.theme) == ("published", FIRST_WORDS, "training")
    assert [figure.value for figure in claim.figures.all()] == [40]
    assert claim.content() == second.content() == claim.current_edition.content()
    with pytest.raises(ValidationError, match="This is the current edition already"):
        claim.restore(claim.current_edition, bob(), "Once more", **seen(claim))


def test_after_a_withdrawal_other_words_stay_a_draft_beside_the_edition_that_comes_back(claim):
    first = claim.current_edition
    change(claim).withdraw(bob(), "It was wrong", **seen(claim))
    assert claim.withdrawal.note == "It was wrong"
    claim.restore(first, bob(), "It was right", **seen(claim))
    assert (claim.stage, claim.statement, claim.withdrawal) == ("draft", OTHER_WORDS, None)
    claim.withdraw(bob(), "It was wrong again", **seen(claim))
    assert claim.withdrawal.note == "It was wrong again"
    assert a_claim("We taught others").withdrawal is None


def test_what_is_found_true_is_a_step_of_review_and_no_row_of_the_history(claim):
    Claim.objects.filter(pk=claim.pk).update(review_by="2020-01-01")
    rows = claim.history.count()
    claim.confirm(alice())
    assert (claim.is_overdue, claim.history.count(), claim.confirmed_on) == (
        False,
        rows,
        timezone.localdate(),
    )
    assert (claim.steps.last().kind, claim.steps.last().by) == ("still true", alice())
