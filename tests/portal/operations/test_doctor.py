"""The doctor says what is wrong with a site and what to do, and nothing about anybody."""

import os
import time
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import OperationalError, connections
from django.utils import timezone

from impact.models import Claim, RegisterEntry
from portal.models import SearchEntry
from portal.operations import address_check
from portal.operations.backup import Backup
from portal.search.index import count_stale
from tests.support.going_live import make_ready
from tests.support.people import alice, bob

pytestmark = pytest.mark.django_db


class EmptyDatabase:
    kind, file_name = "sqlite", "database.sqlite3"

    def dump(self, file):
        file.write_text("everything")
        return {"rows": {}, "migrations": {}}


@pytest.fixture(autouse=True)
def healthy(settings, tmp_path, monkeypatch):
    """Makes a healthy site: its static files are collected, its last tick and backup a moment old."""
    settings.VAR_DIR, settings.STATIC_ROOT, settings.ALLOWED_HOSTS = (
        tmp_path,
        tmp_path / "static",
        ["example.org"],
    )
    settings.PORTAL_HTTPS, settings.SECRET_KEY = True, "k" * 60
    monkeypatch.setenv("PORTAL_PROXIES", "1")
    monkeypatch.setattr(address_check, "ask", lambda address: None)
    make_ready(settings)
    settings.STATICFILES_DIRS = []
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "staticfiles.json").write_text('{"paths": {}}')
    call_command("tick")
    Backup.make(tmp_path / "backups", EmptyDatabase())


@pytest.fixture
def examine(capsys):
    """Returns a function that runs the doctor: {check: (level, message)}, and True if it failed."""

    def run():
        failed = False
        try:
            call_command("doctor")
        except CommandError:
            failed = True
        lines = capsys.readouterr().out.splitlines()
        findings = {line[7:].partition(":")[0]: (line[:5].strip(), line.partition(": ")[2]) for line in lines}
        return findings, failed

    return run


def test_a_site_that_is_well_is_told_so_line_by_line(examine):
    findings, failed = examine()
    assert {level for level, _message in findings.values()} == {"ok"}
    assert list(findings) == [
        *["Version", "Database", "Migrations", "Search", "Schedule", "Claims", "Home", "Pages"],
        *["Organisations", "Quotations", "Redirects", "Review", "Takedowns", "Disk", "Tick"],
        *["Static files", "Secret key", "Environment", "Mail", "Redis", "Settings"],
        *["Public address", "Contact"],
        *["Who speaks", "Second factor", "Backup", "Files", "Demonstration", "Legal pages"],
    ]
    assert not failed


@pytest.mark.parametrize(
    ("names", "verb"),
    [(["PORTAL_CONTACT"], "is"), (["PORTAL_DATA_LICENCE", "PORTAL_SINGLE_EDITOR"], "are")],
)
def test_variables_that_are_not_read_any_more_are_named_while_they_are_set(examine, monkeypatch, names, verb):
    for name in names:
        monkeypatch.setenv(name, "1")
    findings, failed = examine()
    level, message = findings["Environment"]
    assert (level, failed) == ("note", False)
    assert message.startswith(f"{', '.join(names)} {verb} not read any more. Edit the settings of the site")


def change_search(settings):
    SearchEntry.objects.filter(kind="claim").first().delete()


def overdue(settings):
    claim = Claim.objects.get(number=10)
    claim.limitations = "Words for this morning"
    claim.save()
    claim.submit(alice(), seen=Claim.AS_STORED)
    claim.schedule(bob(), timezone.now() + timedelta(minutes=1), "A newer count", seen=Claim.AS_STORED)
    Claim.objects.filter(pk=claim.pk).update(publish_at=timezone.now() - timedelta(hours=1))


def lose_entry(settings):
    RegisterEntry.objects.get(number=10).delete()


def old_tick(settings):
    os.utime(settings.VAR_DIR / "last-tick", (time.time() - 600,) * 2)


def no_tick(settings):
    (settings.VAR_DIR / "last-tick").unlink()


def no_backup(settings):
    (settings.VAR_DIR / "last-backup").unlink()


def damaged_backup(settings):
    (Backup.last().folder / "database.sqlite3").write_text("everythinG")


def no_static_files(settings):
    (settings.STATIC_ROOT / "staticfiles.json").unlink()


def new_static_file(settings):
    (settings.VAR_DIR / "more").mkdir()
    (settings.VAR_DIR / "more/new.css").write_text("")
    settings.STATICFILES_DIRS = [settings.VAR_DIR / "more"]


def open_key(settings):
    (settings.VAR_DIR / "secret-key").write_text("k" * 60)
    (settings.VAR_DIR / "secret-key").chmod(0o644)


def no_mail(settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "127.0.0.1",
        1,
    )


@pytest.mark.parametrize(
    ("damage", "check", "what_to_do"),
    [
        (change_search, "Search", "Run manage.py reindex."),
        (overdue, "Schedule", "Run manage.py tick."),
        (lose_entry, "Claims", "Compare with the last backup"),
        (old_tick, "Tick", "it last ran 10 minutes ago"),
        (no_tick, "Tick", "Run manage.py tick each minute"),
        (no_backup, "Backup", "Run manage.py backup DIR each day"),
        (damaged_backup, "Backup", "is not what was saved"),
        (no_static_files, "Static files", "Run manage.py collectstatic"),
        (new_static_file, "Static files", "Run manage.py collectstatic"),
        (open_key, "Secret key", "Run chmod 600"),
        (lambda settings: setattr(settings, "SECRET_KEY", "short"), "Secret key", "Leave SECRET_KEY out"),
        (lambda settings: setattr(settings, "DEBUG", True), "Settings", "Leave it out."),
        (
            lambda settings: setattr(settings, "ALLOWED_HOSTS", ["*"]),
            "Settings",
            "Write its names in PORTAL_HOSTS.",
        ),
        (
            lambda settings: setattr(settings, "PORTAL_HTTPS", False),
            "Settings",
            "Set PORTAL_HTTPS=1 behind TLS.",
        ),
        (no_mail, "Mail", "does not answer"),
        (lambda settings: setattr(settings, "REDIS_URL", "redis://127.0.0.1:1/0"), "Redis", "start it."),
    ],
)
def test_what_is_wrong_is_named_with_what_to_do(examine, settings, damage, check, what_to_do):
    # Comparing the whole index takes long: it is done where the index is damaged, and nowhere else.
    count = (
        patch("portal.operations.doctor.count_stale", wraps=count_stale)
        if check == "Search"
        else patch("portal.operations.doctor.count_stale", return_value=0)
    )
    with patch.dict(os.environ), count:
        os.environ.pop("SECRET_KEY", None)
        damage(settings)
        findings, failed = examine()
    assert {name for name, (level, _message) in findings.items() if level == "WRONG"} == {check}
    assert what_to_do in findings[check][1]
    assert failed


def test_an_old_backup_is_as_bad_as_none(examine):
    later = timezone.now() + timedelta(days=2)
    with patch("portal.operations.going_live.timezone.now", return_value=later):
        findings, _failed = examine()
    assert findings["Backup"] == ("WRONG", "the last one is 48 hours old. Look why its timer does not run.")


def test_a_disk_that_is_nearly_full_is_noticed_before_it_is(examine):
    with patch(
        "portal.operations.doctor.shutil.disk_usage", return_value=type("Usage", (), {"free": 100_000_000})
    ):
        findings, _failed = examine()
    assert findings["Disk"][0] == "WRONG"


def test_without_its_database_the_rest_is_still_examined(examine):
    def gone(*_arguments):
        raise OperationalError("password authentication failed for user margin")

    with patch.object(type(connections["default"]), "cursor", gone):
        findings, failed = examine()
    assert findings["Database"][0] == "WRONG" and findings["Tick"][0] == "ok" and failed
    assert "password" not in str(findings)


def test_on_this_machine_alone_nothing_has_to_be_set(examine, settings):
    settings.ALLOWED_HOSTS, settings.PORTAL_HTTPS = ["localhost", "127.0.0.1", "[::1]"], False
    findings, failed = examine()
    assert findings["Settings"][0] == "note" and not failed


def test_nobody_is_named(examine, settings):
    overdue(settings)
    findings, _failed = examine()
    output = str(findings).casefold()
    for user in get_user_model().objects.all():
        assert f"{user.username} " not in output
    assert "Words for this morning".casefold() not in output
