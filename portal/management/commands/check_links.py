"""Which sources are no longer where they were; only when somebody asks, for it is the one command that speaks to other hosts."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.models import Source
from portal.operations.link_check import Broken, check


class Command(BaseCommand):
    help = _("Asks every address that a source names whether it still answers, and prints those that do not.")

    def handle(self, **options):
        addresses = sorted(
            {
                address
                for pair in Source.objects.values_list("address", "archived")
                for address in pair
                if address
            }
        )
        broken = 0
        for address in addresses:
            try:
                check(address)
            except Broken as reason:
                broken += 1
                self.stdout.write(f"{address}: {reason}")
        told = ngettext("%(all)d address was asked.", "%(all)d addresses were asked.", len(addresses)) % {
            "all": len(addresses)
        }
        self.stdout.write(
            f"{told} "
            + ngettext("%(broken)d does not answer.", "%(broken)d do not answer.", broken)
            % {"broken": broken}
        )
