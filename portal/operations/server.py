"""Brings an empty checkout to a running site: database, first records, static files, server."""

import hashlib
import os
import socket
import subprocess
import sys

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.db.migrations.exceptions import MigrationSchemaMissing
from django.utils.translation import gettext as _

from portal.accounts.start.progress import Progress, people_exist
from portal.models import SearchEntry
from portal.seeding.staff import FIRST_ACCOUNTS

from .backup import OperationError
from .file_modes import make_folder_private
from .first_start import OWN, begin_own_start, chosen_start, is_empty_site, tell_of_start
from .newer_database import newer_database_message, unknown_migration

SERVER = (
    "granian --interface wsgi portal.wsgi:application "
    "--blocking-threads 4 --log-level warning --respawn-failed-workers"
)
TICK_SECONDS = 60


def start(port, stdout, check, answers=None):
    """Prepares whatever is missing and serves the site on this machine; does not return.

    `answers` are those that an empty site would otherwise ask for in the terminal.

    `check` runs Django's system checks. They load the URLs, and those may ask the database: so they run after
    the migrations.
    """

    def report(line):
        stdout.write(line)
        stdout.flush()

    make_folder_private()
    require_no_redirect_loop()
    require_free_port(port)
    prepare_database(report)
    check()
    is_empty, progress = is_empty_site(), Progress.read()
    is_first_start = is_empty and progress is None
    # An empty site without people whose start is under way was left, or ended before anything was written.
    is_own = chosen_start(answers) == OWN if is_first_start else is_empty and not people_exist()
    if is_own:
        begin_own_start(answers)
    elif is_first_start:
        report(_("Filling the empty site with its first records …"))
        call_command("seed", stdout=stdout)
    elif not SearchEntry.objects.exists():
        # A site from before there was an index has records and no entries.
        report(_("Filling the search index …"))
        call_command("reindex", stdout=stdout)
    if answers and not is_empty:
        report(_("The answers were not read: this site is not empty any more."))
    collect_static_files(report)
    address = f"http://localhost:{port}/"
    allow_login_by_password(report)
    if not is_first_start and has_first_accounts():
        report_login(address, report)
    elif is_first_start and not is_own:
        report(_("Log in at %(address)sadmin/ with one of these names and passwords.") % {"address": address})
    tell_of_start(address, report)
    sentence = _("Starting the server: the site is at %(address)s in a moment (Ctrl-C stops it).")
    report(sentence % {"address": address})
    serve(port)


def require_no_redirect_loop():
    if settings.PORTAL_HTTPS and not settings.PORTAL_PROXIES and "GRANIAN_SSL_CERTIFICATE" not in os.environ:
        raise OperationError(
            _(
                "PORTAL_HTTPS=1 would lead every visitor in a circle, because this server speaks no https "
                "itself: set PORTAL_PROXIES to the number of proxies before it, or leave PORTAL_HTTPS out."
            )
        )


def require_free_port(port):
    with socket.socket() as probe:
        # As the server does: a port whose last connections are just ending counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            sentence = _(
                "Port %(port)s is not yours to use: choose another, for example `make run PORT=8001`."
            )
            raise OperationError(sentence % {"port": port}) from error
        except OSError as error:
            sentence = _(
                "Port %(port)s is in use: stop what listens there, or choose another, "
                "for example `make run PORT=%(other)s`."
            )
            raise OperationError(
                sentence % {"port": port, "other": 8000 if port == 65535 else port + 1}
            ) from error


def prepare_database(report):
    report(_("Bringing the database up to date …"))
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        raise OperationError(database_message(error)) from error
    if migration := unknown_migration():
        raise OperationError(newer_database_message(migration))
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except MigrationSchemaMissing as error:
        raise OperationError(database_message(error)) from error


def database_message(error):
    # A driver's first line ends in the reason; what stands before may repeat parts of the address.
    reason = str(error).strip().splitlines()[0].rpartition(": ")[2].strip()
    if connection.vendor == "sqlite":
        sentence = _(
            "The database %(file)s cannot be used (%(reason)s): make the file and its folder writable, "
            "or name a PostgreSQL database in DATABASE_URL."
        )
        return sentence % {"file": connection.settings_dict["NAME"], "reason": reason}
    sentence = _(
        "The database that DATABASE_URL names cannot be used (%(reason)s): "
        "start its server or correct the address, or leave DATABASE_URL out to use SQLite."
    )
    return sentence % {"reason": reason}


def collect_static_files(report):
    """Collects the static files if one has come, gone or changed: it takes seconds."""
    stamp = settings.VAR_DIR / "static.sha256"
    fingerprint = static_fingerprint()
    if settings.STATIC_ROOT.is_dir() and stamp.is_file() and stamp.read_text() == fingerprint:
        return
    report(_("Collecting the static files …"))
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(fingerprint)


def static_fingerprint():
    """Returns a hash of the paths, sizes and times of all static files."""
    digest = hashlib.sha256(str(settings.STATIC_ROOT).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = os.stat(storage.path(name))
            digest.update(f"{storage.path(name)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def allow_login_by_password(report):
    """Lets the server ask for no second factor, so that the site can be tried at once on this machine."""
    if "PORTAL_PASSWORD_ONLY" not in os.environ and not settings.PORTAL_HTTPS:
        os.environ["PORTAL_PASSWORD_ONLY"] = "1"
        report(
            _(
                "On this machine a password is enough to log in (PORTAL_PASSWORD_ONLY=1); "
                "elsewhere the site asks staff for a second factor."
            )
        )


def has_first_accounts():
    return get_user_model().objects.filter(username__in=FIRST_ACCOUNTS).count() == len(FIRST_ACCOUNTS)


def report_login(address, report):
    sentence = _(
        "Staff login: %(address)sadmin/ (accounts “editor” and “publisher”; passwords were shown "
        "at the first start; a new one: .venv/bin/python manage.py changepassword editor)"
    )
    report(sentence % {"address": address})


def serve(port):
    connections.close_all()
    # The tick ends by itself when the server, which takes this process's place, does.
    subprocess.Popen(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "tick", "--every", str(TICK_SECONDS)],
        stdin=subprocess.DEVNULL,
    )
    options = f"--workers {settings.PORTAL_WORKERS} --host 127.0.0.1 --port {port} --working-dir"
    # In place of this process, so that a signal to it reaches the server.
    os.execv(
        sys.executable, [sys.executable, "-m", *SERVER.split(), *options.split(), str(settings.BASE_DIR)]
    )
