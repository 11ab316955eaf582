"""A database that a newer version has written is not served by an older one, and the doctor says so."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from portal.operations import server
from portal.operations.backup import OperationError
from portal.operations.doctor import check_migrations

pytestmark = pytest.mark.django_db

SENTENCE = "This database was written by a newer version (impact.9999_of_tomorrow is not known here): "


@pytest.fixture
def migrated(monkeypatch):
    """The commands that the start has called."""
    called = []
    monkeypatch.setattr(server, "call_command", lambda name, **options: called.append(name))
    return called


def test_an_older_version_does_not_start_on_a_newer_database(migrated):
    MigrationRecorder(connection).record_applied("impact", "9999_of_tomorrow")
    with pytest.raises(OperationError) as refusal:
        server.prepare_database(lambda line: None)
    assert str(refusal.value).startswith(SENTENCE) and migrated == []
    finding = check_migrations()
    assert finding.level == "wrong" and SENTENCE in finding.message


def test_migrations_that_another_package_has_given_up_stand_in_nobody_s_way(migrated):
    MigrationRecorder(connection).record_applied("cms", "9999_put_together")
    server.prepare_database(lambda line: None)
    assert migrated == ["migrate"] and check_migrations().level == "ok"
