"""Forty backups while others write without a pause; each is restored into a database of its own and compared.

Two records are always written together, with the same words: a copy in which they differ was torn. ROUNDS sets another number.
"""

import os
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import django

ROUNDS, WRITERS = int(os.environ.get("ROUNDS", "40")), 3
PAIR = "SELECT title FROM organisation_statement WHERE id IN ({}) ORDER BY id"


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
            before = [writer.told for writer in writers]
            backup = Backup.make(folder, database)
            manifest = backup.verify()
            with database.staging(backup.folder / database.file_name) as staging:
                assert staging.inventory()["rows"] == manifest["rows"], "a row is missing"
                for writer, least in zip(writers, before):
                    writer.look_at(staging, least)
    finally:
        for writer in writers:
            writer.over.set()
        for writer in writers:
            writer.join()
    assert not any(writer.trouble for writer in writers), "somebody could not write"
    print(
        f"{ROUNDS} backups during {sum(writer.told for writer in writers):,} writes: each restored, whole and equal"
    )


class Writer(Thread):
    """Writes two records in one transaction, again and again; `told` is the last turn that was acknowledged."""

    def __init__(self, number):
        from organisation.models import Statement

        super().__init__()
        self.pair = Statement.objects.order_by("pk")[2 * number : 2 * number + 2]
        self.told, self.over, self.trouble = 0, Event(), False
        self.pks = [statement.pk for statement in self.pair]
        self.write()

    def run(self):
        from django.db import connections

        try:
            while not self.over.is_set():
                self.write()
                self.over.wait(0.01)  # as long as nobody ever lets go, SQLite's queue is not a fair one
        except BaseException:
            self.trouble = True
            raise
        finally:
            connections.close_all()

    def write(self):
        from django.db import transaction

        with transaction.atomic():
            for statement in self.pair:
                statement.title = f"Turn {self.told + 1}"
                statement.save()
        self.told += 1

    def look_at(self, staging, least):
        """What a restored copy holds of this writer's records: the same turn twice, and none that came before the last acknowledged one."""
        statement = PAIR.format(", ".join(map(str, self.pks)))
        with closing(connect(staging)) as connection:
            cursor = connection.cursor()
            cursor.execute(statement)
            turns = [title for (title,) in cursor.fetchall()]
        assert len(set(turns)) == 1, f"the copy is torn: {turns}"
        assert int(turns[0].removeprefix("Turn ")) >= least, "an acknowledged write is missing"


def connect(staging):
    from portal.operations.backup import sqlite

    return sqlite.connect(staging.path) if hasattr(staging, "path") else staging.site.connect(staging.name)


if __name__ == "__main__":
    main()
