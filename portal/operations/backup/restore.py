"""Restores a backup: first into a staging database, which is swapped in only when it is whole."""

from django.db import connection
from django.utils.translation import gettext as _

from organisation.pictures.withdrawal import (
    LIST,
    entries_of_the_database,
    keep_list,
    list_path,
    read_list,
)

from .backup import Backup
from .database import migrate, require_compatible, site_database, withdraw_pictures_again
from .errors import OperationError


def restore(path, verify_only, replace, report):
    """Restores the backup that a path means; with `verify_only` nothing of the site changes.

    `replace` lets it take the place of a site that holds records. `report` is called with a line for each
    step.
    """
    backup = Backup.at(path)
    report(_("Reading %(folder)s …") % {"folder": backup.folder})
    manifest, database = backup.verify(), site_database()
    require_compatible(manifest, database)
    if not verify_only and not replace and database.has_site_data():
        raise OperationError(
            _(
                "This site holds records already: with --replace the backup takes their place, "
                "and the database of now is kept under another name."
            )
        )
    report(_("Restoring it into a database of its own …"))
    with database.staging(backup.folder / database.file_name) as staging:
        require_same_rows(staging.inventory()["rows"], manifest["rows"])
        counts = {"rows": sum(manifest["rows"].values()), "tables": len(manifest["rows"])}
        report(_("All %(rows)d rows of %(tables)d tables are there.") % counts)
        if verify_only:
            report(_("The backup can be restored. Nothing of the site was changed."))
            return
        report(_("Bringing it up to date with this code …"))
        migrate(**staging.environment)
        keep_list(withdrawn_since(backup.folder.parent, database))
        withdraw_pictures_again(list_path(), **staging.environment)
        previous = staging.swap_in()
    if previous:
        report(_("What was there before is kept as %(kept)s.") % {"kept": previous})
    report(_("Restored: start the site. Staff log in anew if this site has another secret key."))


def withdrawn_since(parent, database):
    """Returns the entries of all pictures that are known as withdrawn: beside the backups, and here.

    The database of now may not be there, or not to be read: then the lists alone know.
    """
    entries = read_list(parent / LIST)
    if database.has_site_data():
        entries += entries_of_the_database()
        connection.close()  # nobody may use a database that is replaced
    return entries


def require_same_rows(restored, saved):
    """Raises OperationError unless each table has as many rows as were saved."""
    wrong = sorted(name for name in restored.keys() | saved.keys() if restored.get(name) != saved.get(name))
    if wrong:
        counts = {"table": wrong[0], "found": restored.get(wrong[0], 0), "saved": saved.get(wrong[0], 0)}
        raise OperationError(
            _(
                "The table %(table)s has %(found)d rows where %(saved)d were saved: "
                "this backup cannot be used, take another."
            )
            % counts
        )
