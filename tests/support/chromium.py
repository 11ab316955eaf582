"""Finds the Chromium that the browser tests drive, and installs it where that can be done."""

import os
import shutil
import subprocess
import sys

# The first is the same Chromium without the windows, tabs and buttons of the desktop: it opens a page in half
# of the time of the others, and a new context in a quarter.
NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


def chromium():
    """Returns the path of a browser; exits with a sentence where there is none."""
    path = installed()
    if not path and os.geteuid() == 0 and shutil.which("apt-get"):
        install()
        path = installed()
    if not path:
        sys.exit(f"The browser tests need Chromium: on Debian, `apt-get install {NAMES[0]}` gives it.")
    return path


def installed():
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def install():
    print("Installing Chromium for the browser tests (about a minute) …", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", NAMES[0]]):
        done = subprocess.run(
            ["apt-get", "-qq", *command],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            sys.exit(f"Chromium could not be installed: `apt-get {command[0]}` said “{done.stderr.strip()}”.")
