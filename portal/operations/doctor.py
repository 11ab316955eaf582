"""Checks the health of the site: one finding a check, each with what to do.

Findings name settings, numbers and public addresses, never people or drafts.
"""

import json
import os
import shutil
import stat
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core import mail
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from impact.models import Claim, Edition, RegisterEntry
from portal.search.index import count_stale

from .finding import note, ok, wrong
from .former_variables import check_former_variables
from .going_live import BEFORE_GOING_LIVE
from .newer_database import newer_database_message, unknown_migration
from .public_checks import (
    check_authors,
    check_home_page,
    check_pages,
    check_profiles,
    check_quotations,
    check_redirects,
    check_takedowns,
)
from .scheduled_tasks import LAST_RUN

MAX_TICK_AGE = timedelta(minutes=5)
MIN_FREE_SPACE = 500_000_000  # bytes
MIN_KEY_LENGTH = 50


def check_version():
    return ok(_("Version: %(version)s.") % {"version": settings.VERSION})


def check_database():
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check(1)")
            is_intact = cursor.fetchone()[0] == "ok"
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM pg_index WHERE NOT indisvalid")
            is_intact = not cursor.fetchone()[0]
    if not is_intact:
        return wrong(
            _(
                "Database: it is damaged. "
                "Stop the site and restore the last backup: manage.py restore BACKUP --replace."
            )
        )
    return ok(_("Database: %(vendor)s, reachable and sound.") % {"vendor": connection.display_name})


def check_migrations():
    executor = MigrationExecutor(connection)
    if waiting := len(executor.migration_plan(executor.loader.graph.leaf_nodes())):
        sentence = ngettext(
            "Migrations: %(count)d waits. Run manage.py migrate.",
            "Migrations: %(count)d wait. Run manage.py migrate.",
            waiting,
        )
        return wrong(sentence % {"count": waiting})
    if migration := unknown_migration():
        return wrong(_("Migrations: %(sentence)s") % {"sentence": newer_database_message(migration)})
    return ok(_("Migrations: all are applied."))


def check_disk_space():
    usage, database = shutil.disk_usage(settings.VAR_DIR), Path(settings.DATABASES["default"]["NAME"])
    needed = max(
        MIN_FREE_SPACE,
        2 * database.stat().st_size if connection.vendor == "sqlite" and database.exists() else 0,
    )
    numbers = {"free": usage.free / 1e9, "needed": needed / 1e9}
    if usage.free < needed:
        return wrong(
            _(
                "Disk: %(free).1f GB are free, and at least %(needed).1f should be. "
                "Make room: delete old backups and logs."
            )
            % numbers
        )
    return ok(_("Disk: %(free).1f GB are free.") % numbers)


def check_search_index():
    if count := count_stale():
        sentence = ngettext(
            "Search: %(count)d record is not found as it reads now. Run manage.py reindex.",
            "Search: %(count)d records are not found as they read now. Run manage.py reindex.",
            count,
        )
        return wrong(sentence % {"count": count})
    return ok(_("Search: the index is in step."))


def check_last_tick():
    stamp = settings.VAR_DIR / LAST_RUN
    if not stamp.exists():
        return wrong(
            _(
                "Tick: it has never run here. "
                "Run manage.py tick each minute, by a timer; of several servers one does."
            )
        )
    age = timedelta(seconds=time.time() - stamp.stat().st_mtime)
    if age > MAX_TICK_AGE:
        return wrong(
            _("Tick: it last ran %(minutes)d minutes ago. Look why its timer does not run.")
            % {"minutes": age / timedelta(minutes=1)}
        )
    return ok(_("Tick: it runs."))


def check_overdue_claims():
    if count := Claim.objects.due().filter(publish_at__lt=timezone.now() - MAX_TICK_AGE).count():
        sentence = ngettext(
            "Schedule: %(count)d claim should be public by now. Run manage.py tick.",
            "Schedule: %(count)d claims should be public by now. Run manage.py tick.",
            count,
        )
        return wrong(sentence % {"count": count})
    return ok(_("Schedule: nothing is overdue."))


def check_current_editions():
    # No form can bring these about; somebody who writes into the database could.
    of_other_claims = (
        Claim.objects.filter(current_edition__isnull=False).exclude(current_edition__claim=F("pk")).count()
    )
    not_the_last = (
        Claim.objects.filter(current_edition__isnull=False)
        .annotate(last=Max("editions__number"))
        .exclude(current_edition__number=F("last"))
        .count()
    )
    unlisted = Edition.objects.current().exclude(pk__in=RegisterEntry.objects.values("edition")).count()
    superfluous = RegisterEntry.objects.exclude(
        edition__in=Edition.objects.current().order_by().values("pk")
    ).count()
    if count := of_other_claims + not_the_last + unlisted + superfluous:
        sentence = ngettext(
            "Claims: %(count)d current edition is not what it should be. "
            "Compare with the last backup, and report it.",
            "Claims: %(count)d current editions are not what they should be. "
            "Compare with the last backup, and report it.",
            count,
        )
        return wrong(sentence % {"count": count})
    return ok(_("Claims: each has the edition and the entry that it should have."))


def check_static_files():
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if not manifest.exists():
        return wrong(_("Static files: none are collected. Run manage.py collectstatic --no-input."))
    collected, collected_at = json.loads(manifest.read_text())["paths"], manifest.stat().st_mtime
    sources = [(name, storage.path(name)) for finder in get_finders() for name, storage in finder.list([])]
    if any(
        name.replace("\\", "/") not in collected or os.stat(path).st_mtime > collected_at
        for name, path in sources
    ):
        return wrong(
            _("Static files: some are newer than those collected. Run manage.py collectstatic --no-input.")
        )
    return ok(_("Static files: all are collected."))


def check_secret_key():
    file = settings.VAR_DIR / "secret-key"
    if len(settings.SECRET_KEY) < MIN_KEY_LENGTH:
        return wrong(_("Secret key: it is short. Leave SECRET_KEY out, and a good one is made."))
    if "SECRET_KEY" not in os.environ and file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077:
        return wrong(
            _("Secret key: others on this machine can read it. Run chmod 600 %(file)s.") % {"file": file}
        )
    return ok(_("Secret key: long, and nobody else can read it."))


def check_mail():
    try:
        server = mail.get_connection(timeout=5)
        server.open()
        server.close()
    except OSError:
        message = _("Mail: the server %(host)s does not answer; nothing that is mailed arrives.") % {
            "host": settings.EMAIL_HOST
        }
        # A machine without a mail server is no fault where none was named.
        return note(message) if settings.EMAIL_HOST == "localhost" else wrong(message)
    return ok(_("Mail: it can be sent."))


def check_redis():
    if not settings.REDIS_URL:
        return ok(_("Redis: none is set; one server needs none."))
    from redis import Redis, RedisError  # only where it is used: one server needs no Redis

    try:
        Redis.from_url(settings.REDIS_URL, socket_timeout=5, socket_connect_timeout=5).ping()
    except (RedisError, OSError):
        return wrong(
            _(
                "Redis: it does not answer. "
                "The site goes on, and several servers may differ for a while: start it."
            )
        )
    return ok(_("Redis: it answers."))


# Without a database these fail; the others are still worth knowing.
DATABASE_CHECKS = (
    check_migrations,
    check_search_index,
    check_overdue_claims,
    check_current_editions,
    check_home_page,
    check_pages,
    check_profiles,
    check_quotations,
    check_redirects,
    check_authors,
    check_takedowns,
)
OTHER_CHECKS = (
    check_disk_space,
    check_last_tick,
    check_static_files,
    check_secret_key,
    check_former_variables,
    check_mail,
    check_redis,
)


def run_checks():
    """Yields the finding of each check as it is done."""
    yield check_version()
    try:
        yield check_database()
        for check in DATABASE_CHECKS:
            yield check()
    except DatabaseError:
        yield wrong(
            _(
                "Database: it does not answer or is not this site's. "
                "Start its server, correct DATABASE_URL, or run manage.py migrate."
            )
        )
    for check in (*OTHER_CHECKS, *BEFORE_GOING_LIVE):
        with suppress(DatabaseError):  # which is told by now
            yield check()
