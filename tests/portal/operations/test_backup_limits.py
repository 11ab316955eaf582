"""Which backup is the newest, what a restore refuses and compares, and who can read what it leaves."""

import json
import os
import sqlite3
import stat
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from portal.operations.backup import Backup, OperationError
from portal.operations.backup.sqlite import SQLite

# A restore applies the withdrawals of pictures again, which are in the site's own database.
pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)


class StubDatabase:
    """A database of two tables that is dumped and restored in no time, and notes what was done to it."""

    kind, file_name, environment = "sqlite", "database.sqlite3", {"DATABASE_URL": "staging"}

    def __init__(self):
        self.rows, self.restored, self.has_data, self.previous = {"one": 3, "two": 4}, None, False, None
        self.done = []

    def dump(self, file):
        file.write_bytes(b"everything" * 100_000)
        return {"rows": self.rows, "migrations": {}, "server": "3"}

    def has_site_data(self):
        return self.has_data

    @contextmanager
    def staging(self, dump):
        self.done.append(f"restored {dump.name}")
        yield self
        self.done.append("left")

    def inventory(self):
        return {"rows": self.restored or self.rows}

    def swap_in(self):
        self.done.append("swapped in")
        return self.previous


@pytest.fixture
def stub(monkeypatch, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    database = StubDatabase()
    for module in ("portal.management.commands.backup", "portal.operations.backup.restore"):
        monkeypatch.setattr(f"{module}.site_database", lambda: database)
    monkeypatch.setattr(
        "portal.operations.backup.restore.migrate", lambda **names: database.done.append(f"migrated {names}")
    )
    monkeypatch.setattr(
        "portal.operations.backup.restore.withdraw_pictures_again",
        lambda path, **names: database.done.append(f"withdrawn again {names}"),
    )
    monkeypatch.setattr("portal.operations.backup.backup.timezone.now", lambda: NOON)
    database.folder = tmp_path / "backups"
    return database


def test_of_many_backups_of_one_second_the_last_ones_stay(stub, capsys):
    for _each in range(11):
        call_command("backup", stub.folder, verbosity=0)
    (stub.folder / "margin-20251231T235959Z").mkdir()
    call_command("backup", stub.folder, keep=3)
    assert {each.name for each in stub.folder.iterdir()} == {
        "margin-20260301T120000Z-10",
        "margin-20260301T120000Z-11",
        "margin-20260301T120000Z-12",
    }
    assert capsys.readouterr().out.splitlines() == [
        "Copying the database …",
        "Reading the copy back …",
        f"Saved in {stub.folder}/margin-20260301T120000Z-12: 7 rows in 2 tables, 1.0 MB.",
        "10 older backups deleted.",
    ]
    assert Backup.at(stub.folder).folder.name == "margin-20260301T120000Z-12" == Backup.last().folder.name


@pytest.mark.parametrize(("keep", "deleted"), [(1, "1 older backup deleted."), (2, None), (None, None)])
def test_as_many_stay_as_were_asked_for(stub, capsys, keep, deleted):
    call_command("backup", stub.folder, verbosity=0)
    call_command("backup", stub.folder, keep=keep)
    lines = capsys.readouterr().out.splitlines()
    assert len(list(stub.folder.iterdir())) == (keep or 2)
    assert (deleted in lines) if deleted else not [line for line in lines if "deleted" in line]


@pytest.mark.parametrize("keep", [0, -1])
def test_none_is_not_kept(stub, keep):
    with pytest.raises(CommandError, match=f"^--keep is {keep}: keep at least the backup that is made now.$"):
        call_command("backup", stub.folder, keep=keep)
    assert not stub.folder.exists()


@pytest.mark.parametrize(("age", "is_left"), [(86_399, True), (86_401, False)])
def test_what_a_run_left_is_cleared_away_after_a_day(stub, monkeypatch, age, is_left):
    unfinished = stub.folder / ".unfinished-abc"
    unfinished.mkdir(parents=True)
    os.utime(unfinished, (1_000_000, 1_000_000))
    monkeypatch.setattr("portal.operations.backup.backup.time.time", lambda: 1_000_000 + age)
    call_command("backup", stub.folder, verbosity=0)
    assert unfinished.exists() is is_left


def test_a_manifest_names_the_settings_of_the_site_and_no_other_variable(stub, monkeypatch):
    names = ["PORTAL_HOSTS", "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PORT", "EMAIL_HOST"]
    for name in (*names, "HOME_OF_SOMEBODY", "XPORTAL"):
        monkeypatch.setenv(name, "hush")
    call_command("backup", stub.folder, verbosity=0)
    text = (Backup.last().folder / "manifest.json").read_text()
    manifest = json.loads(text)
    assert set(names) <= set(manifest["settings"]) and manifest["settings"] == sorted(manifest["settings"])
    assert not {"HOME_OF_SOMEBODY", "XPORTAL"} & set(manifest["settings"]) and "hush" not in text
    assert (manifest["format"], manifest["made"], manifest["rows"]) == (
        1,
        "2026-03-01T12:00:00Z",
        {"one": 3, "two": 4},
    )


@pytest.mark.parametrize("is_file", [False, True])
def test_a_backup_is_meant_by_its_folder_or_a_file_in_it(stub, is_file):
    for _each in range(2):
        call_command("backup", stub.folder, verbosity=0)
    first = stub.folder / "margin-20260301T120000Z"
    assert Backup.at(first / "manifest.json" if is_file else first).folder == first
    renamed = first.rename(stub.folder / "a backup under another name")
    assert Backup.at(renamed).folder == renamed


@pytest.fixture
def restore(stub, capsys):
    """Makes a backup and returns a function that restores it: the lines that it prints."""
    call_command("backup", stub.folder, verbosity=0)

    def run(**options):
        call_command("restore", stub.folder, **options)
        return capsys.readouterr().out.splitlines()

    return run


RESTORED = "Restored: start the site. Staff log in anew if this site has another secret key."


def test_an_empty_site_is_restored_step_by_step(stub, restore):
    assert restore()[1:] == [
        "Restoring it into a database of its own …",
        "All 7 rows of 2 tables are there.",
        "Bringing it up to date with this code …",
        RESTORED,
    ]
    assert stub.done == [
        "restored database.sqlite3",
        "migrated {'DATABASE_URL': 'staging'}",
        "withdrawn again {'DATABASE_URL': 'staging'}",
        "swapped in",
        "left",
    ]


@pytest.mark.parametrize(
    ("options", "is_refused", "is_replaced"),
    [({}, True, False), ({"verify": True}, False, False), ({"replace": True}, False, True)],
)
def test_a_site_with_records_is_verified_freely_and_replaced_on_request(
    stub, restore, options, is_refused, is_replaced
):
    stub.has_data, stub.previous = True, "site.before"
    if is_refused:
        with pytest.raises(CommandError, match="This site holds records already"):
            restore(**options)
        assert stub.done == []
        return
    lines = restore(**options)
    assert ("swapped in" in stub.done) is is_replaced and (lines[-1] == RESTORED) is is_replaced
    assert ("What was there before is kept as site.before." in lines) is is_replaced
    assert ("migrated {'DATABASE_URL': 'staging'}" in stub.done) is is_replaced


@pytest.mark.parametrize(
    ("restored", "sentence"),
    [
        ({"one": 3, "two": 5}, "The table two has 5 rows where 4 were saved"),
        ({"one": 2, "two": 3}, "The table one has 2 rows where 3 were saved"),
        ({"one": 3}, "The table two has 0 rows where 4 were saved"),
        ({"one": 3, "two": 4, "zero": 1}, "The table zero has 1 rows where 0 were saved"),
    ],
)
def test_a_copy_with_other_rows_than_were_saved_is_not_swapped_in(stub, restore, restored, sentence):
    stub.restored = restored
    with pytest.raises(CommandError, match=sentence):
        restore()
    assert "swapped in" not in stub.done


@pytest.mark.parametrize(("number", "is_refused"), [(0, False), (1, False), (2, True)])
def test_a_backup_of_a_later_format_is_refused(stub, monkeypatch, number, is_refused):
    with monkeypatch.context() as written:
        written.setattr("portal.operations.backup.manifest.FORMAT", number)
        folder = Backup.make(stub.folder, stub).folder
    if is_refused:
        with pytest.raises(OperationError, match="was written by a newer version of this software"):
            Backup.at(folder).verify()
    else:
        assert Backup.at(folder).verify()["format"] == number


@pytest.fixture
def sqlite_file(tmp_path):
    """Returns a function that writes a site's database with so many organisations and accounts."""

    def write(organisations, accounts, name="site.sqlite3"):
        with closing(sqlite3.connect(tmp_path / name)) as connection:
            connection.executescript(
                "CREATE TABLE django_migrations (id, app, name);"
                "INSERT INTO django_migrations VALUES (2, 'a', 'second'), (1, 'a', 'first'), (3, 'b', 'one');"
                "CREATE TABLE organisation_organisation (id); CREATE TABLE auth_user (id);"
                + "INSERT INTO organisation_organisation VALUES (1);" * organisations
                + "INSERT INTO auth_user VALUES (1);" * accounts
            )
        return SQLite(SimpleNamespace(settings_dict={"NAME": tmp_path / name}))

    return write


@pytest.mark.parametrize(
    ("organisations", "accounts", "expected"), [(0, 0, False), (1, 0, True), (0, 1, True), (2, 3, True)]
)
def test_a_record_or_an_account_is_something_to_lose(sqlite_file, organisations, accounts, expected):
    assert sqlite_file(organisations, accounts).has_site_data() is expected


def test_a_file_that_cannot_be_read_may_hold_something_and_one_that_is_not_there_does_not(
    tmp_path, sqlite_file
):
    database = sqlite_file(0, 0)
    database.path.write_text("Dear diary, this is no database at all.")
    assert database.has_site_data() is True
    database.path.unlink()
    assert database.has_site_data() is False


def test_a_restored_database_is_its_owners_alone_and_leaves_nothing_behind(sqlite_file, tmp_path):
    site, dump = sqlite_file(1, 1), sqlite_file(2, 5, "dump.sqlite3").path
    dump.chmod(0o644)
    with site.staging(dump) as staging:
        assert stat.S_IMODE(staging.path.stat().st_mode) == 0o600
        assert staging.inventory()["rows"] == {
            "auth_user": 5,
            "django_migrations": 3,
            "organisation_organisation": 2,
        }
        assert staging.inventory()["migrations"] == {"a": "second", "b": "one"}
        assert staging.environment == {"PORTAL_VAR": str(staging.path.parent), "DATABASE_URL": ""}
        previous = staging.swap_in()
    assert stat.S_IMODE(site.path.stat().st_mode) == 0o600
    assert {each.name for each in tmp_path.iterdir()} == {"dump.sqlite3", previous.name, "site.sqlite3"}
    assert previous.name.startswith("site.sqlite3.before-")
    with closing(sqlite3.connect(previous)) as kept, closing(sqlite3.connect(site.path)) as now:
        counts = [each.execute("SELECT COUNT(*) FROM auth_user").fetchone()[0] for each in (kept, now)]
    assert counts == [1, 5]


def test_a_site_that_is_running_is_not_replaced(sqlite_file):
    site, dump = sqlite_file(1, 1), sqlite_file(2, 5, "dump.sqlite3").path
    with closing(sqlite3.connect(site.path)) as running:
        running.execute("PRAGMA journal_mode=WAL")
        running.execute("SELECT COUNT(*) FROM auth_user").fetchone()
        running.execute("BEGIN IMMEDIATE")
        with (
            pytest.raises(OperationError, match="The site is running: stop the server"),
            site.staging(dump) as staging,
        ):
            staging.swap_in()
        running.rollback()
        assert running.execute("SELECT COUNT(*) FROM auth_user").fetchone() == (1,)


def test_a_dump_is_one_whole_file_and_a_damaged_database_is_not_dumped(sqlite_file, tmp_path):
    site = sqlite_file(1, 2)
    with closing(sqlite3.connect(site.path)) as running:
        running.execute("PRAGMA journal_mode=WAL")
    inventory = site.dump(tmp_path / "copy.sqlite3")
    assert inventory["rows"]["auth_user"] == 2
    assert [each.name for each in tmp_path.glob("copy*")] == ["copy.sqlite3"]
    Path(site.path).write_text("Dear diary")
    with pytest.raises(OperationError, match="cannot be copied: file is not a database"):
        site.dump(tmp_path / "other.sqlite3")
