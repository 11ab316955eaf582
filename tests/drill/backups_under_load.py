"""Forty backups while others write without a pause; each is restored into a database of its own and compared.

Two records are always written together, with the same title: a copy in which they differ was torn.
ROUNDS sets another number.
"""

import os
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import django

ROUNDS, WRITERS = int(os.environ.get("ROUNDS", "40")), 3
TITLES = "SELECT title FROM organisation_statement WHERE id IN ({}) ORDER BY id"


def main():
    django.setup()
    from django.core.management import call_command

    from portal.operations.backup import Backup, site_database

    call_command("migrate", verbosity=0)
    call_command("seed", verbosity=0)
    writers = [Writer(number) for number in range(WRITERS)]
    folder, database = Path(os.environ["PORTAL_VAR"]) / "backups", site_database()
    for writer in writers:
        writer.start()
    try:
        for _round in range(ROUNDS):
            committed = [writer.turn for writer in writers]
            backup = Backup.make(folder, database)
            manifest = backup.verify()
            with database.staging(backup.folder / database.file_name) as staging:
                assert staging.inventory()["rows"] == manifest["rows"], "a row is missing"
                for writer, turn in zip(writers, committed, strict=True):
                    writer.check(staging, turn)
    finally:
        for writer in writers:
            writer.ended.set()
        for writer in writers:
            writer.join()
    assert not any(writer.failed for writer in writers), "somebody could not write"
    writes = sum(writer.turn for writer in writers)
    print(f"{ROUNDS} backups during {writes:,} writes: each restored, whole and equal")


class Writer(Thread):
    """Writes two records in one transaction, again and again; `turn` is the last one that was committed."""

    def __init__(self, number):
        from organisation.models import Statement

        super().__init__()
        self.statements = Statement.objects.order_by("pk")[2 * number : 2 * number + 2]
        self.turn, self.ended, self.failed = 0, Event(), False
        self.pks = [statement.pk for statement in self.statements]
        self.write()

    def run(self):
        from django.db import connections

        try:
            while not self.ended.is_set():
                self.write()
                # SQLite's queue is not a fair one: without a pause the other writers would starve.
                self.ended.wait(0.01)
        except BaseException:
            self.failed = True
            raise
        finally:
            connections.close_all()

    def write(self):
        from django.db import transaction

        with transaction.atomic():
            for statement in self.statements:
                statement.title = f"Turn {self.turn + 1}"
                statement.save()
        self.turn += 1

    def check(self, staging, committed):
        """Asserts that a restored copy holds the same turn of both records, which is not an older one."""
        statement = TITLES.format(", ".join(map(str, self.pks)))
        with closing(connect(staging)) as connection:
            cursor = connection.cursor()
            cursor.execute(statement)
            turns = [title for (title,) in cursor.fetchall()]
        assert len(set(turns)) == 1, f"the copy is torn: {turns}"
        assert int(turns[0].removeprefix("Turn ")) >= committed, "an acknowledged write is missing"


def connect(staging):
    from portal.operations.backup import sqlite

    if hasattr(staging, "path"):
        return sqlite.connect(staging.path)
    return staging.site.connect(staging.name)


if __name__ == "__main__":
    main()
