"""Whether the site is well: one finding a check, each with what to do. Findings name settings and numbers, never people or records."""

import json
import os
import shutil
import stat
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
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

from .backup import Backup, OperationError
from .scheduled_tasks import LAST_RUN

OK, NOTE, WRONG = "ok", "note", "wrong"
OLDEST_BACKUP = timedelta(hours=26)  # one a day, and two hours for a late timer
LONGEST_SILENCE = timedelta(minutes=5)
LEAST_FREE = 500_000_000  # bytes
LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}
SHORTEST_KEY = 50


@dataclass
class Finding:
    level: str
    said: str


def ok(said):
    return Finding(OK, said)


def note(said):
    return Finding(NOTE, said)


def wrong(said):
    return Finding(WRONG, said)


def database():
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check(1)")
            sound = cursor.fetchone()[0] == "ok"
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM pg_index WHERE NOT indisvalid")
            sound = not cursor.fetchone()[0]
    if not sound:
        return wrong(
            _(
                "Database: it is damaged. Stop the site and restore the last backup: manage.py restore BACKUP --replace."
            )
        )
    return ok(_("Database: %(vendor)s, reachable and sound.") % {"vendor": connection.display_name})


def migrations():
    executor = MigrationExecutor(connection)
    if waiting := len(executor.migration_plan(executor.loader.graph.leaf_nodes())):
        sentence = ngettext(
            "Migrations: %(count)d waits. Run manage.py migrate.",
            "Migrations: %(count)d wait. Run manage.py migrate.",
            waiting,
        )
        return wrong(sentence % {"count": waiting})
    return ok(_("Migrations: all are applied."))


def disk():
    usage, database = shutil.disk_usage(settings.VAR_DIR), Path(settings.DATABASES["default"]["NAME"])
    needed = max(
        LEAST_FREE, 2 * database.stat().st_size if connection.vendor == "sqlite" and database.exists() else 0
    )
    numbers = {"free": usage.free / 1e9, "needed": needed / 1e9}
    if usage.free < needed:
        return wrong(
            _(
                "Disk: %(free).1f GB are free, and at least %(needed).1f should be. Make room: delete old backups and logs."
            )
            % numbers
        )
    return ok(_("Disk: %(free).1f GB are free.") % numbers)


def backup():
    if not (last := Backup.last()):
        return wrong(_("Backup: none was made from here. Run manage.py backup DIR each day, by a timer."))
    try:
        age = timezone.now() - datetime.fromisoformat(last.verify()["made"])
    except OperationError as trouble:
        return wrong(_("Backup: %(trouble)s") % {"trouble": trouble})
    hours = {"hours": age / timedelta(hours=1)}
    if age > OLDEST_BACKUP:
        return wrong(
            _("Backup: the last one is %(hours).0f hours old. Look why its timer does not run.") % hours
        )
    return ok(_("Backup: the last one is %(hours).0f hours old, and whole.") % hours)


def search():
    if count := count_stale():
        sentence = ngettext(
            "Search: %(count)d record is not found as it reads now. Run manage.py reindex.",
            "Search: %(count)d records are not found as they read now. Run manage.py reindex.",
            count,
        )
        return wrong(sentence % {"count": count})
    return ok(_("Search: the index is in step."))


def tick():
    stamp = settings.VAR_DIR / LAST_RUN
    if not stamp.exists():
        return wrong(
            _(
                "Tick: it has never run here. Run manage.py tick each minute, by a timer; of several servers one does."
            )
        )
    age = timedelta(seconds=time.time() - stamp.stat().st_mtime)
    if age > LONGEST_SILENCE:
        return wrong(
            _("Tick: it last ran %(minutes)d minutes ago. Look why its timer does not run.")
            % {"minutes": age / timedelta(minutes=1)}
        )
    return ok(_("Tick: it runs."))


def scheduled():
    if count := Claim.objects.due().filter(publish_at__lt=timezone.now() - LONGEST_SILENCE).count():
        sentence = ngettext(
            "Schedule: %(count)d claim should be public by now. Run manage.py tick.",
            "Schedule: %(count)d claims should be public by now. Run manage.py tick.",
            count,
        )
        return wrong(sentence % {"count": count})
    return ok(_("Schedule: nothing is overdue."))


def claims():
    """What no form can bring about, and a hand in the database could."""
    strangers = (
        Claim.objects.filter(current_edition__isnull=False).exclude(current_edition__claim=F("pk")).count()
    )
    behind = (
        Claim.objects.filter(current_edition__isnull=False)
        .annotate(last=Max("editions__number"))
        .exclude(current_edition__number=F("last"))
        .count()
    )
    unlisted = Edition.objects.current().exclude(pk__in=RegisterEntry.objects.values("edition")).count()
    surplus = RegisterEntry.objects.exclude(
        edition__in=Edition.objects.current().order_by().values("pk")
    ).count()
    if count := strangers + behind + unlisted + surplus:
        sentence = ngettext(
            "Claims: %(count)d current edition is not what it should be. Compare with the last backup, and report it.",
            "Claims: %(count)d current editions are not what they should be. Compare with the last backup, and report it.",
            count,
        )
        return wrong(sentence % {"count": count})
    return ok(_("Claims: each has the edition and the entry that it should have."))


def static_files():
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if not manifest.exists():
        return wrong(_("Static files: none are collected. Run manage.py collectstatic --no-input."))
    collected, at = json.loads(manifest.read_text())["paths"], manifest.stat().st_mtime
    sources = [(name, storage.path(name)) for finder in get_finders() for name, storage in finder.list([])]
    if any(name.replace("\\", "/") not in collected or os.stat(path).st_mtime > at for name, path in sources):
        return wrong(
            _("Static files: some are newer than those collected. Run manage.py collectstatic --no-input.")
        )
    return ok(_("Static files: all are collected."))


def secret_key():
    kept = settings.VAR_DIR / "secret-key"
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        return wrong(_("Secret key: it is short. Leave SECRET_KEY out, and a good one is made."))
    if "SECRET_KEY" not in os.environ and kept.exists() and stat.S_IMODE(kept.stat().st_mode) & 0o077:
        return wrong(
            _("Secret key: others on this machine can read it. Run chmod 600 %(file)s.") % {"file": kept}
        )
    return ok(_("Secret key: long, and nobody else can read it."))


def doors():
    hosts, https = set(settings.ALLOWED_HOSTS), settings.PORTAL_HTTPS
    if settings.DEBUG:
        return wrong(_("Settings: PORTAL_DEBUG=1 shows errors in full to everybody. Leave it out."))
    if "*" in hosts:
        return wrong(_("Settings: the site answers to any name. Write its names in PORTAL_HOSTS."))
    if hosts <= LOOPBACK:
        return note(
            _(
                "Settings: the site answers on this machine only. Write its names in PORTAL_HOSTS when others should reach it."
            )
        )
    if not https:
        return wrong(
            _(
                "Settings: others can reach the site and its sign-in travels unprotected. Set PORTAL_HTTPS=1 behind TLS."
            )
        )
    return ok(_("Settings: TLS, names and errors are as they should be."))


def post():
    try:
        sender = mail.get_connection(timeout=5)
        sender.open()
        sender.close()
    except OSError:
        said = _("Mail: the server %(host)s does not answer; nothing that is mailed arrives.") % {
            "host": settings.EMAIL_HOST
        }
        return note(said) if settings.EMAIL_HOST == "localhost" else wrong(said)
    return ok(_("Mail: it can be sent."))


def redis():
    if not settings.REDIS_URL:
        return ok(_("Redis: none is set; one server needs none."))
    from redis import Redis, RedisError

    try:
        Redis.from_url(settings.REDIS_URL, socket_timeout=5, socket_connect_timeout=5).ping()
    except (RedisError, OSError):
        return wrong(
            _(
                "Redis: it does not answer. The site goes on, and several servers may differ for a while: start it."
            )
        )
    return ok(_("Redis: it answers."))


OF_THE_DATABASE = (migrations, search, scheduled, claims)
OTHERS = (disk, backup, tick, static_files, secret_key, doors, post, redis)


def findings():
    """Each finding as its check is done. Without a database the rest is still worth knowing."""
    try:
        yield database()
        for check in OF_THE_DATABASE:
            yield check()
    except DatabaseError:
        yield wrong(
            _(
                "Database: it does not answer or is not this site's. Start its server, correct DATABASE_URL, or run manage.py migrate."
            )
        )
    for check in OTHERS:
        yield check()
