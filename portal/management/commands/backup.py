from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.operations.backup import Backup, OperationError, site_database
from portal.operations.backup.backup import prune


class Command(BaseCommand):
    help = _("Saves the whole site as a new folder in DIR. Safe while the site runs and people write.")
    # A site with a fault that the checks refuse is the one that needs a backup most.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path, help=_("the folder that holds the backups"))
        parser.add_argument(
            "--keep", type=int, metavar="N", help=_("afterwards delete all but the newest N backups in DIR")
        )

    def handle(self, *, folder, keep, verbosity, **options):
        if keep is not None and keep < 1:
            raise CommandError(
                _("--keep is %(keep)d: keep at least the backup that is made now.") % {"keep": keep}
            )
        report = self.stdout.write if verbosity else lambda line: None
        try:
            report(_("Copying the database …"))
            backup = Backup.make(folder, site_database())
            report(_("Reading the copy back …"))
            rows = backup.verify()["rows"]
            # Older ones go only when the new one is known to be whole.
            deleted = prune(folder, keep) if keep else []
        except OperationError as error:
            raise CommandError(str(error)) from error
        summary = {
            "folder": backup.folder,
            "rows": sum(rows.values()),
            "tables": len(rows),
            "megabytes": backup.size / 1e6,
        }
        report(_("Saved in %(folder)s: %(rows)d rows in %(tables)d tables, %(megabytes).1f MB.") % summary)
        if deleted:
            report(
                ngettext("%(count)d older backup deleted.", "%(count)d older backups deleted.", len(deleted))
                % {"count": len(deleted)}
            )
