from django.conf import settings
from django.contrib.sites.models import Site
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.search.index import deferred_indexing, reindex
from portal.seeding import SeedError
from portal.seeding.pages import PageSeeder
from portal.seeding.records import RecordSeeder
from portal.seeding.staff import editor, seed_accounts, seed_groups, seed_user


class Command(BaseCommand):
    help = "Fill the portal from the fixtures: records, pages, staff groups. Repeatable; what editors changed is kept."

    def add_arguments(self, parser):
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="bring back the fixtures' wording, also where editors changed it",
        )

    def handle(self, *, overwrite, verbosity, **options):
        try:
            records, pages, accounts = self.fill(overwrite)
        except SeedError as error:
            raise CommandError(str(error)) from error
        if verbosity:
            self.report(records, pages, accounts)

    def report(self, records, pages, accounts):
        self.stdout.write(
            _("Records written: %(records)d. Pages written: %(pages)d.")
            % {"records": records.written, "pages": pages.written}
        )
        for name in records.skipped + pages.skipped:
            self.stdout.write(_("Kept as an editor left it: %(name)s") % {"name": name})
        for name, password in accounts:
            self.stdout.write(
                _("Staff login “%(name)s”, password “%(password)s”") % {"name": name, "password": password}
            )

    @transaction.atomic
    def fill(self, overwrite):
        Site.objects.filter(pk=settings.SITE_ID).update(name=settings.SITE_NAME)
        user = seed_user()
        seed_groups()
        accounts = seed_accounts()
        records = RecordSeeder(user, editor(), overwrite)
        pages = PageSeeder(user, overwrite)
        with deferred_indexing():
            records.load()
            pages.load()
        reindex()
        return records, pages, accounts
