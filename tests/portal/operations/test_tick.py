"""Scheduled claims become public when they are due, and not a second before."""

import os
from datetime import timedelta
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from impact.models import Claim
from portal.models import Attempt
from portal.operations.scheduled_tasks import analyze_tables
from tests.support.factory import a_claim
from tests.support.people import alice, bob

pytestmark = pytest.mark.django_db

NINE = timezone.now().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=1)


@pytest.fixture
def scheduled():
    claim = Claim.objects.get(number=10)
    claim.statement = "Words for tomorrow on over 4,500 from over 55"
    claim.in_our_words = True
    claim.save()
    claim.submit(alice(), seen=Claim.AS_STORED)
    claim.schedule(bob(), NINE, "A newer count", seen=Claim.AS_STORED)
    return claim


def tick_at(moment, capsys):
    with patch("django.utils.timezone.now", return_value=moment):
        call_command("tick")
    return capsys.readouterr().out


def test_a_scheduled_claim_is_public_at_its_time_and_not_a_second_early(client, scheduled, capsys):
    assert tick_at(NINE - timedelta(seconds=1), capsys) == ""
    assert "Words for tomorrow" not in client.get("/evidence/e10/", follow=True).content.decode()
    assert tick_at(NINE, capsys) == "E10 is published as edition 2.\n"
    assert "Words for tomorrow" in client.get("/evidence/e10/", follow=True).content.decode()
    edition = Claim.objects.get(number=10).current_edition
    assert (edition.published_by, edition.reason) == (bob(), "A newer count")


def test_what_is_due_is_published_once(scheduled, capsys):
    tick_at(NINE, capsys)
    assert tick_at(NINE + timedelta(minutes=1), capsys) == ""
    assert scheduled.editions.count() == 2


def test_words_changed_since_they_were_scheduled_go_back_to_a_draft(client, scheduled, capsys):
    scheduled.refresh_from_db()
    scheduled.statement = "Words that nobody else has read"
    scheduled.in_our_words = True
    scheduled.save()
    assert tick_at(NINE, capsys) == ""
    claim = Claim.objects.get(number=10)
    assert (claim.stage, claim.current_edition.number) == ("draft", 1)


def test_what_is_taken_off_the_schedule_stays_where_it_was(scheduled, capsys):
    scheduled.unschedule(bob(), seen=Claim.AS_STORED)
    assert tick_at(NINE, capsys) == ""
    assert Claim.objects.get(number=10).stage == "submitted"


def test_a_time_that_has_passed_is_refused(scheduled):
    scheduled.unschedule(bob(), seen=Claim.AS_STORED)
    with pytest.raises(ValidationError, match="That time has passed: choose a later one, or publish now"):
        scheduled.schedule(
            bob(), timezone.now() - timedelta(minutes=1), "A newer count", seen=Claim.AS_STORED
        )


def test_the_tables_are_counted_once_a_day_where_the_database_does_not_do_so_itself(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    analyzed = []
    for _minute in range(2):
        with CaptureQueriesContext(connection) as queries:
            call_command("tick")
        analyzed.append("ANALYZE" in [query["sql"] for query in queries.captured_queries])
    assert analyzed == [connection.vendor == "sqlite", False]


def test_a_claim_that_cannot_be_published_holds_up_none_of_the_others(capsys):
    claims = [a_claim(f"Words {number}") for number in range(3)]
    for claim in claims:
        claim.submit(alice(), seen=Claim.AS_STORED)
        claim.schedule(bob(), NINE, seen=Claim.AS_STORED)
    references = [claim.reference for claim in claims]
    publish = Claim.publish_scheduled

    def refuse_the_first(claim):
        if claim.reference == references[0]:
            raise ValidationError(["It lacks a source.", "And a year."])
        publish(claim)

    with (
        patch.object(Claim, "publish_scheduled", refuse_the_first),
        patch("django.utils.timezone.now", return_value=NINE),
    ):
        call_command("tick")
    told = capsys.readouterr()
    assert told.err == f"{references[0]} It lacks a source. And a year.\n"
    assert sorted(told.out.splitlines()) == [
        f"{reference} is published as edition 1." for reference in references[1:]
    ]


def test_attempts_to_log_in_are_deleted_once_they_have_expired_and_where_no_clock_can_have_been_right(capsys):
    for name, minutes in (("past", -1), ("now", 0), ("soon", 5), ("latest", 60), ("beyond", 61)):
        Attempt.objects.create(cache_key=name, value="", expires=NINE + timedelta(minutes=minutes))
    tick_at(NINE, capsys)
    assert set(Attempt.objects.values_list("cache_key", flat=True)) == {"now", "soon", "latest"}


@pytest.mark.parametrize(("age", "expected"), [(86_399, False), (86_400, True)])
def test_the_tables_are_counted_anew_after_a_day(settings, tmp_path, age, expected):
    settings.VAR_DIR = tmp_path
    stamp = tmp_path / "last-count"
    stamp.touch()
    os.utime(stamp, (1_000_000, 1_000_000))
    with (
        CaptureQueriesContext(connection) as queries,
        patch("portal.operations.scheduled_tasks.time.time", return_value=1_000_000 + age),
    ):
        analyze_tables()
    expected = expected and connection.vendor == "sqlite"
    assert ("ANALYZE" in [query["sql"] for query in queries.captured_queries]) is expected
    assert (stamp.stat().st_mtime > 1_000_000) is expected
    assert not expected or "PRAGMA analysis_limit = 1000" in queries.captured_queries[0]["sql"]


def test_a_run_leaves_its_time_for_the_doctor(settings, tmp_path, capsys):
    settings.VAR_DIR = tmp_path
    tick_at(NINE, capsys)
    assert (tmp_path / "last-tick").exists()


@pytest.fixture
def life(monkeypatch):
    """Lets the parent of this process live for so many seconds, of which none passes; counts the runs."""
    life = SimpleNamespace(seconds=0, slept=0, runs=0, errors=[])

    def sleep(seconds):
        life.slept += seconds

    def run(report, report_error):
        life.runs += 1
        if life.errors and life.runs > 1 and (error := life.errors.pop(0)):
            raise error

    module = "portal.operations.scheduled_tasks"
    monkeypatch.setattr(f"{module}.time.sleep", sleep)
    monkeypatch.setattr(f"{module}.os.getppid", lambda: 1 if life.slept >= life.seconds else 2)
    monkeypatch.setattr(f"{module}.run_due_tasks", run)
    monkeypatch.setattr(f"{module}.close_old_connections", lambda: None)
    return life


@pytest.mark.parametrize(
    ("seconds", "every", "runs"), [(59, 60, 1), (60, 60, 2), (119, 60, 2), (150, 60, 3), (5, None, 1)]
)
def test_it_runs_at_its_interval_as_long_as_the_server_lives(life, seconds, every, runs):
    life.seconds = seconds
    call_command("tick", every=every)
    assert life.runs == runs and life.slept == (seconds if every else 0)


def test_a_database_that_is_away_is_told_and_tried_again(life, capsys):
    life.seconds, life.errors = 250, [OperationalError("no server"), None]
    call_command("tick", every=60)
    assert life.runs == 5 and capsys.readouterr().err == "no server\n"
