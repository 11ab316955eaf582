"""Serves the site as in production: a real server process on its own copy of a seeded database."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager, suppress
from urllib.request import urlopen

import psycopg2
from django.conf import settings

from portal.operations.server import SERVER
from tests.support.ports import free_port
from tests.support.seeded_database import address, administer, log_staff_in, seeded_site, seeded_template


class Site:
    """A site in a folder and a database, with `manage.py` and any number of server processes."""

    def __init__(self, folder, database_url, **environment):
        self.folder = folder
        self.environment = (
            os.environ
            | {"PORTAL_VAR": str(folder), "DATABASE_URL": database_url, "PORTAL_PASSWORD_ONLY": "1"}
            | environment
        )
        self.servers, self.interpreter = [], None

    def execute_script(self, script):
        """Runs Python code on the site; returns what it printed. It must not raise.

        A process that stays does it, in the environment of the first call.
        """
        if self.interpreter is None:
            command = [sys.executable, "-m", "tests.browser.interpreter"]
            environment = self.environment | {"DJANGO_SETTINGS_MODULE": "portal.settings"}
            self.interpreter = subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        print(json.dumps(script), file=self.interpreter.stdin, flush=True)
        output, error = json.loads(self.interpreter.stdout.readline())
        assert not error, error
        return output

    def manage(self, *arguments):
        """Runs a command of `manage.py`, which must succeed; returns its output."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def fill(self):
        """Migrates, seeds and collects the static files, as `make run` does before it serves."""
        for command in (
            ["migrate", "--verbosity=0"],
            ["seed"],
            ["collectstatic", "--no-input", "--verbosity=0"],
        ):
            self.manage(*command)

    def run(self, *arguments):
        """Runs a command of `manage.py`; returns the completed process."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=settings.BASE_DIR, env=self.environment, capture_output=True, text=True
        )

    def execute(self, statement):
        """Executes an SQL statement on the site's database; returns its rows, or none if it has no result."""
        with connected(self.environment["DATABASE_URL"], self.folder) as connection:
            cursor = connection.cursor()
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def serve(self):
        """Starts a server process; returns its address once it answers."""
        port = free_port()
        command = [sys.executable, "-m", *SERVER.split(), "--port", str(port)]
        server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=self.environment)
        self.servers.append(server)
        wait_until_ready(f"http://localhost:{port}/readyz", server)
        return f"http://localhost:{port}"

    def stop(self, keep=0):
        """Stops the servers but the first few, and what runs scripts if none is left."""
        if not keep and self.interpreter:
            self.interpreter.communicate()  # it ends with its input
            self.interpreter = None
        for server in self.servers[keep:]:
            server.terminate()
            server.wait()
        del self.servers[keep:]


def wait_until_ready(address, server):
    while server.poll() is None:
        try:
            with urlopen(address, timeout=30):
                return
        except OSError:
            # Leaves the processor to the server while it starts, and notices at once if it ends.
            with suppress(subprocess.TimeoutExpired):
                server.wait(timeout=0.05)
    raise AssertionError(f"The server ended with status {server.returncode}.")


class Databases:
    """The databases of served sites: files in their folders, or on the PostgreSQL server of DATABASE_URL."""

    def __init__(self):
        self.server = os.environ.get("DATABASE_URL", "")

    def address(self, name):
        return address(self.server, unique_name(name)) if self.server else ""

    def copy(self, name, folder):
        """Copies the seeded database for a site that lives in `folder`, with all staff logged in.

        Returns its address.
        """
        if self.server:
            template = seeded_template(self.server)
            administer(self.server, f'CREATE DATABASE "{unique_name(name)}" TEMPLATE "{template}"')
        else:
            shutil.copy(seeded_site() / "portal.sqlite3", folder)
        self.log_staff_in(name, folder)
        return self.address(name)

    def reset(self, name, folder):
        """Resets a database to the seeded state while servers use it."""
        if self.server:
            self.remove(name)
            self.copy(name, folder)
            return
        with (
            closing(sqlite3.connect(seeded_site() / "portal.sqlite3")) as seeded,
            closing(sqlite3.connect(folder / "portal.sqlite3")) as used,
        ):
            seeded.backup(used)
        self.log_staff_in(name, folder)

    def log_staff_in(self, name, folder):
        with connected(self.address(name), folder) as connection:
            log_staff_in(connection.cursor(), "%s" if self.server else "?")

    def make_unreachable(self, name, folder):
        """Makes a database unreachable, as when its server or its disk has gone."""
        if self.server:
            administer(self.server, f'ALTER DATABASE "{unique_name(name)}" WITH ALLOW_CONNECTIONS false')
            terminate = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            administer(self.server, terminate, [unique_name(name)])
        else:
            (folder / "portal.sqlite3").rename(folder / "away")
            (folder / "portal.sqlite3").mkdir()

    def make_reachable(self, name, folder):
        if self.server:
            administer(self.server, f'ALTER DATABASE "{unique_name(name)}" WITH ALLOW_CONNECTIONS true')
        else:
            (folder / "portal.sqlite3").rmdir()
            (folder / "away").rename(folder / "portal.sqlite3")

    def remove(self, name):
        if self.server:
            administer(self.server, f'DROP DATABASE IF EXISTS "{unique_name(name)}" WITH (FORCE)')


def unique_name(name):
    """Returns the name of a database on a server, which other processes of the same test run use too."""
    return f"{name}_{os.getpid()}"


@contextmanager
def connected(database_url, folder):
    """Yields a connection to a site's database, and commits at the end."""
    connection = (
        psycopg2.connect(database_url) if database_url else sqlite3.connect(folder / "portal.sqlite3")
    )
    with closing(connection):
        yield connection
        connection.commit()


@contextmanager
def copy_of_the_tests_database(connection, name, folder):
    """Yields the address of a copy of this test process's database, for a site that lives in `folder`."""
    databases = Databases()
    if databases.server:
        # PostgreSQL copies only a database that nobody uses, and threads of earlier tests may still use it.
        connection.close()
        template = connection.settings_dict["NAME"]
        leave = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        administer(databases.server, leave, [template])
        administer(databases.server, f'CREATE DATABASE "{unique_name(name)}" TEMPLATE "{template}"')
    else:
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / "portal.sqlite3")) as copy:
            connection.connection.backup(copy)
    try:
        yield databases.address(name)
    finally:
        databases.remove(name)
