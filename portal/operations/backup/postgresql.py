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
MAX_NAME_LENGTH = 63


class PostgreSQL:
    """The site's database on a server, read and written with PostgreSQL's own programs."""

    kind, file_name = "postgresql", "database.dump"

    def __init__(self, connection):
        self.settings, self.parameters = connection.settings_dict, connection.get_connection_params()

    @property
    def name(self):
        return self.settings["NAME"]

    def dump(self, file):
        """Dumps the database as it stands at one moment, while others write; returns its inventory."""
        with closing(self.connect()) as connection, connection.cursor() as cursor:
            connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
            # pg_dump and the count of rows read the same snapshot.
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
            return inventory_of(cursor)

    def has_site_data(self):
        try:
            with closing(self.connect()) as connection, connection.cursor() as cursor:
                return has_site_data(cursor)
        except OperationError:
            if self.exists():
                raise
            return False

    @contextmanager
    def staging(self, dump):
        """Yields a database restored from a dump, next to the site's; drops it unless it was swapped in."""
        name = f"{self.name[: MAX_NAME_LENGTH - 20]}_restoring_{secrets.token_hex(4)}"
        try:
            self.administer(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        except errors.InsufficientPrivilege as error:
            sentence = _(
                "“%(user)s” may not make a database to restore into: "
                '`ALTER ROLE "%(user)s" CREATEDB` on the server allows it.'
            )
            raise OperationError(sentence % {"user": self.settings["USER"]}) from error
        staging = StagingDatabase(self, name)
        try:
            self.run(
                "pg_restore",
                "--exit-on-error",
                "--no-owner",
                "--no-privileges",
                os.fspath(dump),
                database=name,
            )
            yield staging
        finally:
            if not staging.is_swapped_in:
                self.administer(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
                )

    def connect(self, database=None):
        try:
            return psycopg2.connect(**self.parameters | {"dbname": database or self.name})
        except psycopg2.OperationalError as error:
            raise OperationError(
                _("The database “%(name)s” cannot be reached: %(reason)s")
                % {"name": database or self.name, "reason": reason_of(error)}
            ) from error

    def administer(self, *statements):
        """Executes statements about whole databases, several in one transaction."""
        with closing(self.connect("postgres")) as connection:
            # CREATE and DROP DATABASE do not run in a transaction; two renames must.
            connection.autocommit = len(statements) == 1
            for statement in statements:
                connection.cursor().execute(statement)
            connection.autocommit or connection.commit()

    def exists(self):
        with closing(self.connect("postgres")) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name])
            return bool(cursor.fetchone())

    def run(self, program, *arguments, database=None):
        """Runs one of PostgreSQL's programs on a database.

        The password goes by the environment, where no list of processes shows it.
        """
        if not shutil.which(program):
            raise OperationError(
                _("%(program)s is not on this machine: `apt-get install postgresql-client` gives it.")
                % {"program": program}
            )
        command, environment = DatabaseClient.settings_to_cmd_args_env(self.settings, [])
        connection_options = [*command[1:-1], "-d", database or self.name]
        process = subprocess.run(
            [program, *connection_options, *arguments],
            env=os.environ | (environment or {}),
            capture_output=True,
            text=True,
        )
        if process.returncode:
            raise OperationError(
                _("%(program)s did not finish: %(reason)s")
                % {"program": program, "reason": reason_of(process.stderr)}
            )


class StagingDatabase:
    """A restored database on the server, which can take the place of the site's."""

    def __init__(self, site, name):
        self.site, self.name, self.is_swapped_in = site, name, False

    def inventory(self):
        with closing(self.site.connect(self.name)) as connection, connection.cursor() as cursor:
            return inventory_of(cursor)

    @property
    def environment(self):
        """The environment variables of a process that works on it."""
        return {
            "DATABASE_URL": urlsplit(os.environ["DATABASE_URL"])
            ._replace(path=f"/{quote(self.name)}")
            .geturl()
        }

    def swap_in(self):
        """Becomes the site's database in one step; returns the name that keeps the previous one, if any."""
        connections.close_all()
        previous = (
            f"{self.site.name[: MAX_NAME_LENGTH - 24]}_before_{timezone.now():%Y%m%dT%H%M%SZ}"
            if self.site.exists()
            else None
        )
        try:
            self.site.administer(
                *([rename(self.site.name, previous)] if previous else []), rename(self.name, self.site.name)
            )
        except errors.ObjectInUse as error:
            raise OperationError(
                _("The site is running: stop the server and the timers, then restore again.")
            ) from error
        self.is_swapped_in = True
        return previous


def rename(name, new_name):
    return sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(new_name))


def has_site_data(cursor):
    """True if there is a record or an account to lose."""
    cursor.execute(TABLES)
    tables = {name for (name,) in cursor.fetchall()}
    return any(
        table in tables and count_rows(cursor, table) for table in ("organisation_organisation", "auth_user")
    )


def inventory_of(cursor):
    """Returns the server's version, {app: its last migration} and {table: number of rows}."""
    cursor.execute("SHOW server_version")
    server = cursor.fetchone()[0]
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
    migrations = dict(cursor.fetchall())
    cursor.execute(TABLES)
    return {
        "server": server,
        "migrations": migrations,
        "rows": {name: count_rows(cursor, name) for (name,) in cursor.fetchall()},
    }


def count_rows(cursor, table):
    cursor.execute(sql.SQL("SELECT COUNT(*) FROM {}").format(sql.Identifier(table)))
    return cursor.fetchone()[0]


def reason_of(error):
    """Returns the end of a message's first line; what stands before may repeat the address."""
    return (str(error).strip().splitlines() or [""])[0].rpartition(": ")[2].strip()
