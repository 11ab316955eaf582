"""What `make run` does at a first start and at each later one, and what it tells about a port."""

import os
import socket
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError
from django.db import OperationalError
from django.db.migrations.exceptions import MigrationSchemaMissing

from portal.management.commands.start import port_number
from portal.models import SearchEntry
from portal.operations import server
from portal.operations.backup import OperationError

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("8000", 8000), ("65535", 65535)])
def test_a_port_is_a_number_from_1_to_65535(text, number):
    assert port_number(text) == number


@pytest.mark.parametrize("text", ["0", "65536", "-1", "80x", "", "²", "٣"])
def test_anything_else_is_no_port(text):
    with pytest.raises(CommandError, match="is not a port: choose a number from 1 to 65535"):
        port_number(text)


@pytest.mark.parametrize(
    ("port", "error", "sentence"),
    [
        (
            80,
            PermissionError(),
            "Port 80 is not yours to use: choose another, for example `make run PORT=8001`.",
        ),
        (
            8000,
            OSError(),
            "is in use: stop what listens there, or choose another, for example `make run PORT=8001`.",
        ),
        (65534, OSError(), "for example `make run PORT=65535`."),
        (65535, OSError(), "for example `make run PORT=8000`."),
    ],
)
def test_a_port_that_cannot_be_had_is_named_with_one_that_may(monkeypatch, port, error, sentence):
    def bind(self, address):
        raise error

    monkeypatch.setattr(socket.socket, "bind", bind)
    with pytest.raises(OperationError) as refusal:
        server.require_free_port(port)
    assert str(refusal.value).endswith(sentence)


@pytest.mark.parametrize(
    ("https", "proxies", "certificate", "is_refused"),
    [
        (True, 0, "", True),
        (True, 1, "", False),
        (True, 0, "/etc/ssl/example.pem", False),
        (False, 0, "", False),
    ],
)
def test_what_would_lead_every_visitor_in_a_circle_is_not_served(
    start, settings, monkeypatch, https, proxies, certificate, is_refused
):
    settings.PORTAL_HTTPS, settings.PORTAL_PROXIES = https, proxies
    if certificate:
        monkeypatch.setenv("GRANIAN_SSL_CERTIFICATE", certificate)
    if not is_refused:
        assert start()[0][-1] == "serve 8001"
        return
    with pytest.raises(OperationError, match="set PORTAL_PROXIES to the number of proxies before it"):
        start()


@pytest.fixture
def start(monkeypatch):
    """Returns a function that starts a server of nothing: what was called, and what was told."""

    def run():
        called, output = [], StringIO()
        monkeypatch.setattr(server, "make_folder_private", lambda: None)
        monkeypatch.setattr(server, "require_free_port", lambda port: called.append(f"port {port}"))
        monkeypatch.setattr(server, "call_command", lambda name, **options: called.append(name))
        monkeypatch.setattr(server, "collect_static_files", lambda report: called.append("static files"))
        monkeypatch.setattr(server, "serve", lambda port: called.append(f"serve {port}"))
        stdout = SimpleNamespace(write=lambda line: output.write(f"{line}\n"), flush=lambda: None)
        server.start(8001, stdout, lambda: called.append("check"))
        return called, output.getvalue()

    monkeypatch.setattr(server.connection, "ensure_connection", lambda: None)
    monkeypatch.setenv("PORTAL_PASSWORD_ONLY", "0")
    return run


def test_a_site_that_is_filled_is_migrated_checked_and_served(start):
    called, told = start()
    assert called == ["port 8001", "migrate", "check", "static files", "serve 8001"]
    assert "Staff login: http://localhost:8001/admin/ (accounts “editor” and “publisher”;" in told
    assert "the site is at http://localhost:8001/ in a moment" in told and "Filling" not in told


def test_an_empty_site_is_filled_and_shows_its_passwords_itself(start, monkeypatch):
    monkeypatch.setattr(server, "is_empty_site", lambda: True)
    monkeypatch.delenv("START", raising=False)
    called, told = start()
    assert called == ["port 8001", "migrate", "check", "seed", "static files", "serve 8001"]
    assert "Filling the empty site" in told and "Staff login" not in told


def test_a_site_without_an_index_is_indexed(start):
    SearchEntry.objects.all().delete()
    called, told = start()
    assert called == ["port 8001", "migrate", "check", "reindex", "static files", "serve 8001"]
    assert "Filling the search index" in told


@pytest.mark.parametrize(
    ("chosen", "https", "expected"),
    [(None, False, "1"), (None, True, None), ("0", False, "0"), ("1", True, "1")],
)
def test_a_password_is_enough_on_this_machine_unless_somebody_has_said_otherwise(
    monkeypatch, settings, chosen, https, expected
):
    settings.PORTAL_HTTPS, lines = https, []
    monkeypatch.setenv("PORTAL_PASSWORD_ONLY", chosen or "")
    if chosen is None:
        monkeypatch.delenv("PORTAL_PASSWORD_ONLY")
    server.allow_login_by_password(lines.append)
    assert os.environ.get("PORTAL_PASSWORD_ONLY") == expected
    assert bool(lines) is (chosen is None and not https)


def test_static_files_are_collected_when_one_has_come_gone_or_changed(monkeypatch, settings, tmp_path):
    called, lines, source = [], [], tmp_path / "source"
    settings.VAR_DIR, settings.STATIC_ROOT, settings.STATICFILES_DIRS = (
        tmp_path,
        tmp_path / "static",
        [source],
    )
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    monkeypatch.setattr(server, "call_command", lambda name, **options: called.append(name))
    source.mkdir()
    settings.STATIC_ROOT.mkdir()

    def is_collected():
        before = len(called)
        server.collect_static_files(lines.append)
        return len(called) > before

    assert is_collected() and not is_collected()
    (source / "a.css").write_text("a")
    assert is_collected() and not is_collected()
    (source / "a.css").write_text("aa")
    assert is_collected() and not is_collected()
    os.utime(source / "a.css", (1_000, 1_000))
    assert is_collected() and not is_collected()
    (source / "a.css").unlink()
    assert is_collected() and not is_collected()
    settings.STATIC_ROOT.rmdir()
    assert is_collected()
    assert set(called) == {"collectstatic"} and lines == ["Collecting the static files …"] * len(called)


@pytest.mark.parametrize(
    ("vendor", "error", "sentence"),
    [
        (
            "sqlite",
            "unable to open database file",
            "The database site.db cannot be used (unable to open database file):",
        ),
        (
            "postgresql",
            'connection to server at "hush", port 1 failed: Connection refused\n\tIs it running?',
            "The database that DATABASE_URL names cannot be used (Connection refused):",
        ),
    ],
)
def test_a_database_that_cannot_be_used_is_told_without_its_address(monkeypatch, vendor, error, sentence):
    def fail():
        raise OperationalError(error)

    named = SimpleNamespace(vendor=vendor, settings_dict={"NAME": "site.db"}, ensure_connection=fail)
    monkeypatch.setattr(server, "connection", named)
    with pytest.raises(OperationError) as refusal:
        server.prepare_database(lambda line: None)
    assert str(refusal.value).startswith(sentence) and "hush" not in str(refusal.value)

    def migrate(name, **options):
        raise MigrationSchemaMissing(error)

    named.ensure_connection = lambda: None
    monkeypatch.setattr(server, "call_command", migrate)
    with pytest.raises(OperationError, match="cannot be used"):
        server.prepare_database(lambda line: None)


def test_the_server_takes_the_place_of_this_process_with_a_tick_each_minute_beside_it(monkeypatch, settings):
    settings.PORTAL_WORKERS, started, replaced = 3, [], []
    monkeypatch.setattr(server.connections, "close_all", lambda: None)
    monkeypatch.setattr(server.subprocess, "Popen", lambda command, **options: started.append(command))
    monkeypatch.setattr(server.os, "execv", lambda program, command: replaced.append(command))
    server.serve(8001)
    assert started[0][1:] == [str(Path(settings.BASE_DIR) / "manage.py"), "tick", "--every", "60"]
    command = " ".join(replaced[0])
    assert "--workers 3 --host 127.0.0.1 --port 8001" in command and "granian --interface wsgi" in command
