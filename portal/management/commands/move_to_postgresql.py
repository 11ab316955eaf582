import os

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from portal.operations.backup import OperationError
from portal.operations.backup.move_to_postgresql import move_to_postgresql

ADDRESS_VARIABLE = "MOVE_TO"


class Command(BaseCommand):
    help = _("Copies a site on SQLite into an empty PostgreSQL database. The SQLite file stays as it is.")

    def add_arguments(self, parser):
        parser.add_argument(
            "address",
            nargs="?",
            help=_("postgres://user:password@host:5432/name; else MOVE_TO, which no list of processes shows"),
        )

    def handle(self, *, address, verbosity, **options):
        address = address or os.environ.get(ADDRESS_VARIABLE, "")
        if not address:
            raise CommandError(_("Where to? Write the address of an empty database, or set MOVE_TO to it."))
        report = self.stdout.write if verbosity else lambda line: None
        try:
            rows = move_to_postgresql(address, report)
        except (OperationError, DatabaseError) as error:
            raise CommandError(str(error).strip().splitlines()[0]) from error
        report(
            _("Moved: %(rows)d rows in %(tables)d tables, as many as here.")
            % {"rows": sum(rows.values()), "tables": len(rows)}
        )
        report(_("Set DATABASE_URL to this address and start the site; the SQLite file stays where it is."))
