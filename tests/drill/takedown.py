"""Words are taken down at one of two servers that share a database and Redis; a static copy holds them, too.

From then on neither server answers with them anywhere, and what is due each minute takes them from the copy.
"""

import gzip
import os
import signal
import time
from http.client import HTTPConnection
from pathlib import Path

import django

from tests.support.redis import redis

MARK = "Zugzwang"
SAID = f"{MARK} of the north quay taught 40 pilots at night."
MOST_SECONDS = 60


def main():
    with redis() as redis_server:
        os.environ |= {"REDIS_URL": redis_server.address, "PORTAL_HOSTS": "localhost"}
        django.setup()
        from tests.browser.site import Site

        site = Site(Path(os.environ["PORTAL_VAR"]), os.environ["DATABASE_URL"])
        site.fill()
        servers = []
        try:
            drill(site, servers)
        finally:
            for server, _address in servers:
                if server.poll() is None:
                    os.killpg(server.pid, signal.SIGKILL)


def drill(site, servers):
    """Runs the drill; the servers that it starts are appended to `servers` as (process, address)."""
    from .crashes import serve
    from .staff_browser import StaffBrowser

    claim, addresses = say_it()
    site.manage("mirror", "--verbosity=0", "--address=http://localhost")
    servers += [serve(), serve()]
    first, second = (address for _server, address in servers)
    # Asked twice, so that both have kept the answers.
    for server in (first, second, first, second):
        shown = [address for address in addresses if MARK in text_at(server, address)]
    files = files_with_mark(site.folder / "mirror")
    assert len(shown) > len(addresses) / 2 and len(files) > 5, (shown, files)

    publisher = StaffBrowser("publisher")
    withdrawal = {"withdraw-reason": "It could harm somebody.", "withdraw-is_for_safety": "on"}
    review = f"{first}/admin/impact/claim/{claim.pk}/review/"
    publisher.fill_in(review, ("do", "withdraw"), **withdrawal)
    began = time.monotonic()
    for server in (second, first):
        still = [address for address in addresses if MARK in text_at(server, address)]
        assert still == [], f"{server} still answers with it: {still}"
    site.manage("tick")
    seconds = time.monotonic() - began
    left = files_with_mark(site.folder / "mirror")
    assert left == [] and seconds < MOST_SECONDS, (left, seconds)
    print(
        f"taken down at one of two servers: 0 of {len(addresses)} addresses have it on either, which "
        f"{len(shown)} had, and 0 files of the static copy, which {len(files)} had, after {seconds:.1f} s"
    )


def say_it():
    """Publishes a claim that says the words; returns it with the addresses at which they can be read."""
    from organisation.models import Passage
    from tests.support.factory import a_claim, a_source, an_organisation, published
    from tests.support.pages import a_page

    aid = an_organisation(profiled=True)
    source = a_source("Log", author=aid, kind="report", text=f"We sail.\n{SAID}\n")
    claim = a_claim(SAID, source=source)
    claim.citations.update(passage=Passage.objects.quote(source, SAID))
    published(claim)
    published(claim, limitations=f"{MARK} alone says so.")
    a_page("Night", ("ClaimsPlugin", {"claims": [claim]}), slug="night")
    number = claim.number
    return claim, [
        *("/night/", "/evidence/", "/publications/log/", "/impact/report/", "/impact/report.pdf"),
        *(f"/evidence/e{number}/{rest}" for rest in ("v1/", "v2/", "v2/cite.bib", "v2/cite.ris")),
        *(f"/embed/e{number}/", "/search/?q=north+quay", "/search/suggest/?q=zugzw", "/feeds/claims.atom"),
        *(f"/data/{name}.{kind}" for name in ("claims", "editions", "evidence") for kind in ("csv", "json")),
        *(f"/api/v1/{rest}" for rest in (f"claims/E{number}", f"evidence?claim=E{number}")),
    ]


def text_at(server, address):
    """Returns the text of an answer, whatever its status."""
    from tests.support.pdf import PdfDocument

    connection = HTTPConnection(server.removeprefix("http://"), timeout=60)
    connection.request("GET", address)
    body = connection.getresponse().read()
    connection.close()
    return PdfDocument(body).text if body.startswith(b"%PDF") else body.decode(errors="ignore")


def files_with_mark(folder):
    files = ((file, file.read_bytes()) for file in folder.rglob("*") if file.is_file())
    unpacked = ((file, gzip.decompress(body) if file.suffix == ".gz" else body) for file, body in files)
    return [file for file, body in unpacked if MARK.encode() in body]


if __name__ == "__main__":
    main()
