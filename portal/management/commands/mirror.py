from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.operations.backup import OperationError
from portal.operations.static_copy.static_copy import StaticCopy

MAX_ADDRESSES = 20_000
PROGRESS_EVERY = 100  # addresses


class Command(BaseCommand):
    help = _(
        "Writes the whole public site as files to DIR/current. "
        "The last copy stays until the new one is whole."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "folder",
            metavar="DIR",
            nargs="?",
            type=Path,
            default=settings.PORTAL_MIRROR,
            help=_("the folder that holds the copies, else that of PORTAL_MIRROR"),
        )
        parser.add_argument(
            "--address",
            help=_(
                "the public address of the site, such as https://example.org; "
                "else the first name in PORTAL_HOSTS"
            ),
        )
        parser.add_argument(
            "--most",
            type=int,
            default=MAX_ADDRESSES,
            metavar="N",
            help=_("how many addresses a copy may have (%(default)s)"),
        )
        parser.add_argument(
            "--keep",
            type=int,
            default=2,
            metavar="N",
            help=_("how many copies stay, the new one among them (%(default)s)"),
        )

    def handle(self, *, folder, address, most, keep, verbosity, **options):
        if keep < 1:
            raise CommandError(
                _("--keep is %(keep)d: keep at least the copy that is made now.") % {"keep": keep}
            )
        self.report = self.stdout.write if verbosity else lambda line: None
        static_copy = None
        try:
            static_copy = StaticCopy(folder, address, most)
            written = static_copy.make(keep, self.report_progress)
        except OperationError as error:
            if static_copy:
                self.list_faults(static_copy.crawl.failures)
            raise CommandError(str(error)) from error
        self.list_faults(static_copy.crawl.dead)
        counts = {
            "addresses": len(static_copy.crawl.copied),
            "files": written.files,
            "changed": written.changed,
            "folder": folder / "current",
        }
        self.report(
            _(
                "Copied to %(folder)s: %(addresses)d addresses in %(files)d files, "
                "of which %(changed)d are new or changed."
            )
            % counts
        )
        if over_limit := static_copy.crawl.over_limit:
            sentence = ngettext(
                "There was no room for %(count)d more address: raise --most.",
                "There was no room for %(count)d more addresses: raise --most.",
                over_limit,
            )
            self.report(sentence % {"count": over_limit})

    def list_faults(self, faults):
        for path, (reason, linked_from) in faults.items():
            self.stderr.write(f"{path}: {reason} ({linked_from or _('the list of addresses')})")

    def report_progress(self, done, waiting):
        if not done % PROGRESS_EVERY:
            self.report(
                _("%(done)d addresses copied, %(waiting)d waiting …") % {"done": done, "waiting": waiting}
            )
