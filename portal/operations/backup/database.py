"""Chooses between the two kinds of database.

Both offer the same to whoever saves and restores them: `dump`, `has_site_data` and `staging`.
"""

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

# The file that holds the database, in a backup of each kind.
DUMPS = {kind.kind: kind.file_name for kind in (PostgreSQL, SQLite)}


def site_database():
    connection = connections["default"]
    return PostgreSQL(connection) if connection.vendor == "postgresql" else SQLite(connection)


def require_compatible(manifest, database):
    """Raises OperationError unless this database and this code can restore what a manifest describes."""
    if manifest["database"] != database.kind:
        sentence = _(
            "This backup is of %(saved)s, and the site runs on %(here)s: "
            "restore it on its own kind, then `manage.py move_to_postgresql` moves the site."
        )
        raise OperationError(sentence % {"saved": manifest["database"], "here": database.kind})
    known = MigrationLoader(None).disk_migrations
    for app, name in manifest["migrations"].items():
        if (app, name) not in known:
            sentence = _(
                "This backup was made by newer code (%(migration)s is not known here): "
                "upgrade, then restore it."
            )
            raise OperationError(sentence % {"migration": f"{app}.{name}"})


def migrate(**environment):
    """Runs the migrations on another database, which these environment variables name.

    They run in a process of its own: this one has read its settings already.
    """
    process = manage(["migrate", "--no-input", "--verbosity=0"], environment)
    if process.returncode:
        raise OperationError(
            _("The migrations of this code do not run on it: %(reason)s")
            % {"reason": last_line(process.stderr)}
        )


def withdraw_pictures_again(path, **environment):
    """Withdraws on another database, in the same way, the pictures that a file lists."""
    process = manage(["withdraw_again", str(path)], environment)
    if process.returncode:
        raise OperationError(
            _("What was withdrawn since cannot be withdrawn from it, so it is not restored: %(reason)s")
            % {"reason": last_line(process.stderr)}
        )


def manage(arguments, environment):
    return subprocess.run(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments],
        env=os.environ | {"SECRET_KEY": settings.SECRET_KEY} | environment,
        capture_output=True,
        text=True,
    )


def last_line(output):
    return (output.strip().splitlines() or [""])[-1]
