"""The two kinds of database, alike to whoever saves and restores them: `dump`, `holds_a_site` and `candidate`."""

import os
import subprocess
import sys

from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from .errors import OperationError
from .postgresql import PostgreSQL
from .sqlite import SQLite


def site_database():
    """The database of this site."""
    connection = connections["default"]
    return PostgreSQL(connection) if connection.vendor == "postgresql" else SQLite(connection)


def fits(manifest, database):
    """Trouble unless this database and this code can take in what a manifest describes."""
    if manifest["database"] != database.kind:
        sentence = _(
            "This backup is of %(saved)s, and the site runs on %(here)s: restore it on its own kind, then `manage.py move_to_postgresql` moves the site."
        )
        raise OperationError(sentence % {"saved": manifest["database"], "here": database.kind})
    known = MigrationLoader(None).disk_migrations
    for app, name in manifest["migrations"].items():
        if (app, name) not in known:
            sentence = _(
                "This backup was made by newer code (%(migration)s is not known here): upgrade, then restore it."
            )
            raise OperationError(sentence % {"migration": f"{app}.{name}"})


def migrate(**environment):
    """Bring a database up to this code's models, in a process of its own whose settings name it."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "migrate", "--no-input", "--verbosity=0"]
    done = subprocess.run(
        command,
        env=os.environ | {"SECRET_KEY": settings.SECRET_KEY} | environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise OperationError(
            _("The migrations of this code do not run on it: %(reason)s") % {"reason": last_line(done.stderr)}
        )


def last_line(output):
    return (output.strip().splitlines() or [""])[-1]
