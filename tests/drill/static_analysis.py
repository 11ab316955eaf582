"""What others' tools find in the code: bandit nothing that is grave, detect-secrets no password that is not made up."""

import json
import subprocess
import sys

from tests.test_architecture import ROOMS, ROOT

# Made up: the password of the people in the tests, addresses of databases in explanations, fingerprints of texts.
MADE_UP = r'user:password@|margin:hush@|"sha256": "[0-9a-f]{64}"|correct horse battery|a long new password|usable_password'
NOT_OURS = (
    "fixtures/demo/sources/",
    "static/fonts/",
    "portal/exports/report/fonts/",
    "tests/browser/vendor/",
    "requirements.lock",
    "requirements-dev.lock",
)


def main():
    print("code: ", end="", flush=True)
    grave = run(
        "bandit", "--quiet", "--recursive", "--severity-level=high", "--format=json", *ROOMS, "manage.py"
    )["results"]
    files = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    ours = [
        file
        for file in files
        if not file.startswith(NOT_OURS) and not file.endswith((".png", ".ico", ".woff2"))
    ]
    # Without --no-verify it would ask other hosts whether what it found is good.
    secrets = run("detect_secrets", "scan", "--no-verify", "--exclude-lines", MADE_UP, *ours)["results"]
    for found in (*grave, *secrets.items()):
        print(found)
    print(f"{len(grave)} grave findings, {sum(len(each) for each in secrets.values())} secrets")
    return bool(grave or secrets)


def run(tool, *arguments):
    said = subprocess.run([sys.executable, "-m", tool, *arguments], cwd=ROOT, capture_output=True, text=True)
    return json.loads(said.stdout)


if __name__ == "__main__":
    sys.exit(main())
