"""What is due by the clock: called each minute by a timer, or with --every by `make run`."""

import os
import time

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django.utils.translation import gettext as _

from impact.models import Claim

from portal.models import Attempt

# Its time is that of the last run, for `doctor`.
LAST = "last-tick"


class Command(BaseCommand):
    help = _("Publishes what is scheduled and due.")

    def add_arguments(self, parser):
        parser.add_argument(
            "--every", type=int, metavar="SECONDS", help=_("go on, at this interval, as long as the process that started this one lives")
        )

    def handle(self, *, every, **options):
        starter = os.getppid()
        self.tick()
        while every and sleeps_through(every, starter):
            close_old_connections()
            try:
                self.tick()
            except DatabaseError as error:
                self.stderr.write(str(error))  # the database may be back in a minute

    def tick(self):
        Attempt.objects.filter(expires__lt=timezone.now()).delete()
        for claim in Claim.objects.due():
            try:
                edition = claim.publish_scheduled()
            except ValidationError as error:
                self.stderr.write(" ".join([claim.reference, *error.messages]))
                continue
            if edition:
                named = {"reference": claim.reference, "number": edition.number}
                self.stdout.write(_("%(reference)s is published as edition %(number)d.") % named)
        (settings.VAR_DIR / LAST).touch()


def sleeps_through(seconds, starter):
    """Whether the process that started this one still lives after so many seconds; if not, it is noticed at once."""
    for _second in range(seconds):
        if os.getppid() != starter:
            return False
        time.sleep(1)
    return True
