"""Some thousands of questions to the API, sensible and hostile, made from its own description by schemathesis.

Afterwards there was no server error and no answer that the description does not know.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import django

EACH, LEAST = 100, 2_000
# One claim with a second edition, and one that was withdrawn.
HISTORY = """
from django.contrib.auth import get_user_model
from impact.models import Claim
publisher = get_user_model().objects.get(username="publisher")
Claim.objects.get(number=10).publish(by=publisher, reason="Published once more")
Claim.objects.get(number=11).withdraw(by=publisher, reason="Withdrawn for the drill")
"""


def main():
    django.setup()
    from tests.browser.site import Site

    site = Site(Path(os.environ["PORTAL_VAR"]), os.environ.get("DATABASE_URL", ""))
    for command in (["migrate", "--verbosity=0"], ["seed"], ["collectstatic", "--no-input", "--verbosity=0"], ["shell", "--verbosity=0", "-c", HISTORY]):
        site.manage(*command)
    try:
        told = ask(site.serve())
    finally:
        site.stop()
    asked = int(re.search(r"(\d+) generated", told)[1])
    assert asked >= LEAST, f"only {asked} questions were asked"
    print(f"{asked:,} questions asked, each answered as the description says")


def ask(url):
    """What schemathesis says at the end; it ends the drill if an answer was wrong."""
    script = "import sys; from schemathesis.cli import schemathesis; sys.exit(schemathesis())"
    options = ["--no-color", "run", f"{url}/api/v1/openapi.json", "--checks", "all", "--max-examples", str(EACH), "--continue-on-failure"]
    with tempfile.TemporaryDirectory(prefix="margin-questions-") as folder:
        done = subprocess.run([sys.executable, "-c", script, *options], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return done.stdout


if __name__ == "__main__":
    main()
