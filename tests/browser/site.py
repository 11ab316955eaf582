"""The site as it is served: a real server process on its own copy of a seeded database."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from urllib.request import urlopen

import psycopg2
from django.conf import settings

from portal.management.commands.start import SERVER
from tests.support.ports import free_port


class Site:
    """A folder and a database, `manage.py` on them, and any number of server processes."""

    def __init__(self, folder, database_url, **environment):
        self.folder = folder
        self.environment = (
            os.environ
            | {"PORTAL_VAR": str(folder), "DATABASE_URL": database_url, "PORTAL_PASSWORD_ONLY": "1"}
            | environment
        )
        self.servers = []

    def manage(self, *arguments):
        """What a command of `manage.py` says."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def fill(self):
        """What `make run` does before it serves."""
        for command in (
            ["migrate", "--verbosity=0"],
            ["seed"],
            ["collectstatic", "--no-input", "--verbosity=0"],
        ):
            self.manage(*command)

    def run(self, *arguments):
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=settings.BASE_DIR, env=self.environment, capture_output=True, text=True
        )

    def ask(self, statement):
        """The rows that an SQL statement gives on the site's database, or none if it changes something."""
        address = self.environment["DATABASE_URL"]
        with closing(
            psycopg2.connect(address) if address else sqlite3.connect(self.folder / "portal.sqlite3")
        ) as connection:
            cursor = connection.cursor()
            cursor.execute(statement)
            rows = cursor.fetchall() if cursor.description else []
            connection.commit()
        return rows

    def serve(self):
        """Start a server process; its address once it answers."""
        port = free_port()
        command = [sys.executable, "-m", *SERVER.split(), "--port", str(port)]
        server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=self.environment)
        self.servers.append(server)
        wait_until_ready(f"http://localhost:{port}/readyz", server)
        return f"http://localhost:{port}"

    def stop(self, but=0):
        """End the servers, all or all but the first."""
        for server in self.servers[but:]:
            server.terminate()
            server.wait()
        del self.servers[but:]


def wait_until_ready(address, server):
    while server.poll() is None:
        try:
            with urlopen(address, timeout=30):
                return
        except OSError:
            leave_the_processor_to(server)
    raise AssertionError(f"The server ended with status {server.returncode}.")


def leave_the_processor_to(server):
    try:
        server.wait(timeout=0.05)
    except subprocess.TimeoutExpired:
        pass


class Databases:
    """Copies of one seeded database: a file for SQLite, a template of the server's for PostgreSQL."""

    def __init__(self, folder):
        self.folder = folder
        self.server = os.environ.get("DATABASE_URL", "")

    def address(self, name):
        return self.server.rpartition("/")[0] + f"/{name}" if self.server else ""

    def make(self, name):
        if self.server:
            self.administer(f'CREATE DATABASE "{name}"')
        return self.address(name)

    def copy(self, name, folder):
        """A database like the seeded one, for a site that lives in `folder`."""
        if self.server:
            self.administer(f'CREATE DATABASE "{name}" TEMPLATE "seeded"')
        else:
            shutil.copy(self.folder / "portal.sqlite3", folder)
        return self.address(name)

    def reset(self, name, folder):
        """The database is again like the seeded one, under the servers that use it."""
        if self.server:
            self.remove(name)
            self.copy(name, folder)
        else:
            with (
                closing(sqlite3.connect(self.folder / "portal.sqlite3")) as seeded,
                closing(sqlite3.connect(folder / "portal.sqlite3")) as used,
            ):
                seeded.backup(used)

    def take_away(self, name, folder):
        """The database is there no more, as when its server or its disk has gone."""
        if self.server:
            self.administer(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS false')
            self.administer(
                f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
            )
        else:
            (folder / "portal.sqlite3").rename(folder / "away")
            (folder / "portal.sqlite3").mkdir()

    def bring_back(self, name, folder):
        if self.server:
            self.administer(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS true')
        else:
            (folder / "portal.sqlite3").rmdir()
            (folder / "away").rename(folder / "portal.sqlite3")

    def remove(self, name):
        if self.server:
            self.administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def administer(self, statement):
        with closing(psycopg2.connect(self.server)) as connection:
            connection.autocommit = True
            connection.cursor().execute(statement)


@contextmanager
def copy_of_the_tests_database(connection, name, folder):
    """The address of a database like the one that the tests of this process share, for a site that lives in `folder`."""
    databases = Databases(folder)
    if databases.server:
        connection.close()  # nobody may use a database that is copied
        databases.administer(f'CREATE DATABASE "{name}" TEMPLATE "{connection.settings_dict["NAME"]}"')
    else:
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / "portal.sqlite3")) as copy:
            connection.connection.backup(copy)
    try:
        yield databases.address(name)
    finally:
        databases.remove(name)
