"""The whole test suite passes on PostgreSQL, where `make test` runs a chosen part of it."""

import os
import subprocess
import sys

from tests.__main__ import without_settings
from tests.support.chromium import chromium

WORKERS = 2


def main():
    settings = {name: os.environ[name] for name in ("PORTAL_VAR", "DATABASE_URL")}
    # The workers must not share a folder: its content generation would be bumped by the tests of both.
    workers = [f"--tx=popen//env:PORTAL_VAR={settings['PORTAL_VAR']}/{number}" for number in range(WORKERS)]
    command = [sys.executable, "-m", "pytest", "tests", "-q", "-d", *workers, "--dist=loadfile"]
    environment = without_settings(os.environ) | settings | {"CHROMIUM": chromium()}
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        print(done.stderr, done.stdout, sep="\n")
        return 1
    print(done.stdout.splitlines()[-1])
    return 0


if __name__ == "__main__":
    sys.exit(main())
