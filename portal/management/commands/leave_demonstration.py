from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.operations.backup import OperationError
from portal.operations.demonstration import leave_demonstration


class Command(BaseCommand):
    help = _(
        "Leaves the demonstration for a portal of your own: saves the site in DIR, empties it of all but its "
        "people, and begins the start. Refused where somebody has made records here."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "folder",
            metavar="DIR",
            type=Path,
            nargs="?",
            default=settings.VAR_DIR / "backups",
            help=_("the folder that holds the backups"),
        )

    def handle(self, *, folder, **options):
        try:
            backup = leave_demonstration(folder)
        except OperationError as error:
            raise CommandError(str(error)) from error
        sentence = _("The site as it was is saved in %(folder)s. Nothing of the demonstration is left.")
        self.stdout.write(sentence % {"folder": backup.folder})
        sentence = _("Stop the server and start it again: it then shows where your own start goes on.")
        self.stdout.write(sentence)
