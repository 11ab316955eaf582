"""The power fails at any moment while a claim is published again and again: every acknowledged edition is there afterwards, and the database is whole.

The process that publishes is watched with strace. For each cut the files are then built as a disk may hold them: what was synchronised before is
there; of what was written since, pieces are there, torn in sectors, or missing. That a new file is in its folder is taken as given. ROUNDS sets
another number of cuts than 500. For SQLite: what PostgreSQL promises of its own files is PostgreSQL's.
"""

import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import django

CUTS = 5 * int(os.environ.get("ROUNDS", "100"))
PUBLICATIONS, SECTOR = 60, 512
NUMBER = 10
FOLDER = Path(os.environ["PORTAL_VAR"])
DATABASE, LOG, TOLD = FOLDER / "portal.sqlite3", FOLDER / "calls", FOLDER / "told"
CALL = re.compile(r"^(\w+)\(\d+<(.*?)>(?:, (.*))?\) += (\d+)$")


def main():
    django.setup()
    from tests.browser.site import Site

    Site(FOLDER, "").fill()
    with closing(sqlite3.connect(DATABASE)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    disk = {DATABASE.name: Kept(DATABASE.read_bytes()), f"{DATABASE.name}-wal": Kept(b"")}
    calls = "trace=write,pwrite64,ftruncate,fsync,fdatasync"
    watch = ["strace", "-y", "-xx", "-s", "100000", "-e", calls, "-e", "signal=none", "-o", str(LOG)]
    subprocess.run([*watch, sys.executable, "-m", "tests.drill.power_loss", "publish"], check=True)
    events = list(read(LOG))
    moments = sorted(random.sample(range(len(events)), min(CUTS, len(events))))
    told, seen = 0, set()
    for place, (call, name, *values) in enumerate(events):
        if name == TOLD.name:
            told += 1
        else:
            disk[name].take(call, *values)
        if moments and moments[0] == place:
            moments.pop(0)
            seen.add(look_at(disk, told))
    assert told == PUBLICATIONS, f"{told} of {PUBLICATIONS} editions were seen"
    syncs = sum(call == "sync" for call, *_rest in events)
    print(
        f"power cut at {min(CUTS, len(events))} moments of {len(events) - syncs - told} writes and {syncs} synchronisations, {told} editions acknowledged: "
        f"none lost, the database whole; {len(seen)} different editions were the last"
    )


class Kept:
    """A file on a disk: what is there for certain, and what was written since."""

    def __init__(self, content):
        self.certain, self.since = bytearray(content), []

    def take(self, call, *values):
        if call == "sync":
            for change in self.since:
                apply(self.certain, *change)
            self.since = []
        else:
            self.since.append((call, *values))

    def after_a_cut(self):
        content = bytearray(self.certain)
        for call, place, written in self.since:
            fate = random.choice(["there", "torn", "missing"])
            if fate == "torn" and call == "write":
                for start in range(0, len(written), SECTOR):
                    if random.random() < 0.5:
                        apply(content, call, place + start, written[start : start + SECTOR])
            elif fate != "missing":
                apply(content, call, place, written)
        return content


def apply(content, call, place, written):
    if call == "cut":
        del content[place:]
    content.extend(bytes(max(0, place - len(content))))
    content[place : place + len(written)] = written


def read(log):
    """What strace saw of the database's files and of what was told, in its order: (write, file, place, bytes), (cut, file, length, b""), (sync, file)."""
    names = {f"{FOLDER / name}": name for name in (DATABASE.name, f"{DATABASE.name}-wal", TOLD.name)}
    for line in log.open():
        match = CALL.match(line.rstrip())
        if not match or (name := names.get(unescaped(match[2]).decode())) is None:
            continue
        call = match[1]
        if call in ("fsync", "fdatasync"):
            yield "sync", name
        elif call == "ftruncate":
            yield "cut", name, int(match[3]), b""
        else:
            text, *numbers = match[3].split(", ")
            written = unescaped(text.strip('"'))[: int(match[4])]
            yield "write", name, int(numbers[1]) if call == "pwrite64" else 0, written


def unescaped(text):
    return bytes.fromhex(text.replace("\\x", ""))


def look_at(disk, told):
    """The number of the last edition on a disk after the power has come back; whoever was told of one finds it."""
    folder = FOLDER / "after"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, kept in disk.items():
        (folder / name).write_bytes(kept.after_a_cut())
    with closing(sqlite3.connect(folder / DATABASE.name)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], "the database is damaged"
        assert not connection.execute("PRAGMA foreign_key_check").fetchall(), "a record points to nothing"
        editions = connection.execute(EDITIONS, [NUMBER]).fetchall()
        current = connection.execute(
            "SELECT e.number FROM impact_claim c JOIN impact_edition e ON e.id = c.current_edition_id WHERE c.number = ?",
            [NUMBER],
        )
        [(last,)] = current.fetchall()
    assert [number for number, _said, _value in editions] == list(range(2, last + 1)), "an edition is missing"
    assert all(said == f"We trained {float(value):g} people." for _number, said, value in editions), (
        "half of an edition"
    )
    assert last - 1 in (told, told + 1), f"{told} editions were acknowledged, {last - 1} are there"
    return last


EDITIONS = """
SELECT e.number, e.statement, f.value FROM impact_edition e JOIN impact_claim c ON c.id = e.claim_id JOIN impact_figure f ON f.edition_id = e.id
WHERE c.number = ? AND e.number > 1 ORDER BY e.number
"""


def publish():
    django.setup()
    from django.contrib.auth import get_user_model

    from impact.models import Claim

    claim, by = Claim.objects.get(number=NUMBER), get_user_model().objects.get(username="publisher")
    claim.figures.exclude(pk=claim.figures.first().pk).delete()
    with TOLD.open("wb", buffering=0) as told:
        for number in range(1, PUBLICATIONS + 1):
            claim.statement = f"We trained {number} people."
            claim.figures.update(value=number, unit="people")
            claim.save()
            claim.publish(by=by, reason=f"Publication {number}", seen=Claim.AS_STORED)
            told.write(b".")


if __name__ == "__main__":
    publish() if "publish" in sys.argv else main()
