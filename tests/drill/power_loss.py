"""The power fails at any moment of many publications; no acknowledged edition is lost, the database is whole.

The process that publishes is watched with strace. For each cut the files are then built as a disk may hold
them: what was synchronised before is there; of what was written since, pieces are there, torn in sectors,
or missing. That a new file is in its folder is taken as given. ROUNDS sets another number of cuts than 500.
For SQLite: what PostgreSQL promises of its own files is PostgreSQL's.
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
CLAIM = 10
FOLDER = Path(os.environ["PORTAL_VAR"])
# The process that publishes writes one byte into ACKNOWLEDGED for each edition that it has published.
DATABASE, TRACE, ACKNOWLEDGED = FOLDER / "portal.sqlite3", FOLDER / "calls", FOLDER / "acknowledged"
CALL = re.compile(r"^(\w+)\(\d+<(.*?)>(?:, (.*))?\) += (\d+)$")


def main():
    django.setup()
    from tests.browser.site import Site

    Site(FOLDER, "").fill()
    with closing(sqlite3.connect(DATABASE)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    disk = {DATABASE.name: DiskFile(DATABASE.read_bytes()), f"{DATABASE.name}-wal": DiskFile(b"")}
    calls = "trace=write,pwrite64,ftruncate,fsync,fdatasync"
    strace = ["strace", "-y", "-xx", "-s", "100000", "-e", calls, "-e", "signal=none", "-o", str(TRACE)]
    subprocess.run([*strace, sys.executable, "-m", "tests.drill.power_loss", "publish"], check=True)
    events = list(read_trace(TRACE))
    cuts = set(random.sample(range(len(events)), min(CUTS, len(events))))
    acknowledged, last_editions = 0, set()
    for number, (call, name, *values) in enumerate(events):
        if name == ACKNOWLEDGED.name:
            acknowledged += 1
        else:
            disk[name].apply(call, *values)
        if number in cuts:
            last_editions.add(check_after_a_cut(disk, acknowledged))
    assert acknowledged == PUBLICATIONS, f"{acknowledged} of {PUBLICATIONS} editions were seen"
    syncs = sum(call == "sync" for call, *_values in events)
    print(
        f"power cut at {len(cuts)} moments of {len(events) - syncs - acknowledged} writes and {syncs} "
        f"synchronisations, {acknowledged} editions acknowledged: none lost, the database whole; "
        f"{len(last_editions)} different editions were the last"
    )


class DiskFile:
    """A file on a disk: `synced` is there for certain, `pending` are the changes since the last fsync."""

    def __init__(self, content):
        self.synced, self.pending = bytearray(content), []

    def apply(self, call, *values):
        if call == "sync":
            for change in self.pending:
                apply_change(self.synced, *change)
            self.pending = []
        else:
            self.pending.append((call, *values))

    def after_a_cut(self):
        """Returns what may be there: each pending change whole, torn in sectors, or not at all."""
        content = bytearray(self.synced)
        for call, offset, written in self.pending:
            fate = random.choice(["there", "torn", "missing"])
            if fate == "torn" and call == "write":
                for start in range(0, len(written), SECTOR):
                    if random.random() < 0.5:
                        apply_change(content, call, offset + start, written[start : start + SECTOR])
            elif fate != "missing":
                apply_change(content, call, offset, written)
        return content


def apply_change(content, call, offset, written):
    if call == "truncate":
        del content[offset:]
    content.extend(bytes(max(0, offset - len(content))))
    content[offset : offset + len(written)] = written


def read_trace(trace):
    """Yields, in their order, the calls that changed the database's files or acknowledged an edition.

    They are ("write", file, offset, bytes), ("truncate", file, length, b"") and ("sync", file).
    """
    names = [DATABASE.name, f"{DATABASE.name}-wal", ACKNOWLEDGED.name]
    watched = {f"{FOLDER / name}": name for name in names}
    for line in trace.open():
        match = CALL.match(line.rstrip())
        if not match or (name := watched.get(unescaped(match[2]).decode())) is None:
            continue
        call = match[1]
        if call in ("fsync", "fdatasync"):
            yield "sync", name
        elif call == "ftruncate":
            yield "truncate", name, int(match[3]), b""
        else:
            text, *numbers = match[3].split(", ")
            written = unescaped(text.strip('"'))[: int(match[4])]
            yield "write", name, int(numbers[1]) if call == "pwrite64" else 0, written


def unescaped(text):
    """Returns the bytes of a string that strace wrote in hexadecimal: `\\x6d\\x61`."""
    return bytes.fromhex(text.replace("\\x", ""))


def check_after_a_cut(disk, acknowledged):
    """Asserts that the database recovers with every acknowledged edition; returns the number of the last."""
    folder = FOLDER / "after"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, file in disk.items():
        (folder / name).write_bytes(file.after_a_cut())
    with closing(sqlite3.connect(folder / DATABASE.name)) as connection:
        integrity = connection.execute("PRAGMA integrity_check").fetchall()
        assert integrity == [("ok",)], "the database is damaged"
        assert not connection.execute("PRAGMA foreign_key_check").fetchall(), "a record points to nothing"
        editions = connection.execute(EDITIONS, [CLAIM]).fetchall()
        [(last,)] = connection.execute(CURRENT_EDITION, [CLAIM]).fetchall()
    numbers = [number for number, _statement, _value in editions]
    assert numbers == list(range(2, last + 1)), "an edition is missing"
    assert all(
        statement == f"We trained {float(value):g} people." for _number, statement, value in editions
    ), "half of an edition"
    # The process may have been cut off between its commit and the acknowledgement.
    assert last - 1 in (acknowledged, acknowledged + 1), (
        f"{acknowledged} editions were acknowledged, {last - 1} are there"
    )
    return last


EDITIONS = """
SELECT e.number, e.statement, f.value
FROM impact_edition e
JOIN impact_claim c ON c.id = e.claim_id
JOIN impact_figure f ON f.edition_id = e.id
WHERE c.number = ? AND e.number > 1
ORDER BY e.number
"""
CURRENT_EDITION = """
SELECT e.number
FROM impact_claim c
JOIN impact_edition e ON e.id = c.current_edition_id
WHERE c.number = ?
"""


def publish():
    """Publishes a claim again and again, with the same number in its statement and in its figure."""
    django.setup()
    from django.contrib.auth import get_user_model

    from impact.models import Claim

    claim = Claim.objects.get(number=CLAIM)
    publisher = get_user_model().objects.get(username="publisher")
    claim.figures.exclude(pk=claim.figures.first().pk).delete()
    with ACKNOWLEDGED.open("wb", buffering=0) as acknowledged:
        for number in range(1, PUBLICATIONS + 1):
            claim.statement = f"We trained {number} people."
            words = {
                "as_written": str(number),
                "computed_from": "training programs",
                "computation": "counted",
            }
            claim.in_our_words = True
            claim.figures.update(value=number, unit="people", **words)
            claim.save()
            claim.publish(by=publisher, reason=f"Publication {number}", seen=Claim.AS_STORED)
            acknowledged.write(b".")


if __name__ == "__main__":
    publish() if "publish" in sys.argv else main()
