"""Nobody else on the machine reads the database, whatever the umask; the doctor looks."""

import os
import shlex
import subprocess
from contextlib import closing

import pytest
from django.db.utils import ConnectionHandler

from portal import environment
from portal.operations import file_modes
from portal.operations.file_modes import mode_of
from portal.operations.going_live import check_file_modes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def usual_umask():
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def database(tmp_path):
    """An SQLite database that is opened for the first time."""
    databases = {"default": environment.database("", tmp_path / "portal.sqlite3")}
    connection = ConnectionHandler(databases)["default"]
    with closing(connection):
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE one (number integer)")
        yield connection


def test_a_new_database_and_its_log_are_their_owners_alone(database):
    modes = {path.name: mode_of(path) for path in file_modes.database_files(database)}
    assert modes == dict.fromkeys(["portal.sqlite3", "portal.sqlite3-wal", "portal.sqlite3-shm"], 0o600)


def test_a_new_folder_of_the_site_is_its_owners_alone(tmp_path):
    assert mode_of(environment.directory("", tmp_path / "var")) == 0o700


@pytest.mark.parametrize(
    ("before", "after"), [(0o755, 0o700), (0o750, 0o700), (0o711, 0o711), (0o700, 0o700)]
)
def test_make_run_closes_a_folder_that_others_can_read(settings, tmp_path, before, after):
    tmp_path.chmod(before)
    settings.VAR_DIR = tmp_path
    file_modes.make_folder_private()
    (tmp_path / "upload").write_text("")
    assert (mode_of(tmp_path), mode_of(tmp_path / "upload")) == (after, 0o600)


@pytest.mark.parametrize(
    ("folder", "file", "advice"),
    [
        (0o700, 0o600, ""),
        (0o711, 0o600, ""),
        (0o755, 0o600, "Run chmod go-rw {folder}."),
        (0o700, 0o644, "Run chmod go-rw {folder}/portal.sqlite3."),
        (0o700, 0o660, "Run chmod go-rw {folder}/portal.sqlite3."),
        (0o711, 0o640, "Run chmod go-rw {folder}/portal.sqlite3."),
        (0o755, 0o644, "Run chmod go-rw {folder} {folder}/portal.sqlite3."),
    ],
)
def test_the_doctor_says_what_others_can_read(settings, monkeypatch, database, folder, file, advice):
    [tmp_path] = {path.parent for path in file_modes.database_files(database)}
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(file_modes, "connection", database)
    (tmp_path / "portal.sqlite3").chmod(file)
    tmp_path.chmod(folder)
    finding = check_file_modes()
    assert finding.level == ("wrong" if advice else "ok")
    assert advice.format(folder=tmp_path) in finding.message


@pytest.mark.parametrize(
    ("mode", "advice"), [(0o600, ""), (0o644, "/portal.sqlite3.before-20260301T093000Z.")]
)
def test_a_database_that_restoring_has_kept_is_looked_at_too(settings, monkeypatch, database, mode, advice):
    [settings.VAR_DIR] = {path.parent for path in file_modes.database_files(database)}
    settings.VAR_DIR.chmod(0o700)
    monkeypatch.setattr(file_modes, "connection", database)
    former = settings.VAR_DIR / "portal.sqlite3.before-20260301T093000Z"
    former.write_text("")
    former.chmod(mode)
    assert check_file_modes().message.endswith(advice or "can read the database.")


def test_the_command_that_the_doctor_names_closes_what_is_open(settings, monkeypatch, database):
    [settings.VAR_DIR] = {path.parent for path in file_modes.database_files(database)}
    monkeypatch.setattr(file_modes, "connection", database)
    settings.VAR_DIR.chmod(0o755)
    (settings.VAR_DIR / "portal.sqlite3").chmod(0o644)
    command = check_file_modes().message.partition("Run ")[2].removesuffix(".")
    subprocess.run(shlex.split(command), check=True)
    assert check_file_modes().level == "ok"
