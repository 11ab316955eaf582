from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.operations.backup import Backup, OperationError, site_database
from portal.operations.backup.database import fits, migrate


class Command(BaseCommand):
    help = _(
        "Brings a backup back. Nothing of the site changes before all of the backup is read, restored beside it and compared."
    )
    # The site may have no database yet, or one that cannot be read.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "path",
            metavar="BACKUP",
            type=Path,
            help=_("a backup, or the folder of backups, whose newest is taken"),
        )
        parser.add_argument(
            "--verify",
            action="store_true",
            help=_("only try it: restore into a database of its own, compare, delete it"),
        )
        parser.add_argument(
            "--replace",
            action="store_true",
            help=_("also where the site holds records; its database is kept under another name"),
        )

    def handle(self, *, path, verify, replace, verbosity, **options):
        self.say = self.stdout.write if verbosity else lambda line: None
        try:
            self.restore(Backup.at(path), verify, replace)
        except OperationError as trouble:
            raise CommandError(str(trouble)) from trouble

    def restore(self, backup, verify, replace):
        self.say(_("Reading %(folder)s …") % {"folder": backup.folder})
        manifest, database = backup.checked(), site_database()
        fits(manifest, database)
        if not verify and not replace and database.holds_a_site():
            raise OperationError(
                _(
                    "This site holds records already: with --replace the backup takes their place, and the database of now is kept under another name."
                )
            )
        self.say(_("Restoring it into a database of its own …"))
        with database.candidate(backup.folder / database.file_name) as candidate:
            compare(candidate.contents()["rows"], manifest["rows"])
            counts = {"rows": sum(manifest["rows"].values()), "tables": len(manifest["rows"])}
            self.say(_("All %(rows)d rows of %(tables)d tables are there.") % counts)
            if verify:
                self.say(_("The backup can be restored. Nothing of the site was changed."))
                return
            self.say(_("Bringing it up to date with this code …"))
            migrate(**candidate.settings)
            kept = candidate.take_the_place()
        if kept:
            self.say(_("What was there before is kept as %(kept)s.") % {"kept": kept})
        self.say(_("Restored: start the site. Staff log in anew if this site has another secret key."))


def compare(found, saved):
    wrong = sorted(name for name in found.keys() | saved.keys() if found.get(name) != saved.get(name))
    if wrong:
        numbers = {"table": wrong[0], "found": found.get(wrong[0], 0), "saved": saved.get(wrong[0], 0)}
        raise OperationError(
            _(
                "The table %(table)s has %(found)d rows where %(saved)d were saved: this backup cannot be used, take another."
            )
            % numbers
        )
