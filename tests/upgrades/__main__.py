"""`python -m tests.upgrades make VERSION` writes the small database of a version, at its release.

`load VERSION` fills the empty database that the settings name as that version had it, and `tables VERSION`
makes its empty tables.
"""

import os
import sys
import tempfile

import django
from django.db import connections

COMMANDS = ("make", "load", "tables")


def main(command, version):
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    with tempfile.TemporaryDirectory() as folder:
        if command == "make":
            os.environ |= {"PORTAL_VAR": folder, "DATABASE_URL": ""}
        django.setup()
        # Not before the settings are read.
        from . import content, database

        if command == "make":
            content.fill()
            database.write(version)
        elif command == "load":
            database.load(version)
        else:
            database.make_tables(version)
        connections.close_all()


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in COMMANDS:
        sys.exit(__doc__)
    main(*sys.argv[1:])
