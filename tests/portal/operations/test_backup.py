"""A site is backed up while people work and restored as it was; damaged backups are refused untouched."""

import hashlib
import json
import os
import shutil
import stat
import subprocess
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, models

from portal.operations.backup import OperationError
from portal.operations.backup.postgresql import PostgreSQL
from tests.support.older_database import TO_NEWER, TO_OLDER

pytestmark = pytest.mark.django_db

ONE_CLAIM = "SELECT statement FROM impact_claim WHERE number = 10"


@pytest.fixture(scope="module")
def saved(own_site, tmp_path_factory):
    """Makes a backup of the seeded site as it was before its last migration of the stories."""
    folder = tmp_path_factory.mktemp("backups")
    for statement in TO_OLDER:
        own_site.execute(statement)
    own_site.manage("backup", str(folder))
    for statement in TO_NEWER:
        own_site.execute(statement)
    return next(folder.iterdir())


@pytest.fixture
def backup(saved, tmp_path):
    """Copies the backup into a folder where a test can damage it."""
    return Path(shutil.copytree(saved, tmp_path / saved.name))


def refusal_of_restore(*arguments):
    """Returns what `restore` refuses with; it has not come to any database when it does."""
    with pytest.raises(CommandError) as refusal:
        call_command("restore", *arguments)
    return str(refusal.value)


def test_a_backup_says_what_it_holds_and_can_be_checked_without_this_software(own_site, saved):
    manifest = json.loads((saved / "manifest.json").read_text())
    assert (
        manifest["rows"]["impact_claim"] == 30 == own_site.execute("SELECT COUNT(*) FROM impact_claim")[0][0]
    )
    assert manifest["database"] == connection.vendor
    assert (
        manifest["migrations"]["organisation"]
        == own_site.execute(
            "SELECT name FROM django_migrations WHERE app = 'organisation' ORDER BY id DESC LIMIT 1"
        )[0][0]
    )
    assert "SECRET_KEY" in manifest["settings"]
    assert (
        subprocess.run(
            ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=saved, capture_output=True
        ).returncode
        == 0
    )
    assert {line.split()[1] for line in (saved / "SHA256SUMS").read_text().splitlines()} | {"SHA256SUMS"} == {
        file.name for file in saved.iterdir()
    }


def test_nobody_else_on_the_machine_can_read_a_backup_and_the_secret_key_is_not_in_it(saved):
    assert stat.S_IMODE(saved.stat().st_mode) == 0o700
    for file in saved.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert b"a key that no backup may hold" not in file.read_bytes()


def test_a_backup_is_tried_out_without_touching_the_site(own_site, saved):
    own_site.execute("UPDATE impact_claim SET statement = 'Changed since' WHERE number = 10")
    before = set(own_site.folder.iterdir())
    output = own_site.manage("restore", str(saved.parent), "--verify")
    assert "The backup can be restored. Nothing of the site was changed." in output
    assert own_site.execute(ONE_CLAIM) == [("Changed since",)]
    assert set(own_site.folder.iterdir()) == before


def test_a_site_with_records_is_replaced_only_on_request_and_its_database_is_kept(own_site, saved):
    own_site.execute("UPDATE impact_claim SET statement = 'Changed since' WHERE number = 10")
    refused = own_site.run("restore", str(saved))
    assert refused.returncode == 1
    assert refused.stderr == (
        "CommandError: This site holds records already: with --replace the backup takes their place, "
        "and the database of now is kept under another name.\n"
    )
    assert own_site.execute(ONE_CLAIM) == [("Changed since",)]
    output = own_site.manage("restore", str(saved), "--replace")
    assert own_site.execute(ONE_CLAIM) != [("Changed since",)]
    assert "What was there before is kept as" in output
    # An older backup is brought up to date with the code.
    assert own_site.execute("SELECT COUNT(*) FROM advocacy_storyblock WHERE is_brief") == [(0,)]


@pytest.mark.parametrize("name", ["SHA256SUMS", "manifest.json", "database"])
@pytest.mark.parametrize("place", [0, 0.3, 0.7, 1])
def test_one_flipped_bit_anywhere_is_found(backup, name, place):
    file = next(backup.glob(f"{name}*"))
    content = bytearray(file.read_bytes())
    content[round(place * (len(content) - 2))] ^= 0x20
    file.write_bytes(content)
    assert "this backup cannot be used, take another." in refusal_of_restore(backup, "--verify")


@pytest.mark.parametrize("name", ["SHA256SUMS", "manifest.json", "database"])
@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda file: file.unlink(), "is missing"),
        (lambda file: file.write_bytes(b""), "is empty"),
        (lambda file: file.write_bytes(file.read_bytes()[:-20]), ""),
        (lambda file: file.write_bytes(b"\xff" * 100), ""),
    ],
)
def test_a_file_that_is_missing_empty_cut_or_another_is_named(backup, name, damage, message):
    file = next(backup.glob(f"{name}*"))
    damage(file)
    refusal = refusal_of_restore(backup, "--verify")
    assert message in refusal and refusal.endswith("this backup cannot be used, take another.")
    assert str(backup) in refusal


def test_a_backup_of_newer_code_or_of_the_other_kind_of_database_is_refused(backup):
    rewrite(backup, migrations={"impact": "9999_from_the_future"})
    assert (
        refusal_of_restore(backup, "--verify")
        == "This backup was made by newer code (impact.9999_from_the_future is not known here): "
        "upgrade, then restore it."
    )
    rewrite(backup, database="another kind")
    assert refusal_of_restore(backup, "--verify").startswith(
        "This backup is of another kind, and the site runs on "
    )
    rewrite(backup, format=99)
    assert "was written by a newer version of this software" in refusal_of_restore(backup, "--verify")


@pytest.mark.parametrize("is_changed", [False, True])
@pytest.mark.parametrize(
    "shorten",
    [
        lambda files: {},
        lambda files: dict.fromkeys(files, {}),
        lambda files: {"other": next(iter(files.values()))},
    ],
    ids=["empty", "short", "another file"],
)
def test_a_manifest_that_does_not_list_the_database_verifies_nothing(backup, shorten, is_changed):
    if is_changed:
        dump = next(backup.glob("database*"))
        dump.write_bytes(dump.read_bytes() + b"\0")
    rewrite(backup, files=shorten(json.loads((backup / "manifest.json").read_text())["files"]))
    refusal = refusal_of_restore(backup, "--verify")
    assert refusal == (
        f"“{backup / 'manifest.json'}” does not list the database: this backup cannot be used, take another."
    )


def test_a_file_that_nobody_saved_in_a_backup_is_named(backup):
    (backup / "another.sqlite3").write_bytes(b"more")
    sentence = (
        f"“{backup / 'another.sqlite3'}” is not in the manifest: this backup cannot be used, take another."
    )
    assert refusal_of_restore(backup, "--verify") == sentence


def rewrite(backup, **changes):
    """Writes other values into the manifest, with the right checksums."""
    manifest = json.loads((backup / "manifest.json").read_text()) | changes
    (backup / "manifest.json").write_text(json.dumps(manifest))
    checksums = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n"
        for file in backup.iterdir()
        if file.name != "SHA256SUMS"
    ]
    (backup / "SHA256SUMS").write_text("".join(checksums))


def test_what_is_no_backup_is_answered_with_one_sentence(tmp_path):
    assert (
        refusal_of_restore(tmp_path)
        == f"There is no backup in “{tmp_path}”: name a backup, or the folder that holds the backups."
    )
    assert (
        refusal_of_restore(tmp_path / "nowhere")
        == f"“{tmp_path / 'nowhere'}” is not there: name a backup, or the folder that holds the backups."
    )


class StubDatabase:
    """Dumps a few bytes at once, or fails with an error."""

    kind, file_name = "sqlite", "database.sqlite3"

    def __init__(self, error=None):
        self.error = error

    def dump(self, file):
        file.write_text("everything")
        if self.error:
            raise self.error
        return {"rows": {"one_table": 1}, "migrations": {}}


@pytest.fixture
def stub(monkeypatch, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr("portal.management.commands.backup.site_database", lambda: stub.database)
    stub = SimpleNamespace(database=StubDatabase(), folder=tmp_path / "backups")
    return stub


def names(stub):
    return sorted(each.name for each in stub.folder.iterdir())


@pytest.mark.parametrize(
    "error",
    [OperationError("The database is damaged."), OSError(28, "No space left on device"), KeyboardInterrupt()],
)
def test_there_is_never_half_a_backup(stub, error):
    call_command("backup", stub.folder, verbosity=0)
    before = names(stub)
    stub.database = StubDatabase(error)
    with pytest.raises((CommandError, KeyboardInterrupt)):
        call_command("backup", stub.folder, verbosity=0)
    assert names(stub) == before


def test_only_the_newest_are_kept_on_request(stub):
    for _each in range(4):
        call_command("backup", stub.folder, verbosity=0)
    made = sorted(stub.folder.iterdir(), key=lambda each: each.stat().st_mtime_ns)
    (stub.folder / "notes of somebody").mkdir()
    call_command("backup", stub.folder, keep=2, verbosity=0)
    kept = set(stub.folder.iterdir())
    assert made[-1] in kept and len(kept) == 3 and stub.folder / "notes of somebody" in kept
    with pytest.raises(CommandError, match="keep at least the backup that is made now"):
        call_command("backup", stub.folder, keep=0, verbosity=0)
    assert set(stub.folder.iterdir()) == kept


def test_what_a_killed_run_left_behind_is_no_backup_and_is_cleared_away_the_next_day(stub):
    unfinished = stub.folder / ".unfinished-abc"
    unfinished.mkdir(parents=True)
    (unfinished / "database.sqlite3").write_text("half of it")
    assert "There is no backup in" in refusal_of_restore(stub.folder)
    call_command("backup", stub.folder, verbosity=0)
    assert unfinished.exists()
    os.utime(unfinished, (time.time() - 90_000,) * 2)
    call_command("backup", stub.folder, verbosity=0)
    assert not unfinished.exists()


def test_a_folder_that_cannot_be_written_is_answered_with_one_sentence(stub):
    with pytest.raises(
        CommandError,
        match=r"^Nothing can be written to “/dev/null/x” \(Not a directory\): "
        r"make room or name another folder\.$",
    ):
        call_command("backup", "/dev/null/x", verbosity=0)


def test_a_machine_without_the_programs_of_postgresql_is_told_where_they_come_from(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    database = PostgreSQL(
        SimpleNamespace(settings_dict={"NAME": "margin", "OPTIONS": {}}, get_connection_params=dict)
    )
    with pytest.raises(
        OperationError,
        match=r"^pg_dump is not on this machine: `apt-get install postgresql-client` gives it\.$",
    ):
        database.run("pg_dump")


def test_no_record_keeps_a_file_outside_the_database_which_a_backup_would_miss():
    assert [
        field
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.FileField)
    ] == []
