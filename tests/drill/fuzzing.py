"""Some thousands of questions to the API, sensible and hostile, made from its own description by schemathesis, and as many to all public addresses.

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

EACH, LEAST, EVERYWHERE = 100, 2_000, 5_000
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
        told = ask(url)
        asked = int(re.search(r"(\d+) generated", told)[1])
        assert asked >= LEAST, f"only {asked} questions were asked"
        print(f"{asked:,} questions asked, each answered as the description says; ", end="", flush=True)
        ask_everywhere(url)
    finally:
        site.stop()


def ask(url):
    """What schemathesis says at the end; it ends the drill if an answer was wrong."""
    script = "import sys; from schemathesis.cli import schemathesis; sys.exit(schemathesis())"
    options = [
        "--no-color",
        "run",
        f"{url}/api/v1/openapi.json",
        "--checks",
        "all",
        "--max-examples",
        str(EACH),
        "--continue-on-failure",
    ]
    with tempfile.TemporaryDirectory(prefix="margin-questions-") as folder:
        done = subprocess.run(
            [sys.executable, "-c", script, *options], cwd=folder, capture_output=True, text=True
        )
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return done.stdout


# What hurts programs: signs of other languages, numbers out of all bounds, halves of characters, ways up and out.
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


def ask_everywhere(url):
    """Each question is an address of the site with parts of it or keys exchanged for something hostile."""
    from portal.delivery.page_cache import QUERY_KEYS

    chance = random.Random(1)
    paths = [
        path
        for part in places(url, "/sitemap.xml")
        for path in (places(url, part) if part.endswith(".xml") else [part])
    ]
    paths += [
        "/search/",
        "/search/suggest/",
        "/oembed",
        "/timeline.csv",
        "/timeline.ics",
        "/embed/e10/",
        "/evidence/e10/v1/",
        "/feeds/claims.atom",
        "/data/claims.json",
    ]
    paths += [
        "/sitemap.xml",
        "/evidence/e10/v1/cite.ris",
        "/review/secret/",
        "/sources/dallaire-our-story/",
        "/fr/evidence/",
        "/data/charts/claims.csv",
    ]

    def question():
        parts = chance.choice(paths).split("/")
        if chance.random() < 0.5 and len(parts) > 1:
            parts[chance.randrange(1, len(parts))] = chance.choice(HOSTILE)
        query = {
            chance.choice(sorted(QUERY_KEYS)): chance.choice(HOSTILE) for _each in range(chance.randrange(4))
        }
        return quote("/".join(parts), safe="/%") + (f"?{urlencode(query)}" if query else "")

    questions = [question() for _each in range(EVERYWHERE)]
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda path: read(url, path), questions))
    failed = [
        (status, path[:100])
        for path, (status, _body, _took) in zip(questions, answers)
        if status >= 500 and (status, urlsplit(path).path) != (501, "/oembed")
    ]
    assert not failed, failed[:10]
    took = sorted(seconds for _status, _body, seconds in answers)
    print(
        f"{len(questions):,} more to {len(paths)} public addresses, no server error, 99 of 100 answered within {took[len(took) * 99 // 100] * 1000:.0f} ms"
    )


def places(url, path):
    """The paths that a map of the site names."""
    return [urlsplit(each).path for each in re.findall(r"<loc>([^<]+)</loc>", read(url, path)[1])]


def read(url, path):
    """Status, body and seconds."""
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
