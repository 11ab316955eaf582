"""What is due by the clock: called each minute by a timer, or with --every by `make run`."""

import os
import time
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections, connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from impact.models import Claim
from portal.models import Attempt

# Their times are those of the last run, for `doctor`, and of the last count of the tables.
LAST, COUNTED = "last-tick", "last-count"
A_DAY = 24 * 60 * 60
LONGEST_COUNTED = timedelta(hours=1)  # the login forgets after five minutes at most


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
        starter = os.getppid()
        self.tick()
        while every and sleeps_through(every, starter):
            close_old_connections()
            try:
                self.tick()
            except DatabaseError as error:
                self.stderr.write(str(error))  # the database may be back in a minute

    def tick(self):
        forget_attempts()
        for claim in Claim.objects.due():
            try:
                edition = claim.publish_scheduled()
            except ValidationError as error:
                self.stderr.write(" ".join([claim.reference, *error.messages]))
                continue
            if edition:
                named = {"reference": claim.reference, "number": edition.number}
                self.stdout.write(_("%(reference)s is published as edition %(number)d.") % named)
        count_tables()
        (settings.VAR_DIR / LAST).touch()


def forget_attempts():
    """Those that count no more, and those of a clock that ran ahead: they would keep people out until the time that it told."""
    now = timezone.now()
    Attempt.objects.filter(Q(expires__lt=now) | Q(expires__gt=now + LONGEST_COUNTED)).delete()


def count_tables():
    """Once a day, what PostgreSQL does by itself: a database that does not know how large its tables are begins a query among many pages at the wrong end."""
    counted = settings.VAR_DIR / COUNTED
    if connection.vendor == "sqlite" and not (
        counted.exists() and time.time() - counted.stat().st_mtime < A_DAY
    ):
        with connection.cursor() as cursor:
            cursor.execute(
                "PRAGMA analysis_limit = 1000"
            )  # rows of an index, so that it takes no time that anybody notices
            cursor.execute("ANALYZE")
        counted.touch()


def sleeps_through(seconds, starter):
    """Whether the process that started this one still lives after so many seconds; if not, it is noticed at once."""
    for _second in range(seconds):
        if os.getppid() != starter:
            return False
        time.sleep(1)
    return True
