import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from .disk import fsync
from .errors import OperationError

LOCK_TIMEOUT = 20  # seconds to wait for somebody who writes
WAL_SUFFIXES = ("-wal", "-shm")
TABLES = (
    "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' "
    "AND name NOT LIKE 'sqlite^_%' ESCAPE '^' ORDER BY name"
)


class SQLite:
    """The site's database in one file, read and written with SQLite's own means."""

    kind, file_name = "sqlite", "database.sqlite3"

    def __init__(self, connection):
        self.path = Path(connection.settings_dict["NAME"])

    def dump(self, file):
        """Copies the database as it stands at one moment, while others write; returns its inventory."""
        try:
            with closing(connect(self.path)) as source, closing(sqlite3.connect(file)) as copy:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")  # without a write-ahead log: all in one file
                check_integrity(copy)
                return inventory_of(copy)
        except sqlite3.Error as error:
            raise OperationError(
                _("The database %(file)s cannot be copied: %(reason)s.")
                % {"file": self.path, "reason": error}
            ) from error

    def has_site_data(self):
        """True if there is a record or an account to lose, or if a file that may hold them cannot be read."""
        if not self.path.exists():
            return False
        try:
            with closing(connect(self.path)) as connection:
                rows = inventory_of(connection)["rows"]
        except sqlite3.Error:
            return True
        return bool(rows.get("organisation_organisation") or rows.get("auth_user"))

    @contextmanager
    def staging(self, dump):
        """Yields a database restored from a dump, next to the site's; deletes it unless it was swapped in."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".restoring-", dir=self.path.parent))
        try:
            shutil.copyfile(dump, folder / self.path.name)
            (folder / self.path.name).chmod(0o600)  # it holds the hashes of passwords
            yield StagingDatabase(folder / self.path.name, self.path)
        finally:
            shutil.rmtree(folder)


class StagingDatabase:
    """A restored database in a file, which can take the place of the site's."""

    def __init__(self, path, site):
        self.path, self.site = path, site

    def inventory(self):
        """Returns what it holds; OperationError if it is damaged."""
        try:
            with closing(connect(self.path)) as connection:
                check_integrity(connection)
                return inventory_of(connection)
        except sqlite3.Error as error:
            raise OperationError(
                _("The copy of the database cannot be read: %(reason)s.") % {"reason": error}
            ) from error

    @property
    def environment(self):
        """The environment variables of a process that works on it."""
        return {"PORTAL_VAR": str(self.path.parent), "DATABASE_URL": ""}

    def swap_in(self):
        """Becomes the site's database in one step; returns the path that keeps the previous one, if any."""
        with closing(connect(self.path)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
        fsync(self.path)
        previous = keep_previous(self.site) if self.site.exists() else None
        os.replace(self.path, self.site)
        fsync(self.site.parent)
        return previous


def connect(path):
    return sqlite3.connect(
        f"file:{os.fspath(path).replace('%', '%25').replace('?', '%3f').replace('#', '%23')}?mode=rw",
        uri=True,
        timeout=LOCK_TIMEOUT,
    )


def inventory_of(connection):
    """Returns the server's version, {app: its last migration} and {table: number of rows}."""
    tables = [name for (name,) in connection.execute(TABLES)]
    return {
        "server": sqlite3.sqlite_version,
        "migrations": dict(connection.execute("SELECT app, name FROM django_migrations ORDER BY id")),
        "rows": {name: connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in tables},
    }


def check_integrity(connection):
    result = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if result != "ok":
        raise OperationError(
            _("The database is damaged: %(reason)s. Restore the last backup that was made before.")
            % {"reason": result}
        )


def keep_previous(path):
    """Gives the database that is about to be replaced a second name; OperationError if it is in use."""
    previous = path.with_name(f"{path.name}.before-{timezone.now():%Y%m%dT%H%M%SZ}")
    try:
        with closing(connect(path)) as connection:
            # Only the sole user of a database can leave the write-ahead log: this fails while the site runs.
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        raise OperationError(
            _("The site is running: stop the server and the timers, then restore again.")
        ) from error
    except sqlite3.DatabaseError:
        for suffix in WAL_SUFFIXES:  # the file is damaged, and its log stays with it
            if (log := path.with_name(path.name + suffix)).exists():
                log.rename(previous.with_name(previous.name + suffix))
    os.link(path, previous)
    return previous
