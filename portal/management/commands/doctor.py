from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.operations.doctor import NOTE, OK, WRONG, findings


class Command(BaseCommand):
    help = _(
        "Looks whether the site is well: a line for each check, and what to do. Ends with status 1 if something is wrong."
    )
    requires_system_checks = []

    def handle(self, **options):
        signs = {OK: self.style.SUCCESS(_("ok   ")), NOTE: _("note "), WRONG: self.style.ERROR(_("WRONG"))}
        troubles = 0
        for finding in findings():
            self.stdout.write(f"{signs[finding.level]}  {finding.said}")
            troubles += finding.level == WRONG
        if troubles:
            raise CommandError(
                ngettext(
                    "%(count)d check found something wrong.",
                    "%(count)d checks found something wrong.",
                    troubles,
                )
                % {"count": troubles}
            )
