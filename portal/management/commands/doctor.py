from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.operations.doctor import run_checks
from portal.operations.finding import NOTE, OK, WRONG


class Command(BaseCommand):
    help = _(
        "Looks whether the site is well: a line for each check, and what to do. "
        "Ends with status 1 if something is wrong."
    )
    requires_system_checks = []

    def handle(self, **options):
        signs = {OK: self.style.SUCCESS(_("ok   ")), NOTE: _("note "), WRONG: self.style.ERROR(_("WRONG"))}
        faults = 0
        for finding in run_checks():
            self.stdout.write(f"{signs[finding.level]}  {finding.message}")
            faults += finding.level == WRONG
        if faults:
            raise CommandError(
                ngettext(
                    "%(count)d check found something wrong.",
                    "%(count)d checks found something wrong.",
                    faults,
                )
                % {"count": faults}
            )
