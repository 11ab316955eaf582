"""The whole test run, as `make test` starts it: on SQLite and on PostgreSQL, both at the same time."""

import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from .support.chromium import chromium
from .support.postgresql import postgresql

# How pages look and behave in a browser, and what asks no database. tests/portal/operations/test_move_to_postgresql.py holds that pages have the same bytes on both.
ON_SQLITE_ALONE = [
    "tests/browser/test_accessibility.py", "tests/browser/test_embedding.py", "tests/browser/test_headers.py", "tests/browser/test_hostile_content.py",
    "tests/browser/test_languages.py", "tests/browser/test_login.py", "tests/browser/test_print.py", "tests/browser/test_reading.py",
    "tests/browser/test_suggestions.py", "tests/browser/test_switches.py", "tests/browser/test_visiting.py", "tests/portal/delivery/test_access_matrix.py",
    "tests/portal/operations/test_link_check.py", "tests/portal/graphics/test_crease_patterns.py", "tests/portal/test_translation.py", "tests/portal/staff/test_upload.py",
    "tests/portal/search/test_tokens.py", "tests/test_architecture.py", "tests/portal/test_environment.py", "tests/test_markup.py", "tests/test_messages.py",
    "tests/test_safety.py", "tests/portal/operations/test_start.py",
]  # fmt: skip
NOTHING_COLLECTED = 5


def main():
    # Turned into an exit, so that a run that is stopped leaves no database server behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    browser = chromium()
    with postgresql() as address, tempfile.TemporaryDirectory(prefix="margin-tests-") as folder:
        results = run_both(browser, address, Path(folder))
    print(*results, sep="\n")
    return max(result.status for result in results)


def run_both(browser, address, folder):
    """Each run has its own folder, database and ports; what PostgreSQL's says is kept until SQLite's is through."""
    print(
        "Running every test on SQLite and, beside it, those that a database can change on PostgreSQL …",
        flush=True,
    )
    kept = (folder / "output").open("w+")
    runs = [
        Run("SQLite", [], subprocess.PIPE, CHROMIUM=browser, PORTAL_VAR=f"{folder}/sqlite"),
        Run(
            "PostgreSQL",
            ON_SQLITE_ALONE,
            kept,
            CHROMIUM=browser,
            PORTAL_VAR=f"{folder}/postgresql",
            DATABASE_URL=address,
        ),
    ]
    try:
        for run in runs:
            run.show()
    finally:
        for run in runs:
            run.stop()
    return runs


class Run:
    def __init__(self, name, without, output, **environment):
        self.name, self.without, self.output, self.summary = name, without, output, "no result"
        self.tests = subprocess.Popen(
            [sys.executable, "-m", "pytest", *(f"--ignore={path}" for path in without), *sys.argv[1:]],
            env=without_settings(os.environ) | environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            text=True,
        )

    def __str__(self):
        return f"{self.name}: {self.summary}"

    @property
    def status(self):
        if self.without and self.tests.returncode == NOTHING_COLLECTED:
            return 0
        return abs(self.tests.returncode)

    def show(self):
        print(f"\nOn {self.name}:", flush=True)
        for line in self.lines():
            print(line, end="", flush=True)
            self.summary = line.strip("= \n") or self.summary
        self.tests.wait()

    def lines(self):
        if self.tests.stdout:
            return self.tests.stdout
        self.tests.wait()
        self.output.seek(0)
        return self.output

    def stop(self):
        if self.tests.poll() is None:
            self.tests.terminate()
            self.tests.wait()


def without_settings(environment):
    """The tests decide for themselves what the site's settings are."""
    settings = re.compile(r"PORTAL_|PYTEST_|SECRET_KEY$|DATABASE_URL$|PORT$")
    return {name: value for name, value in environment.items() if not settings.match(name)}


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
