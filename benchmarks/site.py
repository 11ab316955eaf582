"""A site of its own for a measurement: an empty SQLite database in a folder that is gone afterwards."""

import os
import sys
import tempfile
import time
from contextlib import contextmanager


@contextmanager
def empty_site():
    """Import Django's models only inside: what they are connected to is decided here."""
    with tempfile.TemporaryDirectory(prefix="margin-benchmark-") as folder:
        os.environ.pop("DATABASE_URL", None)
        os.environ |= {"PORTAL_VAR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        yield


@contextmanager
def seconds(what):
    """Say how long a block takes."""
    started = time.perf_counter()
    yield
    print(f"{what}: {time.perf_counter() - started:.2f} s", file=sys.stdout, flush=True)
