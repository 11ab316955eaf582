"""What is too long for every test run: `make drill` runs each drill on SQLite, on a PostgreSQL of its own, or on both."""

import os
import shutil
import subprocess
import sys
import tempfile

from tests.__main__ import without_settings
from tests.support.postgresql import postgresql, with_programs

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
BOTH = [SQLITE, POSTGRESQL]
DRILLS = {
    "concurrent_publishing": BOTH, "concurrency": BOTH, "fuzzing": BOTH, "crashes": BOTH, "power_loss": [SQLITE], "backups_under_load": BOTH,
    "restore": BOTH, "failover": BOTH, "flood": [SQLITE], "server_failure": [POSTGRESQL],
}  # fmt: skip


PROGRAMS = ["nginx", "openssl", "strace"]


def main():
    if missing := [program for program in PROGRAMS if not shutil.which(program)]:
        sys.exit(
            f"The drills need more programs: on Debian, `apt-get install {' '.join(missing)}` gives them."
        )
    subprocess.run([sys.executable, "-m", "tests.drill.static_analysis"], check=True)
    with tempfile.TemporaryDirectory(prefix="margin-drill-") as folder, postgresql() as address:
        databases = {SQLITE: {}, POSTGRESQL: {"DATABASE_URL": address}}
        for drill, names in DRILLS.items():
            for name in names:
                print(f"{drill} on {name}: ", end="", flush=True)
                settings = {
                    "DJANGO_SETTINGS_MODULE": "portal.settings",
                    "PORTAL_VAR": f"{folder}/{drill}-{name}",
                    "PATH": with_programs(),
                }
                settings |= {"PORTAL_PASSWORD_ONLY": "1"} | databases[
                    name
                ]  # the drills log in without a telephone
                subprocess.run(
                    [sys.executable, "-m", f"tests.drill.{drill}"],
                    env=without_settings(os.environ) | settings,
                    check=True,
                )


if __name__ == "__main__":
    main()
