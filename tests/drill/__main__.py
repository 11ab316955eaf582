"""What is too long for every test run: `make drill` runs each drill on SQLite and on a PostgreSQL of its own."""

import os
import subprocess
import sys
import tempfile

from tests.__main__ import without_settings
from tests.postgresql import postgresql, with_programs

DRILLS = ["publishing", "questions", "kills", "backups", "restore", "fallback", "servers"]
ON_POSTGRESQL_ONLY = {"servers"}


def main():
    subprocess.run([sys.executable, "-m", "tests.drill.code"], check=True)
    with tempfile.TemporaryDirectory(prefix="margin-drill-") as folder, postgresql() as address:
        databases = {"SQLite": {}, "PostgreSQL": {"DATABASE_URL": address}}
        for drill in DRILLS:
            for name, database in databases.items():
                if drill in ON_POSTGRESQL_ONLY and not database:
                    continue
                print(f"{drill} on {name}: ", end="", flush=True)
                settings = {"DJANGO_SETTINGS_MODULE": "portal.settings", "PORTAL_VAR": f"{folder}/{drill}-{name}", "PATH": with_programs()}
                settings |= {"PORTAL_PASSWORD_ONLY": "1"} | database  # the drills log in without a telephone
                subprocess.run([sys.executable, "-m", f"tests.drill.{drill}"], env=without_settings(os.environ) | settings, check=True)


if __name__ == "__main__":
    main()
