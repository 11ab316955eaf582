"""A draft of a page is published by the clock, unless it was changed or taken off the schedule meanwhile."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from cms.api import create_page
from cms.models import PageContent
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from djangocms_versioning.models import Version

from portal.models import PageStep
from portal.pages import workflow
from tests.support.people import alice, bob

from .drafts import buttons, kinds, refusals, shown, state_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:get_current_site")]

TOMORROW = (timezone.now() + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
AT = {"at_0": f"{TOMORROW:%Y-%m-%d}", "at_1": "09:00"}


def tick():
    output, errors = StringIO(), StringIO()
    call_command("tick", stdout=output, stderr=errors)
    return output.getvalue(), errors.getvalue()


@pytest.mark.parametrize(
    ("moment", "is_shown"),
    [(TOMORROW - timedelta(seconds=1), False), (TOMORROW, True)],
)
def test_a_draft_on_the_schedule_is_published_by_the_clock_and_not_a_second_early(
    monkeypatch, at_alices, at_bobs, draft, moment, is_shown
):
    at_alices.press(draft, "submit")
    page = at_bobs.press(draft, "schedule", **AT)
    assert "“Tides” is on the schedule." in page.content.decode()
    assert buttons(page) == {"return", "unschedule"}
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert tick() == ("“Tides” is published.\n" if is_shown else "", "")
    assert ("Higher than last year" in shown()) is is_shown


def test_a_scheduled_draft_that_is_changed_or_taken_off_is_not_published(
    monkeypatch, at_alices, at_bobs, draft
):
    at_alices.press(draft, "submit")
    at_bobs.press(draft, "schedule", **AT)
    at_bobs.press(draft, "unschedule")
    with monkeypatch.context() as later:
        later.setattr(timezone, "now", lambda: TOMORROW)
        assert tick() == ("", "")
    at_bobs.press(draft, "schedule", **AT)
    at_alices.write(draft, "<p>Lower.</p>")
    monkeypatch.setattr(timezone, "now", lambda: TOMORROW)
    assert tick() == ("", "")
    assert state_of(draft) == "draft" and "Lower" not in shown()


def test_what_is_taken_off_the_schedule_as_the_clock_comes_to_it_is_not_published(
    monkeypatch, at_alices, at_bobs, draft
):
    at_alices.press(draft, "submit")
    at_bobs.press(draft, "schedule", **AT)
    with monkeypatch.context() as later:
        later.setattr(timezone, "now", lambda: TOMORROW)
        [step] = workflow.due_steps()
    at_bobs.press(draft, "unschedule")
    with pytest.raises(ValidationError, match="The draft is not scheduled."):
        workflow.publish_scheduled(step)
    assert (state_of(draft), kinds(draft)) == ("draft", ["submitted", "scheduled", "unscheduled"])


def test_what_the_clock_cannot_publish_is_returned_with_the_reason(monkeypatch, at_alices, at_bobs, draft):
    at_alices.press(draft, "submit")
    at_bobs.press(draft, "schedule", **AT)
    get_user_model().objects.filter(pk=bob().pk).update(is_active=False)
    monkeypatch.setattr(timezone, "now", lambda: TOMORROW)
    reason = "Whoever set the time may not publish any more: decide anew."
    assert tick() == ("", f"Tides: {reason}\n")
    assert tick() == ("", "")
    last = PageStep.objects.filter(version=draft).last()
    assert (last.kind, last.by, last.by_name, last.note) == ("returned", None, "the clock", reason)


def test_of_two_drafts_with_one_address_the_second_is_returned_and_holds_nobody_else_up(monkeypatch):
    drafts = []
    for title, slug in (("Ebb", "water"), ("Flow", "water"), ("Spring tide", "spring")):
        page = create_page(title, "pages/page.html", "en", slug=slug, created_by=alice())
        drafts.append(Version.objects.get_for_content(PageContent.admin_manager.get(page=page)))
        workflow.submit(drafts[-1], alice())
        workflow.schedule(drafts[-1], bob(), TOMORROW)
    monkeypatch.setattr(timezone, "now", lambda: TOMORROW)
    _output, errors = tick()
    assert errors.startswith("Flow: Another page has its address now") and errors.count("\n") == 1
    assert [state_of(each) for each in drafts] == ["published", "draft", "published"]
    assert kinds(drafts[1])[-1] == "returned"


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({}, "Give the date and the time at which readers are to see it."),
        (
            {"at_0": "2020-01-01", "at_1": "09:00"},
            "That time has passed: choose a later one, or publish now.",
        ),
        ({"at_0": "soon", "at_1": "09:00"}, "That is no date: write it as 2027-03-31."),
    ],
)
def test_a_time_that_cannot_be_is_refused_with_one_sentence(at_alices, at_bobs, draft, fields, refusal):
    at_alices.press(draft, "submit")
    assert refusals(at_bobs.press(draft, "schedule", **fields)) == [refusal]
    assert kinds(draft) == ["submitted"]


def test_the_moment_of_a_schedule_is_universal_time(at_alices, at_bobs, draft):
    at_alices.press(draft, "submit")
    at_bobs.press(draft, "schedule", **AT)
    step = PageStep.objects.filter(version=draft).last()
    assert step.publish_at.astimezone(UTC) == datetime.combine(TOMORROW.date(), TOMORROW.timetz())
