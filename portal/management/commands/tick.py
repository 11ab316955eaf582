from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from portal.operations.scheduled_tasks import run_every


class Command(BaseCommand):
    help = _("Publishes what is scheduled and due.")

    def add_arguments(self, parser):
        parser.add_argument(
            "--every",
            type=int,
            metavar="SECONDS",
            help=_("go on, at this interval, as long as the process that started this one lives"),
        )

    def handle(self, *, every, **options):
        run_every(every, self.stdout.write, self.stderr.write)
