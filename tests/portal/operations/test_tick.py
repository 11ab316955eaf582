"""Scheduled claims become public when they are due, and not a second before."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from impact.models import Claim
from tests.support.people import alice, bob

pytestmark = pytest.mark.django_db

NINE = timezone.now().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=1)


@pytest.fixture
def scheduled():
    claim = Claim.objects.get(number=10)
    claim.statement = "Words for tomorrow"
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
