import os
import secrets
import shutil
import subprocess
from contextlib import closing, contextmanager
from urllib.parse import quote, urlsplit

import psycopg2
from django.db import connections
from django.db.backends.postgresql.client import DatabaseClient
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg2 import errors, sql

from .errors import OperationError

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
LONGEST_NAME = 63


class PostgreSQL:
    """The site's database on a server, read and written with PostgreSQL's own programs."""

    kind, file_name = "postgresql", "database.dump"

    def __init__(self, connection):
        self.settings, self.parameters = connection.settings_dict, connection.get_connection_params()

    @property
    def name(self):
        return self.settings["NAME"]

    def dump(self, file):
        """Save the database as it stands at one moment, while others write; what it held at that moment."""
        with closing(self.connect()) as connection, connection.cursor() as cursor:
            connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            self.run(
                "pg_dump",
                "--format=custom",
                "--no-owner",
                "--no-privileges",
                f"--snapshot={snapshot}",
                f"--file={file}",
            )
            return contents(cursor)

    def holds_a_site(self):
        try:
            with closing(self.connect()) as connection, connection.cursor() as cursor:
                return holds_a_site(cursor)
        except OperationError:
            if self.exists():
                raise
            return False

    @contextmanager
    def candidate(self, file):
        """A database restored from a dump, beside the site's; it is gone afterwards unless it has taken its place."""
        name = f"{self.name[: LONGEST_NAME - 20]}_restoring_{secrets.token_hex(4)}"
        try:
            self.administer(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        except errors.InsufficientPrivilege as error:
            sentence = _(
                '“%(user)s” may not make a database to restore into: `ALTER ROLE "%(user)s" CREATEDB` on the server allows it.'
            )
            raise OperationError(sentence % {"user": self.settings["USER"]}) from error
        candidate = Candidate(self, name)
        try:
            self.run(
                "pg_restore",
                "--exit-on-error",
                "--no-owner",
                "--no-privileges",
                os.fspath(file),
                database=name,
            )
            yield candidate
        finally:
            if not candidate.in_place:
                self.administer(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
                )

    def connect(self, database=None):
        try:
            return psycopg2.connect(**self.parameters | {"dbname": database or self.name})
        except psycopg2.OperationalError as error:
            raise OperationError(
                _("The database “%(name)s” cannot be reached: %(reason)s")
                % {"name": database or self.name, "reason": reason(error)}
            ) from error

    def administer(self, *statements):
        """Statements about whole databases; together they are done or not done."""
        with closing(self.connect("postgres")) as connection:
            connection.autocommit = len(statements) == 1
            for statement in statements:
                connection.cursor().execute(statement)
            connection.autocommit or connection.commit()

    def exists(self):
        with closing(self.connect("postgres")) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name])
            return bool(cursor.fetchone())

    def run(self, program, *arguments, database=None):
        """One of PostgreSQL's programs on a database; the password goes by the environment, where no list of processes shows it."""
        if not shutil.which(program):
            raise OperationError(
                _("%(program)s is not on this machine: `apt-get install postgresql-client` gives it.")
                % {"program": program}
            )
        command, environment = DatabaseClient.settings_to_cmd_args_env(self.settings, [])
        where = [*command[1:-1], "-d", database or self.name]
        done = subprocess.run(
            [program, *where, *arguments],
            env=os.environ | (environment or {}),
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise OperationError(
                _("%(program)s did not finish: %(reason)s")
                % {"program": program, "reason": reason(done.stderr)}
            )


class Candidate:
    def __init__(self, site, name):
        self.site, self.name, self.in_place = site, name, False

    def contents(self):
        with closing(self.site.connect(self.name)) as connection, connection.cursor() as cursor:
            return contents(cursor)

    @property
    def settings(self):
        """The environment of a process that works on it."""
        return {
            "DATABASE_URL": urlsplit(os.environ["DATABASE_URL"])
            ._replace(path=f"/{quote(self.name)}")
            .geturl()
        }

    def take_the_place(self):
        """Become the site's database in one step; the name of the one before, if there was one."""
        connections.close_all()
        kept = (
            f"{self.site.name[: LONGEST_NAME - 24]}_before_{timezone.now():%Y%m%dT%H%M%SZ}"
            if self.site.exists()
            else None
        )
        try:
            self.site.administer(
                *([rename(self.site.name, kept)] if kept else []), rename(self.name, self.site.name)
            )
        except errors.ObjectInUse as error:
            raise OperationError(
                _("The site is running: stop the server and the timers, then restore again.")
            ) from error
        self.in_place = True
        return kept


def rename(name, to):
    return sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(to))


def holds_a_site(cursor):
    """Whether there is anything to lose: a record or an account."""
    cursor.execute(TABLES)
    tables = {name for (name,) in cursor.fetchall()}
    return any(
        table in tables and count(cursor, table) for table in ("organisation_organisation", "auth_user")
    )


def contents(cursor):
    cursor.execute("SHOW server_version")
    server = cursor.fetchone()[0]
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
    migrations = dict(cursor.fetchall())
    cursor.execute(TABLES)
    return {
        "server": server,
        "migrations": migrations,
        "rows": {name: count(cursor, name) for (name,) in cursor.fetchall()},
    }


def count(cursor, table):
    cursor.execute(sql.SQL("SELECT COUNT(*) FROM {}").format(sql.Identifier(table)))
    return cursor.fetchone()[0]


def reason(error):
    """The first line of what a program or a driver says; what stands before its last colon may repeat the address."""
    return (str(error).strip().splitlines() or [""])[0].rpartition(": ")[2].strip()
