"""Caches one seeded site for each database engine, which every process, worker and browser copies.

Making it (migrations, fixtures, static files) takes about ten seconds of processor; a copy takes
milliseconds. It lies in `var/tests/` under a fingerprint of the files that it is made of and of the day,
since records carry dates that count from today.
"""

import fcntl
import hashlib
import os
import pickle
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg2
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.test import override_settings

from tests.support.people import PASSWORD

ROOT = Path(__file__).parent.parent.parent
CACHE = ROOT / "var" / "tests"
OUT_OF_USE = 3 * 60 * 60  # seconds since a process last asked for a folder: longer than any run
TEMPLATE = "seeded"  # the name of the database that a PostgreSQL server copies
# What a site is filled with: the demonstration, the pages that a portal of one's own begins with, or else the
# rows of a released version, whose number names it.
DEMONSTRATION, STARTER = "demonstration", "starter"
# Of the tables of today those of this version are made first, and copied for it.
FIRST_VERSION, TABLES = "1.0.0", "tables"
# Every served site of the tests has it, so that a session made here is known to its copies.
SECRET_KEY = "a key of these tests alone"  # pragma: allowlist secret
# A change of one of these files may change the tables, the content or the static files of the site.
INPUTS = [
    "requirements-dev.lock",
    "*/migrations/*.py",
    "*/models.py",
    "*/models/**/*.py",
    "fixtures/**/*",
    "organisation/*.py",
    "impact/*.py",
    "portal/seeding/**/*.py",
    "portal/search/**/*.py",
    "static/**/*",
    "tests/support/seeded_database.py",
    "tests/upgrades/database.py",
    "tests/upgrades/*.json",
]
# A change of one of these may change how a page of the site looks.
INPUTS_OF_PAGES = [
    *(f"{room}/**/*.py" for room in ("organisation", "impact", "advocacy", "portal")),
    "templates/**/*",
    "locale/**/*",
    "tests/conftest.py",
    "tests/support/crawl.py",
]


def fingerprint(inputs=INPUTS):
    """Returns a checksum of what the seeded site is made of, of the Python version and of the day."""
    digest = hashlib.sha256(f"{sys.version} {datetime.now(UTC).date()}".encode())
    for pattern in inputs:
        for file in sorted(path for path in ROOT.glob(pattern) if path.is_file() and path.suffix != ".pyc"):
            digest.update(f"{file.relative_to(ROOT)} {file.stat().st_size}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def locked(name):
    """Yields the folder of today's fingerprint to one process at a time; deletes those out of use.

    That of the day before still serves a run which goes on past midnight.
    """
    current = CACHE / fingerprint()
    current.mkdir(parents=True, exist_ok=True)
    os.utime(current)
    with (CACHE / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for other in CACHE.iterdir():
            if other.is_dir() and other != current and other.stat().st_mtime < time.time() - OUT_OF_USE:
                shutil.rmtree(other, ignore_errors=True)
        yield current


def cached_folder(name, make):
    """Returns a folder that `make(folder)` fills, unless an earlier run has done so.

    It gets its name only when it is complete, so that a run that is broken off leaves no half of it.
    """
    with locked(name) as current:
        folder, unfinished = current / name, current / f"{name}.unfinished"
        if not folder.is_dir():
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(folder)
    return folder


def seeded_site(site=DEMONSTRATION):
    """Returns the folder of a seeded site on SQLite: `portal.sqlite3`, and `static/` of the demonstration."""
    if site == DEMONSTRATION:
        return cached_folder("sqlite", make_seeded_site)
    return cached_folder(f"sqlite-{site}", partial(fill, database_url="", site=site))


def make_seeded_site(folder):
    fill(folder, database_url="")
    manage(folder, "", "collectstatic", "--no-input", "--verbosity=0")
    with closing(sqlite3.connect(folder / "portal.sqlite3")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def cached_pages(crawl):
    """Returns the pages of the seeded site, which `crawl()` reads unless an earlier process has read them."""
    version = fingerprint(INPUTS_OF_PAGES)
    with locked("pages") as current:
        file = current / "pages.pickle"
        known, pages = pickle.loads(file.read_bytes()) if file.is_file() else ("", None)
        if known != version:
            pages = crawl()
            file.with_suffix(".unfinished").write_bytes(pickle.dumps((version, pages)))
            file.with_suffix(".unfinished").rename(file)
    return pages


def seeded_template(server, site=DEMONSTRATION):
    """Returns the name of the seeded database of a PostgreSQL server, which is made unless it is there."""
    name = f"{TEMPLATE}_{site}_{fingerprint()}"
    with locked(f"postgresql-template-{site}"):
        if not administer(server, "SELECT 1 FROM pg_database WHERE datname = %s", [name]):
            administer(server, f'DROP DATABASE IF EXISTS "{name}_unfinished"')
            template = f' TEMPLATE "{seeded_template(server, TABLES)}"' if site != TABLES else ""
            administer(server, f'CREATE DATABASE "{name}_unfinished"{template}')
            with TemporaryDirectory() as folder:
                fill(Path(folder), address(server, f"{name}_unfinished"), site)
            administer(server, f'ALTER DATABASE "{name}_unfinished" RENAME TO "{name}"')
    return name


def fill(folder, database_url, site=DEMONSTRATION):
    """Fills a site; on PostgreSQL its database has the tables of the first version already."""
    if not database_url:
        name, make = ("sqlite-tables", make_tables) if is_version(site) else ("sqlite-empty", make_empty_site)
        shutil.copy(cached_folder(name, make) / "portal.sqlite3", folder)
    elif site == TABLES:
        return make_tables(folder, database_url)
    elif not is_version(site):
        manage(folder, database_url, "migrate", "--verbosity=0")
    if is_version(site):
        run(folder, database_url, "-m", "tests.upgrades", "load", site)
    else:
        manage(folder, database_url, "seed", *(["--starter"] if site == STARTER else []), "--verbosity=0")


def make_tables(folder, database_url=""):
    run(folder, database_url, "-m", "tests.upgrades", "tables", FIRST_VERSION)


def make_empty_site(folder):
    shutil.copy(cached_folder("sqlite-tables", make_tables) / "portal.sqlite3", folder)
    manage(folder, "", "migrate", "--verbosity=0")


def is_version(site):
    return site[0].isdigit()


def manage(folder, database_url, *arguments):
    return run(folder, database_url, "manage.py", *arguments)


def run(folder, database_url, *arguments):
    settings = {
        "PORTAL_VAR": str(folder),
        "DATABASE_URL": database_url,
        "PORTAL_ADMIN_PASSWORD": PASSWORD,
        "PORTAL_PASSWORD_ONLY": "1",
        "SECRET_KEY": SECRET_KEY,
    }
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def session_key(username):
    return f"session-of-{username}"


def log_staff_in(cursor, sign):
    """Gives each member of the staff a session for eight hours.

    `sign` is the placeholder of a parameter in the SQL of the cursor: %s or ?.
    """
    cursor.execute("SELECT id, username, password FROM auth_user WHERE is_staff")
    expires = f"{datetime.now(UTC) + timedelta(hours=8):%Y-%m-%d %H:%M:%S}+00:00"
    with override_settings(SECRET_KEY=SECRET_KEY):
        sessions = [
            [session_key(username), session_data(get_user_model()(pk=pk, password=password)), expires]
            for pk, username, password in cursor.fetchall()
        ]
    columns, signs = "session_key, session_data, expire_date", ", ".join([sign] * 3)
    cursor.executemany(f"INSERT INTO django_session ({columns}) VALUES ({signs})", sessions)


def session_data(user):
    return SessionStore().encode(
        {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
    )


def address(server, name):
    """Returns the address of a database of a server, given the address of another of its databases."""
    return f"{server.rpartition('/')[0]}/{name}"


def administer(server, statement, parameters=()):
    """Executes a statement outside of any transaction and returns its rows, if it has any."""
    with closing(psycopg2.connect(server)) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(statement, parameters or None)
        return cursor.fetchall() if cursor.description else []
