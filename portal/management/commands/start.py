import os
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.operations.backup import OperationError
from portal.operations.first_start import read_answers
from portal.operations.server import start


class Command(BaseCommand):
    help = _("Prepares whatever is missing and serves the site on this machine.")
    # `start` runs the checks itself, once the port is known to be free and the database to be up to date.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--port", default=os.environ.get("PORT") or "8000", help=_("where to serve the site")
        )
        parser.add_argument(
            "--answers",
            metavar="FILE",
            type=Path,
            help=_("a file of JSON with what an empty site asks for, for a start without a person"),
        )

    def handle(self, *, port, answers, **options):
        try:
            start(port_number(port), self.stdout, self.check, answers and read_answers(answers))
        except OperationError as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            sys.exit(130)


def port_number(text):
    # isdigit() alone takes “²” for a number.
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise CommandError(_("“%(port)s” is not a port: choose a number from 1 to 65535.") % {"port": text})
    return int(text)
