"""The site as it is served: a real server process on its own copy of a seeded database."""

import os
import shutil
import socket
import subprocess
import sys
from contextlib import closing
from urllib.request import urlopen

import psycopg2
from django.conf import settings
from portal.management.commands.start import SERVER


class Site:
    """A folder and a database, `manage.py` on them, and any number of server processes."""

    def __init__(self, folder, database_url, **environment):
        self.folder = folder
        self.environment = os.environ | {"PORTAL_VAR": str(folder), "DATABASE_URL": database_url, "PORTAL_PASSWORD_ONLY": "1"} | environment
        self.servers = []

    def manage(self, *arguments):
        """What a command of `manage.py` says."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=settings.BASE_DIR, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def serve(self):
        """Start a server process; its address once it answers."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", *SERVER.split(), "--port", str(port)]
        server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=self.environment)
        self.servers.append(server)
        wait_until_ready(f"http://localhost:{port}/readyz", server)
        return f"http://localhost:{port}"

    def stop(self):
        for server in self.servers:
            server.terminate()
            server.wait()


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

    def remove(self, name):
        if self.server:
            self.administer(f'DROP DATABASE "{name}" WITH (FORCE)')

    def administer(self, statement):
        with closing(psycopg2.connect(self.server)) as connection:
            connection.autocommit = True
            connection.cursor().execute(statement)
