from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.operations.backup import OperationError
from portal.operations.backup.restore import restore


class Command(BaseCommand):
    help = _(
        "Brings a backup back. Nothing of the site changes before all of the backup is read, "
        "restored beside it and compared."
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
        try:
            restore(path, verify, replace, report=self.stdout.write if verbosity else lambda line: None)
        except OperationError as error:
            raise CommandError(str(error)) from error
