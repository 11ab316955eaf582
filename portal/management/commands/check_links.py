from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.operations.link_check import check_sources


class Command(BaseCommand):
    """Runs only when somebody asks: it is the one command that speaks to other hosts."""

    help = _("Asks every address that a source names whether it still answers, and prints those that do not.")

    def handle(self, **options):
        checked = broken = 0
        for address, reason in check_sources():
            checked += 1
            if reason:
                broken += 1
                self.stdout.write(f"{address}: {reason}")
        self.stdout.write(
            ngettext("%(all)d address was asked.", "%(all)d addresses were asked.", checked)
            % {"all": checked}
            + " "
            + ngettext("%(broken)d does not answer.", "%(broken)d do not answer.", broken)
            % {"broken": broken}
        )
