"""The whole test suite on PostgreSQL, where `make test` runs a chosen list of it."""

import os
import subprocess
import sys

from tests.__main__ import without_settings
from tests.support.chromium import chromium

PYTEST = [sys.executable, "-m", "pytest", "tests", "-q", "-n", "2", "--dist", "loadfile"]


def main():
    settings = {name: os.environ[name] for name in ("PORTAL_VAR", "DATABASE_URL")}
    environment = without_settings(os.environ) | settings | {"CHROMIUM": chromium()}
    done = subprocess.run(PYTEST, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n")
        return 1
    print(done.stdout.splitlines()[-1])
    return 0


if __name__ == "__main__":
    sys.exit(main())
