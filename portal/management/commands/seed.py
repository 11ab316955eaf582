from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.operations.seed import seed
from portal.seeding import SeedError
from portal.seeding.starter import seed_starter


class Command(BaseCommand):
    help = (
        "Fill the portal from the fixtures: records, pages, staff groups. "
        "Repeatable; what editors changed is kept."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--starter",
            action="store_true",
            help="make the pages of a portal of one's own instead, in an empty database; no records",
        )
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="bring back the fixtures' wording, also where editors changed it",
        )

    def handle(self, *, overwrite, starter, verbosity, **options):
        try:
            result = seed_starter() if starter else seed(overwrite)
        except SeedError as error:
            raise CommandError(str(error)) from error
        if verbosity and starter:
            self.stdout.write(_("Pages written: %(pages)d.") % {"pages": result})
        elif verbosity:
            self.print_result(result)

    def print_result(self, result):
        counts = {"records": result.records, "pages": result.pages}
        self.stdout.write(_("Records written: %(records)d. Pages written: %(pages)d.") % counts)
        for name in result.skipped:
            self.stdout.write(_("Kept as an editor left it: %(name)s") % {"name": name})
        for name, password in result.accounts:
            self.stdout.write(
                _("Staff login “%(name)s”, password “%(password)s”") % {"name": name, "password": password}
            )
