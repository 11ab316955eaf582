"""Runs what is due by the clock: publication, removal from copies, expiry of attempts, unused files, search.

The last of them is a look at what has to be right before the site goes live.
"""

import os
import time
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, close_old_connections, connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from impact.models import Claim, Stage
from organisation.models import StoredFile
from organisation.pictures.withdrawal import keep_list, listed, withdraw_again
from portal.models import Attempt
from portal.pages.workflow import publish_due
from portal.search.index import is_outdated, reindex

from .copies import remove_from_copies
from .going_live import look_where_due

# Files whose modification time is that of the last run, for `doctor`, and of the last ANALYZE.
LAST_RUN, LAST_ANALYZE = "last-tick", "last-count"
A_DAY = 24 * 60 * 60
MAX_ATTEMPT_AGE = timedelta(hours=1)  # attempts to log in expire after five minutes at most
ANALYSIS_LIMIT = 1000  # rows of an index, so that it takes no time that anybody notices


def run_due_tasks(report, report_error):
    """Runs each task once; both arguments are called with a line."""
    withdraw_what_came_back(report_error)
    remove_from_copies(report, report_error)
    delete_expired_attempts()
    StoredFile.objects.unused().delete()
    publish_scheduled_claims(report, report_error)
    publish_due(report, report_error)
    analyze_tables()
    rebuild_search_index(report)
    (settings.VAR_DIR / LAST_RUN).touch()
    look_where_due()


def withdraw_what_came_back(report_error):
    """Withdraws again the pictures that a restored database has, however it was restored."""
    try:
        keep_list()
    except OSError as error:  # a full disk keeps nothing else from being done
        report_error(str(error))
    withdraw_again(listed())


def run_every(seconds, report, report_error):
    """Runs the tasks at this interval, as long as this process's parent lives; once without an interval."""
    parent = os.getppid()
    run_due_tasks(report, report_error)
    while seconds and sleep_while_parent_lives(seconds, parent):
        close_old_connections()
        try:
            run_due_tasks(report, report_error)
        except DatabaseError as error:
            report_error(str(error))  # the database may be back in a minute


def delete_expired_attempts():
    now = timezone.now()
    # A clock that ran ahead has left attempts that would keep people out until the time that it told.
    Attempt.objects.filter(Q(expires__lt=now) | Q(expires__gt=now + MAX_ATTEMPT_AGE)).delete()


def publish_scheduled_claims(report, report_error):
    for claim in Claim.objects.due():
        try:
            claim.publish_scheduled()
        except ValidationError as error:
            report_error(" ".join([claim.reference, *error.messages]))
            continue
        if claim.stage == Stage.PUBLISHED:
            values = {"reference": claim.reference, "number": claim.current_edition.number}
            report(_("%(reference)s is published as edition %(number)d.") % values)


def rebuild_search_index(report):
    """Rebuilds the search index after an upgrade that finds words in another way."""
    if is_outdated():
        report(_("The search index is rebuilt. Entries changed: %(changed)d.") % {"changed": reindex()})


def analyze_tables():
    """Refreshes SQLite's statistics once a day; PostgreSQL does so by itself.

    Without them SQLite does not know how large its tables are, and begins a query among many pages at the
    wrong end.
    """
    stamp = settings.VAR_DIR / LAST_ANALYZE
    is_recent = stamp.exists() and time.time() - stamp.stat().st_mtime < A_DAY
    if connection.vendor == "sqlite" and not is_recent:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {ANALYSIS_LIMIT}")
            cursor.execute("ANALYZE")
        stamp.touch()


def sleep_while_parent_lives(seconds, parent):
    """Sleeps for so many seconds and returns True; returns False within a second of the parent's end."""
    for _second in range(seconds):
        if os.getppid() != parent:
            return False
        time.sleep(1)
    return True
