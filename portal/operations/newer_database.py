"""Finds out that a database was written by a newer version than the one that runs."""

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

# Other packages may give up migrations that they have put together.
OWN = ("organisation", "impact", "advocacy", "portal")


def unknown_migration():
    """Returns the first of our migrations in the database that this code does not have; empty if none."""
    loader = MigrationLoader(connection)
    unknown = sorted(
        f"{app}.{name}"
        for app, name in loader.applied_migrations
        if app in OWN and (app, name) not in loader.disk_migrations
    )
    return unknown[0] if unknown else ""


def newer_database_message(migration):
    return _(
        "This database was written by a newer version (%(migration)s is not known here): check that version "
        "out again, or restore the backup that was made before the upgrade."
    ) % {"migration": migration}
