"""bandit finds nothing grave in the code, and detect-secrets no secret that is not made up."""

import json
import subprocess
import sys

from tests.test_architecture import ROOMS, ROOT

# Lines that hold one of these are not searched: the password of the people in the tests, addresses of
# databases in explanations, keys of sites that live as long as a test or a benchmark, checksums of texts.
MADE_UP = "|".join(
    [
        "user:password@",
        "margin:password@",
        "margin:hush@",
        '"sha256": "[0-9a-f]{64}"',
        "correct horse battery",
        "a long new password",
        "not the password at all",
        "usable_password",
        "nobody-knows",
        "for a benchmark on this machine alone",
    ]
)
NOT_OURS = (
    "fixtures/demo/sources/",
    "static/fonts/",
    "portal/graphics/typesetting/fonts/",
    "tests/browser/vendor/",
    "requirements.lock",
    "requirements-dev.lock",
    # Checksums of made-up texts; that nobody can log in with these rows is tested beside them.
    "tests/upgrades/",
)
BINARY = (".png", ".ico", ".woff2")


def main():
    bandit_options = ["--quiet", "--recursive", "--severity-level=high", "--format=json"]
    grave = run("bandit", *bandit_options, *ROOMS, "manage.py")["results"]
    git = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    searched = [
        file for file in git.stdout.split() if not file.startswith(NOT_OURS) and not file.endswith(BINARY)
    ]
    # Without --no-verify it would ask other hosts whether a secret works.
    scan_options = ["scan", "--no-verify", "--exclude-lines", MADE_UP]
    secrets = run("detect_secrets", *scan_options, *searched)["results"]
    for finding in (*grave, *secrets.items()):
        print(finding)
    print(f"{len(grave)} grave findings, {sum(map(len, secrets.values()))} secrets")
    return bool(grave or secrets)


def run(tool, *arguments):
    """Returns the JSON that a tool prints; its status says only whether it found something."""
    done = subprocess.run([sys.executable, "-m", tool, *arguments], cwd=ROOT, capture_output=True, text=True)
    return json.loads(done.stdout)


if __name__ == "__main__":
    sys.exit(main())
