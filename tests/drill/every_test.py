"""The whole test suite passes on both databases, on every screen and in every theme."""

import os
import subprocess
import sys

from tests.__main__ import without_settings
from tests.support.chromium import chromium
from tests.support.sampling import WHOLE

WORKERS = 2


def main():
    settings = {"PORTAL_VAR": os.environ["PORTAL_VAR"], "DATABASE_URL": os.environ.get("DATABASE_URL", "")}
    # The workers must not share a folder: its content generation would be bumped by the tests of both.
    workers = [f"--tx=popen//env:PORTAL_VAR={settings['PORTAL_VAR']}/{number}" for number in range(WORKERS)]
    command = [sys.executable, "-m", "pytest", "tests", "-q", *workers, "--dist=loadfile"]
    environment = without_settings(os.environ) | settings | {"CHROMIUM": chromium(), WHOLE: "1"}
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        print(done.stderr, done.stdout, sep="\n")
        return 1
    print(done.stdout.splitlines()[-1])
    return 0


if __name__ == "__main__":
    sys.exit(main())
