"""Hostile requests are sent to the API, made by schemathesis from its own description, and to all addresses.

Afterwards there was no server error, and no answer of the API that its description does not know.
"""

import http.client
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import django

EXAMPLES = 100  # requests that schemathesis makes up for each operation of the API
API_REQUESTS, REQUESTS = 2_000, 5_000  # at least to the API, and to all addresses
# One claim with a second edition, and one that was withdrawn.
HISTORY = """
from django.contrib.auth import get_user_model
from impact.models import Claim
publisher = get_user_model().objects.get(username="publisher")
Claim.objects.get(number=10).publish(by=publisher, reason="Published once more", seen=Claim.AS_STORED)
Claim.objects.get(number=11).withdraw(by=publisher, reason="Withdrawn for the drill", seen=Claim.AS_STORED)
"""


def main():
    django.setup()
    from tests.browser.site import Site

    site = Site(Path(os.environ["PORTAL_VAR"]), os.environ.get("DATABASE_URL", ""))
    site.fill()
    site.manage("shell", "--verbosity=0", "-c", HISTORY)
    try:
        url = site.serve()
        requests = int(re.search(r"(\d+) generated", fuzz_api(url))[1])
        assert requests >= API_REQUESTS, f"only {requests} questions were asked"
        print(f"{requests:,} questions asked, each answered as the description says; ", end="", flush=True)
        fuzz_addresses(url)
    finally:
        site.stop()


def fuzz_api(url):
    """Returns the report of schemathesis; exits with it if an answer was wrong."""
    script = "import sys; from schemathesis.cli import schemathesis; sys.exit(schemathesis())"
    options = ["--checks", "all", "--max-examples", str(EXAMPLES), "--continue-on-failure"]
    command = [sys.executable, "-c", script, "--no-color", "run", f"{url}/api/v1/openapi.json", *options]
    # It writes its database of examples into the folder in which it runs.
    with tempfile.TemporaryDirectory(prefix="margin-fuzzing-") as folder:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return done.stdout


# SQL, markup and templates; control characters, halves of characters and long text; numbers and dates out
# of all bounds; paths that lead up and out; the syntax of full-text search.
HOSTILE = [
    "'",
    '"',
    "' OR 1=1 --",
    "<script>",
    "{{7*7}}",
    "%00",
    "\x00",
    "\ufffe",
    "\u202e",
    "é" * 500,
    "😀",
    "../../etc/passwd",
    "..%2f..%2f",
    "-1",
    "0",
    "9" * 40,
    "1e309",
    "NaN",
    "2026-13-45",
    "E0",
    "E99999999999",
    "%",
    "%ff",
    "\\",
    "|",
    "(" * 200,
    '"' * 200,
    "a b c -",
    "*",
    "^",
    "~",
    "NEAR(",
    "AND OR NOT",
    "\t\r\n",
    "",
    " ",
]
# Addresses that the sitemap does not name.
UNLISTED = [
    "/search/",
    "/search/suggest/",
    "/oembed",
    "/timeline.csv",
    "/timeline.ics",
    "/embed/e10/",
    "/evidence/e10/v1/",
    "/feeds/claims.atom",
    "/data/claims.json",
    "/sitemap.xml",
    "/evidence/e10/v1/cite.ris",
    "/review/secret/",
    "/sources/dallaire-our-story/",
    "/fr/evidence/",
    "/data/charts/claims.csv",
]


def fuzz_addresses(url):
    """Asks for addresses of the site in which parts of the path, or query keys, have hostile values."""
    from portal.delivery.page_cache import QUERY_KEYS

    chance = random.Random(1)
    paths = [
        path
        for entry in sitemap_paths(url, "/sitemap.xml")
        for path in (sitemap_paths(url, entry) if entry.endswith(".xml") else [entry])
    ]
    paths += UNLISTED

    def hostile_path():
        parts = chance.choice(paths).split("/")
        if chance.random() < 0.5 and len(parts) > 1:
            parts[chance.randrange(1, len(parts))] = chance.choice(HOSTILE)
        query = {
            chance.choice(sorted(QUERY_KEYS)): chance.choice(HOSTILE) for _key in range(chance.randrange(4))
        }
        return quote("/".join(parts), safe="/%") + (f"?{urlencode(query)}" if query else "")

    requested = [hostile_path() for _request in range(REQUESTS)]
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda path: get(url, path), requested))
    failed = [
        (status, path[:100])
        for path, (status, _body, _seconds) in zip(requested, answers, strict=True)
        # oEmbed answers 501 to a format that it does not have, as its specification says.
        if status >= 500 and (status, urlsplit(path).path) != (501, "/oembed")
    ]
    assert not failed, failed[:10]
    durations = sorted(seconds for _status, _body, seconds in answers)
    slow = durations[len(durations) * 99 // 100]
    print(
        f"{len(requested):,} more to {len(paths)} public addresses, no server error, "
        f"99 of 100 answered within {slow * 1000:.0f} ms"
    )


def sitemap_paths(url, path):
    """Returns the paths that a sitemap or a sitemap index names."""
    return [urlsplit(address).path for address in re.findall(r"<loc>([^<]+)</loc>", get(url, path)[1])]


def get(url, path):
    """Returns status, body and seconds of an answer."""
    began = time.monotonic()
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace"), time.monotonic() - began
    finally:
        connection.close()


if __name__ == "__main__":
    main()
