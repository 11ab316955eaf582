from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from organisation.pictures.withdrawal import read_list, withdraw_again


class Command(BaseCommand):
    help = _("Withdraws the pictures that a file lists; restoring a backup runs it.")
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("list", metavar="FILE", type=Path)

    def handle(self, **options):
        withdraw_again(read_list(options["list"]))
