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

WAITS = 20  # seconds, for somebody who writes
BESIDES = ("-wal", "-shm")
TABLES = "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite^_%' ESCAPE '^' ORDER BY name"


class SQLite:
    """The site's database in one file, read and written with SQLite's own means."""

    kind, file_name = "sqlite", "database.sqlite3"

    def __init__(self, connection):
        self.path = Path(connection.settings_dict["NAME"])

    def dump(self, file):
        """Copy the database as it stands at one moment, while others write; what the copy holds."""
        try:
            with closing(opened(self.path)) as source, closing(sqlite3.connect(file)) as copy:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")  # all in one file
                sound(copy)
                return contents(copy)
        except sqlite3.Error as error:
            raise OperationError(
                _("The database %(file)s cannot be copied: %(reason)s.")
                % {"file": self.path, "reason": error}
            ) from error

    def holds_a_site(self):
        """Whether there is anything to lose. A file that cannot be read may hold all of it."""
        if not self.path.exists():
            return False
        try:
            with closing(opened(self.path)) as connection:
                rows = contents(connection)["rows"]
        except sqlite3.Error:
            return True
        return bool(rows.get("organisation_organisation") or rows.get("auth_user"))

    @contextmanager
    def candidate(self, file):
        """A database restored from a copy, beside the site's; it is gone afterwards unless it has taken its place."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".restoring-", dir=self.path.parent))
        try:
            shutil.copyfile(file, folder / self.path.name)
            (folder / self.path.name).chmod(0o600)  # there are passwords in it, if only their hashes
            yield Candidate(folder / self.path.name, self.path)
        finally:
            shutil.rmtree(folder)


class Candidate:
    def __init__(self, path, site):
        self.path, self.site = path, site

    def contents(self):
        """What it holds; Trouble if it is not sound."""
        try:
            with closing(opened(self.path)) as connection:
                sound(connection)
                return contents(connection)
        except sqlite3.Error as error:
            raise OperationError(
                _("The copy of the database cannot be read: %(reason)s.") % {"reason": error}
            ) from error

    @property
    def settings(self):
        """The environment of a process that works on it."""
        return {"PORTAL_VAR": str(self.path.parent), "DATABASE_URL": ""}

    def take_the_place(self):
        """Become the site's database in one step; where the one before is kept, if there was one."""
        with closing(opened(self.path)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
        fsync(self.path)
        kept = set_aside(self.site) if self.site.exists() else None
        os.replace(self.path, self.site)
        fsync(self.site.parent)
        return kept


def opened(path):
    return sqlite3.connect(
        f"file:{os.fspath(path).replace('%', '%25').replace('?', '%3f').replace('#', '%23')}?mode=rw",
        uri=True,
        timeout=WAITS,
    )


def contents(connection):
    tables = [name for (name,) in connection.execute(TABLES)]
    return {
        "server": sqlite3.sqlite_version,
        "migrations": dict(connection.execute("SELECT app, name FROM django_migrations ORDER BY id")),
        "rows": {name: connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in tables},
    }


def sound(connection):
    said = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if said != "ok":
        raise OperationError(
            _("The database is damaged: %(reason)s. Restore the last backup that was made before.")
            % {"reason": said}
        )


def set_aside(path):
    """A second name for the database that is about to be replaced; Trouble if somebody uses it."""
    kept = path.with_name(f"{path.name}.before-{timezone.now():%Y%m%dT%H%M%SZ}")
    try:
        with closing(opened(path)) as connection:
            # Only who is alone with a database can end its log.
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        raise OperationError(
            _("The site is running: stop the server and the timers, then restore again.")
        ) from error
    except sqlite3.DatabaseError:
        for end in BESIDES:  # it cannot be read, and what belongs to it stays with it
            if (log := path.with_name(path.name + end)).exists():
                log.rename(kept.with_name(kept.name + end))
    os.link(path, kept)
    return kept
