"""Each check of the doctor says the last that is well, and the first that is not."""

import os
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from impact.models import Claim, Edition, RegisterEntry
from portal.operations import doctor
from portal.operations.backup import Backup
from portal.operations.finding import Finding
from portal.operations.going_live import BACKUP, check_hosts_and_tls
from tests.support.factory import a_claim, an_organisation, published
from tests.support.people import alice, bob

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path


class EmptyDatabase:
    kind, file_name = "sqlite", "database.sqlite3"

    def dump(self, file):
        file.write_text("everything")
        return {"rows": {}, "migrations": {}}


@pytest.mark.parametrize(
    ("age", "level", "words"),
    [
        (timedelta(hours=3), "ok", "3 hours old, and whole"),
        (timedelta(hours=26), "ok", "26 hours old, and whole"),
        (timedelta(hours=26, seconds=1), "wrong", "26 hours old. Look why its timer does not run"),
    ],
)
def test_a_backup_may_be_two_hours_late(folder, age, level, words):
    made = datetime.fromisoformat(Backup.make(folder / "backups", EmptyDatabase()).verify()["made"])
    with patch("portal.operations.going_live.timezone.now", return_value=made + age):
        finding = BACKUP()
    assert finding.level == level and words in finding.message


def test_a_backup_that_is_no_longer_where_it_was_written_is_none(folder):
    backup = Backup.make(folder / "backups", EmptyDatabase())
    backup.folder.rename(folder / "elsewhere")
    assert Backup.last() is None and "none was made" in BACKUP().message


@pytest.mark.parametrize(("age", "level"), [(0, "ok"), (300, "ok"), (301, "wrong"), (720, "wrong")])
def test_a_tick_may_be_five_minutes_old(folder, age, level):
    stamp = folder / "last-tick"
    stamp.touch()
    with patch("portal.operations.doctor.time.time", return_value=stamp.stat().st_mtime + age):
        finding = doctor.check_last_tick()
    assert finding.level == level and (f"{age // 60} minutes" in finding.message) is (level == "wrong")


@pytest.mark.parametrize(
    ("free", "megabytes", "level"),
    [
        (500_000_000, 0, "ok"),
        (499_999_999, 0, "wrong"),
        (600_000_000, 300, "ok"),
        (599_999_999, 300, "wrong"),
        (500_000_000, 250, "ok"),
    ],
)
def test_there_should_be_room_for_the_database_twice(folder, monkeypatch, settings, free, megabytes, level):
    file = folder / "site.sqlite3"
    if connection.vendor == "sqlite" and megabytes:
        with file.open("wb") as database:
            database.truncate(megabytes * 1_000_000)
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", file)
    usage = SimpleNamespace(free=free)
    with patch("portal.operations.doctor.shutil.disk_usage", return_value=usage):
        finding = doctor.check_disk_space()
    if connection.vendor == "postgresql":
        level = "ok" if free >= 500_000_000 else "wrong"
    assert finding.level == level and f"{free / 1e9:.1f} GB are free" in finding.message


@pytest.mark.parametrize(
    ("count", "minutes", "words"),
    [
        (0, 0, "nothing is overdue"),
        (3, 4, "nothing is overdue"),
        (1, 6, "1 claim should be public by now"),
        (2, 6, "2 claims should be public by now"),
    ],
)
def test_a_claim_may_be_late_by_as_much_as_the_tick(count, minutes, words):
    for number in range(count):
        claim = a_claim(f"Words {number}")
        claim.submit(alice(), seen=Claim.AS_STORED)
        claim.schedule(bob(), timezone.now() + timedelta(days=1), seen=Claim.AS_STORED)
        Claim.objects.filter(pk=claim.pk).update(publish_at=timezone.now() - timedelta(minutes=minutes))
    finding = doctor.check_overdue_claims()
    assert words in finding.message and (finding.level == "ok") is ("nothing" in words)


def edition_of_another(one, other):
    Claim.objects.filter(pk=one.pk).update(current_edition=None)
    Claim.objects.filter(pk=other.pk).update(current_edition=None)
    Claim.objects.filter(pk=one.pk).update(current_edition=other.editions.last())


def edition_before_the_last(one, other):
    published(one, statement="Newer words", change="update")
    Claim.objects.filter(pk=one.pk).update(current_edition=one.editions.first())


def entry_lost(one, other):
    RegisterEntry.objects.filter(edition=one.current_edition).delete()


def entry_too_many(one, other):
    Claim.objects.filter(pk=one.pk).update(current_edition=None)


@pytest.mark.parametrize("damage", [edition_of_another, edition_before_the_last, entry_lost, entry_too_many])
def test_an_edition_that_readers_should_not_see_is_counted_whatever_is_wrong_with_it(damage):
    assert doctor.check_current_editions().level == "ok"
    damage(*(published(a_claim(words)) for words in ("One", "Two")))
    finding = doctor.check_current_editions()
    assert finding.level == "wrong" and "Compare with the last backup" in finding.message
    assert Edition.objects.exists() and an_organisation()


def test_entries_that_are_lost_are_counted():
    claims = [published(a_claim(words)) for words in ("One", "Two")]
    for claim, words in zip(claims, ("1 current edition is not", "2 current editions are not"), strict=True):
        RegisterEntry.objects.filter(edition=claim.current_edition).delete()
        assert words in doctor.check_current_editions().message


@pytest.mark.parametrize(
    ("length", "mode", "in_environment", "level"),
    [
        (50, 0o600, False, "ok"),
        (49, 0o600, False, "wrong"),
        (60, 0o640, False, "wrong"),
        (60, 0o604, False, "wrong"),
        (60, 0o610, False, "wrong"),
        (60, 0o644, True, "ok"),
        (60, None, False, "ok"),
    ],
)
def test_a_secret_key_is_long_and_its_owners_alone(
    folder, settings, monkeypatch, length, mode, in_environment, level
):
    settings.SECRET_KEY = "k" * length
    monkeypatch.delenv("SECRET_KEY", raising=False)
    if in_environment:
        monkeypatch.setenv("SECRET_KEY", settings.SECRET_KEY)
    if mode:
        (folder / "secret-key").write_text(settings.SECRET_KEY)
        (folder / "secret-key").chmod(mode)
    assert doctor.check_secret_key().level == level


@pytest.mark.parametrize(
    ("debug", "hosts", "https", "level", "words"),
    [
        (False, ["example.org"], True, "ok", "as they should be"),
        (True, ["example.org"], True, "wrong", "PORTAL_DEBUG=1"),
        (False, ["example.org", "*"], True, "wrong", "answers to any name"),
        (False, ["localhost", "example.org"], False, "wrong", "Set PORTAL_HTTPS=1"),
        (False, ["127.0.0.1"], False, "note", "on this machine only"),
        (False, ["[::1]", "localhost"], True, "note", "on this machine only"),
    ],
)
def test_names_and_tls_have_to_fit_who_can_reach_the_site(
    settings, monkeypatch, debug, hosts, https, level, words
):
    monkeypatch.setenv("PORTAL_PROXIES", "1")
    settings.DEBUG, settings.ALLOWED_HOSTS, settings.PORTAL_HTTPS = debug, hosts, https
    finding = check_hosts_and_tls()
    assert finding.level == level and words in finding.message


@pytest.mark.parametrize(("host", "level"), [("localhost", "note"), ("mail.example.org", "wrong")])
def test_a_machine_without_a_mail_server_is_no_fault_where_none_was_named(settings, host, level):
    settings.EMAIL_HOST = host
    with patch("portal.operations.doctor.mail.get_connection", side_effect=OSError):
        finding = doctor.check_mail()
    assert finding.level == level and f"the server {host} does not answer" in finding.message


def test_static_files_are_collected_anew_when_one_is_newer_than_the_last_time(folder, settings):
    settings.STATIC_ROOT, settings.STATICFILES_DIRS = folder / "static", [folder / "source"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    for each in (settings.STATIC_ROOT, folder / "source"):
        each.mkdir()
    manifest, source = settings.STATIC_ROOT / "staticfiles.json", folder / "source/a.css"
    source.write_text("a {}")
    manifest.write_text('{"paths": {"a.css": "a.1.css"}}')
    for moment, level in ((1_000, "ok"), (999, "ok"), (1_001, "wrong")):
        os.utime(manifest, (1_000, 1_000))
        os.utime(source, (moment, moment))
        assert doctor.check_static_files().level == level


@pytest.mark.parametrize(
    ("waiting", "words"), [(0, "all are applied"), (1, "1 waits. Run"), (2, "2 wait. Run")]
)
def test_migrations_that_wait_are_counted(waiting, words):
    with patch("portal.operations.doctor.MigrationExecutor.migration_plan", return_value=[None] * waiting):
        finding = doctor.check_migrations()
    assert words in finding.message and (finding.level == "ok") is not waiting


@pytest.mark.parametrize(
    ("count", "words"), [(0, "in step"), (1, "1 record is not found"), (2, "2 records are not")]
)
def test_records_that_are_not_found_are_counted(count, words):
    with patch("portal.operations.doctor.count_stale", return_value=count):
        finding = doctor.check_search_index()
    assert words in finding.message and (finding.level == "ok") is not count


@pytest.mark.parametrize(
    ("vendor", "answer", "level"),
    [
        ("sqlite", "ok", "ok"),
        ("sqlite", "row 5 missing from index", "wrong"),
        ("postgresql", 0, "ok"),
        ("postgresql", 1, "wrong"),
    ],
)
def test_a_damaged_database_is_noticed(monkeypatch, vendor, answer, level):
    @contextmanager
    def cursor():
        yield SimpleNamespace(execute=lambda sql: None, fetchone=lambda: (answer,))

    named = SimpleNamespace(vendor=vendor, cursor=cursor, display_name="Made up")
    monkeypatch.setattr("portal.operations.doctor.connection", named)
    finding = doctor.check_database()
    assert finding.level == level and ("restore BACKUP --replace" in finding.message) is (level == "wrong")


@pytest.mark.parametrize(
    ("levels", "sentence"),
    [
        (["wrong", "ok", "note"], "1 check found something wrong."),
        (["wrong", "wrong", "note"], "2 checks found something wrong."),
        (["ok", "note", "note"], ""),
    ],
)
def test_the_command_counts_what_is_wrong_and_nothing_else(monkeypatch, capsys, levels, sentence):
    findings = [Finding(level, f"Thing {number}") for number, level in enumerate(levels)]
    monkeypatch.setattr("portal.management.commands.doctor.run_checks", lambda: findings)
    try:
        call_command("doctor")
        failure = ""
    except CommandError as error:
        failure = str(error)
    assert failure == sentence
    signs = {"ok": "ok     ", "note": "note   ", "wrong": "WRONG  "}
    assert capsys.readouterr().out.splitlines() == [
        f"{signs[level]}Thing {number}" for number, level in enumerate(levels)
    ]
