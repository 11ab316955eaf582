"""From an empty checkout to a running site: database, first records, static files, server."""

import hashlib
import os
import socket
import subprocess
import sys

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, connections
from django.db.migrations.exceptions import MigrationSchemaMissing
from django.utils.translation import gettext as _

from organisation.models import Organisation
from portal.models import SearchEntry

SERVER = "granian --interface wsgi portal.wsgi:application --blocking-threads 4 --log-level warning --respawn-failed-workers"


class Command(BaseCommand):
    help = _("Prepares whatever is missing and serves the site on this machine.")
    # The checks load the URLs, and those may ask the database: they run below, once the port is known to be free.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--port", default=os.environ.get("PORT") or "8000", help=_("where to serve the site")
        )

    def handle(self, *, port, **options):
        try:
            self.prepare_and_serve(port_number(port))
        except KeyboardInterrupt:
            sys.exit(130)

    def prepare_and_serve(self, port):
        require_free(port)
        self.prepare_database()
        self.check()
        first_start = self.fill_when_empty()
        self.collect_static_files()
        address = f"http://localhost:{port}/"
        self.make_a_password_enough()
        if not first_start:
            self.say_how_to_log_in(address)
        sentence = _("Starting the server: the site is at %(address)s in a moment (Ctrl-C stops it).")
        self.say(sentence % {"address": address})
        serve(port)

    def say(self, line):
        self.stdout.write(line)
        self.stdout.flush()

    def prepare_database(self):
        self.say(_("Bringing the database up to date …"))
        try:
            connection.ensure_connection()
        except DatabaseError as error:
            raise CommandError(database_trouble(error)) from error
        try:
            call_command("migrate", verbosity=0, interactive=False)
        except MigrationSchemaMissing as error:
            raise CommandError(database_trouble(error)) from error

    def fill_when_empty(self):
        if Organisation.objects.exists():
            self.index_when_new()
            return False
        self.say(_("Filling the empty site with its first records …"))
        call_command("seed", stdout=self.stdout)
        return True

    def index_when_new(self):
        """A site from before there was an index has records and no entries."""
        if not SearchEntry.objects.exists():
            self.say(_("Filling the search index …"))
            call_command("reindex", stdout=self.stdout)

    def collect_static_files(self):
        """Collecting takes seconds, so it is done again only when a file has come, gone or changed."""
        stamp = settings.VAR_DIR / "static.sha256"
        fingerprint = static_fingerprint()
        if settings.STATIC_ROOT.is_dir() and stamp.is_file() and stamp.read_text() == fingerprint:
            return
        self.say(_("Collecting the static files …"))
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(fingerprint)

    def make_a_password_enough(self):
        """On this machine alone, so that the site can be tried at once; elsewhere staff need a second factor."""
        if "PORTAL_PASSWORD_ONLY" not in os.environ and not settings.PORTAL_HTTPS:
            os.environ["PORTAL_PASSWORD_ONLY"] = "1"
            self.say(
                _(
                    "On this machine a password is enough to log in (PORTAL_PASSWORD_ONLY=1); elsewhere the site asks staff for a second factor."
                )
            )

    def say_how_to_log_in(self, address):
        sentence = _(
            "Staff login: %(address)sadmin/ (accounts “editor” and “publisher”; passwords were shown "
            "at the first start; a new one: .venv/bin/python manage.py changepassword editor)"
        )
        self.say(sentence % {"address": address})


def port_number(text):
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise CommandError(_("“%(port)s” is not a port: choose a number from 1 to 65535.") % {"port": text})
    return int(text)


def require_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            sentence = _(
                "Port %(port)s is not yours to use: choose another, for example `make run PORT=8001`."
            )
            raise CommandError(sentence % {"port": port}) from error
        except OSError as error:
            sentence = _(
                "Port %(port)s is in use: stop what listens there, or choose another, "
                "for example `make run PORT=%(other)s`."
            )
            raise CommandError(
                sentence % {"port": port, "other": 8000 if port == 65535 else port + 1}
            ) from error


def database_trouble(error):
    # A driver's first line ends in the reason; what stands before may repeat parts of the address.
    reason = str(error).strip().splitlines()[0].rpartition(": ")[2].strip()
    if connection.vendor == "sqlite":
        sentence = _(
            "The database %(file)s cannot be used (%(reason)s): make the file and its folder writable, "
            "or name a PostgreSQL database in DATABASE_URL."
        )
        return sentence % {"file": connection.settings_dict["NAME"], "reason": reason}
    sentence = _(
        "The database that DATABASE_URL names cannot be used (%(reason)s): start its server or correct the address, "
        "or leave DATABASE_URL out to use SQLite."
    )
    return sentence % {"reason": reason}


def static_fingerprint():
    digest = hashlib.sha256(str(settings.STATIC_ROOT).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = os.stat(storage.path(name))
            digest.update(f"{storage.path(name)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def serve(port):
    connections.close_all()
    # It ends by itself when the server, which takes this process's place, does.
    subprocess.Popen(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "tick", "--every", "60"],
        stdin=subprocess.DEVNULL,
    )
    where = f"--workers {settings.PORTAL_WORKERS} --host 127.0.0.1 --port {port} --working-dir"
    # In place of this process, so that a signal to it reaches the server.
    os.execv(sys.executable, [sys.executable, "-m", *SERVER.split(), *where.split(), str(settings.BASE_DIR)])
