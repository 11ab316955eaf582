"""Runs the drills, which take too long for every test run: `make drill`, some hours on two cores.

Each has a folder and a database of its own, so that what one drill changes makes no other fail. A drill is a
module that prints its result in one line, or ends with an error. The results go into docs/drills.md.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import sqlite_version
from tempfile import TemporaryDirectory

from tests.__main__ import without_settings
from tests.support.postgresql import path_with_programs, postgresql
from tests.support.seeded_database import address, administer

from .results import Result, ResultTable, one_line

ROOT = Path(__file__).parent.parent.parent
SQLITE, POSTGRESQL, NO_DATABASE = "SQLite", "PostgreSQL", "none"
BOTH = (SQLITE, POSTGRESQL)


@dataclass(frozen=True)
class Drill:
    """A module of this package, the databases it is run on, and the programs it needs beside PostgreSQL's."""

    name: str
    description: str
    databases: tuple = BOTH
    programs: tuple = ()


DRILLS = [
    Drill("static_analysis", "bandit and detect-secrets over the code", (NO_DATABASE,)),
    Drill(
        "documents",
        "the words of documents that others made, compared with what pandoc finds",
        (NO_DATABASE,),
        ("pandoc",),
    ),
    Drill("every_test", "the whole test suite, with every screen and theme"),
    Drill("concurrent_publishing", "six people change, submit and publish one claim at the same moment"),
    Drill("concurrent_proposals", "six people propose, accept and publish at the same moment"),
    Drill(
        "concurrency",
        "two people move pages about, six begin, publish and take down versions of one page, "
        "six save records, a claim is read while it is published",
    ),
    Drill(
        "fuzzing",
        "the API from its own OpenAPI description, all public addresses with hostile parts and keys",
    ),
    Drill("crashes", "the server killed (`kill -9`) while six people save and publish over HTTP"),
    Drill(
        "power_loss",
        "crash consistency: the power cut at random moments of the writes and fsyncs "
        "while a claim is published",
        (SQLITE,),
        ("strace",),
    ),
    Drill("backups_under_load", "backups while others write without a pause, each restored and compared"),
    Drill("own_start", "a portal of one's own at a browser, from the first question to a reviewed claim"),
    Drill(
        "made_up_sites",
        "the demonstration left for a portal of one's own; sites of 0, 1, 3 and 12 organisations read whole",
    ),
    Drill("restore", "a site saved and restored into an empty folder"),
    Drill("failover", "the server killed behind nginx", programs=("nginx", "openssl")),
    Drill(
        "flood",
        "made-up queries, searches and 400 idle connections from one address, behind nginx",
        (SQLITE,),
        ("nginx", "openssl"),
    ),
    Drill(
        "server_failure",
        "two servers, Redis and nginx: one server killed under load, then Redis frozen and stopped",
        (POSTGRESQL,),
        ("nginx", "openssl"),
    ),
    Drill(
        "takedown",
        "two servers, Redis and a static copy: words taken down for somebody's safety at one of them",
        (POSTGRESQL,),
    ),
]


def main(names, drills=DRILLS, document=ROOT / "docs" / "drills.md", package="tests.drill"):
    """Runs the drills of these names, or all, and returns the status to end with: 1 if any of them failed."""
    chosen = choose(names, drills)
    runs = [(drill, database) for drill in chosen for database in drill.databases]
    # The day on which the run began, as that of a log: a run of two hours may end on the next.
    table, failed, today = ResultTable(document, drills), [], f"{datetime.now(UTC).date()}"
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="margin-drill-")))
        server = ""
        if any(database == POSTGRESQL for _drill, database in runs):
            server = stack.enter_context(postgresql())
        for place, (drill, database) in enumerate(runs, start=1):
            title = drill.name if database == NO_DATABASE else f"{drill.name} on {database}"
            print(f"{place} of {len(runs)}: {title} … ", end="", flush=True)
            began = time.monotonic()
            with environment(drill.name, database, server, folder) as settings:
                passed, text = run(f"{package}.{drill.name}", settings)
            print(f"{time.monotonic() - began:.0f} s")
            if not passed:
                failed.append(title)
                print(text.strip())
                text = f"failed: {last_line(text)}"
            print(f"   {' '.join(text.split())}", flush=True)
            # Written after each drill, since a run that is broken off should lose no more than the last one.
            table.record(drill, database, Result(versioned(database, server), today, one_line(text)))
    print(
        f"{len(runs) - len(failed)} of {len(runs)} passed." + "".join(f"\nFailed: {each}" for each in failed)
    )
    return 1 if failed else 0


def choose(names, drills):
    """Returns the drills of these names, or all; exits with a sentence if one or a program is missing."""
    known = [drill.name for drill in drills]
    if unknown := [name for name in names if name not in known]:
        sys.exit(f"There is no drill “{unknown[0]}”. The drills are: {', '.join(known)}.")
    chosen = [drill for drill in drills if drill.name in names or not names]
    needed = {program: None for drill in chosen for program in drill.programs}
    if missing := [program for program in needed if not shutil.which(program)]:
        sys.exit(
            f"The drills need more programs: on Debian, `apt-get install {' '.join(missing)}` gives them."
        )
    return chosen


@contextmanager
def environment(name, database, server, folder):
    """Yields the environment of a drill: an empty folder and an empty database that no other drill has."""
    var = folder / f"{name}-{database}"
    var.mkdir()
    settings = {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PORTAL_VAR": str(var),
        "PORTAL_PASSWORD_ONLY": "1",  # the drills log in without a telephone
        "PATH": path_with_programs(),
    }
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, var, ignore_errors=True)
        if database == POSTGRESQL:
            settings["DATABASE_URL"] = stack.enter_context(own_database(server, f"drill_{name}"))
        yield without_settings(os.environ) | settings


@contextmanager
def own_database(server, name):
    """Yields the address of an empty database of a server; it is dropped afterwards."""
    drop = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
    administer(server, drop)  # a run that was killed may have left one on a server that outlives it
    administer(server, f'CREATE DATABASE "{name}"')
    try:
        yield address(server, name)
    finally:
        administer(server, drop)


def run(module, settings):
    """Runs a module as a process; returns whether it succeeded, and its output: on failure with its errors.

    The output goes into files: a server that outlives its drill would keep a pipe open.
    """
    var = Path(settings["PORTAL_VAR"])
    output, errors = var.with_suffix(".out"), var.with_suffix(".err")
    with output.open("w") as stdout, errors.open("w") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=ROOT,
            env=settings,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,
        )
        try:
            status = process.wait()
        except BaseException:
            # An interrupt, unlike a termination, lets the drill stop the servers that it has started.
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)
            raise
    text = output.read_text(errors="replace")
    return (True, text) if status == 0 else (False, text + errors.read_text(errors="replace"))


def last_line(text):
    lines = text.strip().splitlines()
    return lines[-1] if lines else "it said nothing"


def versioned(database, server):
    if database == POSTGRESQL:
        [(version,)] = administer(server, "SHOW server_version")
        return f"{database} {version.split()[0]}"
    return f"{database} {sqlite_version}" if database == SQLITE else database


if __name__ == "__main__":
    # Turned into an exit, so that a run that is stopped leaves no database server behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
