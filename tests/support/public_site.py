"""Reads every address that visitors can open, so that two states of the site can be compared byte by byte."""

import re
from html import unescape
from io import BytesIO
from urllib.parse import urljoin, urlsplit
from zipfile import ZipFile

HOST = "http://testserver"
# What no page links to, and what could come to be there.
UNLINKED = [
    "/sitemap.xml",
    "/robots.txt",
    "/site.webmanifest",
    "/favicon.ico",
    "/share.png",
    "/api/docs/",
    "/api/v1/openapi.json",
    "/timeline.csv",
    "/timeline.ics",
    "/data/datapackage.json",
    "/impact/report.pdf",
    "/support/factsheet.pdf",
    "/feeds/claims.atom",
    "/feeds/corrections.atom",
    "/feeds/publications.atom",
    "/evidence/?grade=disputed",
    "/publications/?year=2004",
    "/search/?q=harbour",
    "/search/?q=words+of+a+test",
    "/search/suggest/?q=har",
    "/oembed?url=http://testserver/evidence/e10/",
    *(f"{path}words-of-a-test/" for path in ("/", "/organisations/", "/publications/", "/instruments/")),
    *(f"/evidence/e{number}/" for number in range(1, 60)),
]
# The addresses that tell most in the least time: each page, and the lists that name every record.
TELLING = [
    "/sitemap.xml",
    *(f"/sitemap-{section}-1.xml" for section in ("pages", "claims", "publications")),
    *(f"/api/v1/{name}" for name in ("claims", "organisations", "editions", "timeline")),
    *(
        f"/data/{name}.csv"
        for name in ("claims", "organisations", "publications", "instruments", "timeline", "stories")
    ),
    "/feeds/claims.atom",
    "/feeds/corrections.atom",
    "/feeds/publications.atom",
    "/evidence/e10/",
    "/embed/e10/",
    "/search/?q=harbour",
    "/search/?q=words+of+a+test",
    "/instruments/opac/",
]


def read(client, address):
    """Returns (status, content type, target of a redirect, body) as a visitor receives them."""
    client.cookies.clear()
    response = client.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.get("Content-Type", "")
    if "openxml" in kind:
        # The archive says when it was written.
        archive = ZipFile(BytesIO(body))
        body = b"".join(archive.read(name) for name in archive.namelist() if name != "docProps/core.xml")
    return response.status_code, kind, response.get("Location", ""), body


def read_all(client, addresses):
    return {address: read(client, address) for address in addresses}


def crawl_everything(client):
    """Returns {address: what `read` returns} of all that links, sitemaps and the API lead to."""
    found, queue = {}, ["/", *UNLINKED]
    while queue:
        address = queue.pop(0)
        if address not in found:
            found[address] = read(client, address)
            queue += addresses_in(address, *found[address])
    return found


def telling_addresses(client):
    """Returns the addresses of every page, and of a few lists that name every record."""
    return [*sitemap_paths(read(client, "/sitemap-pages-1.xml")[3]), *TELLING]


def sitemap_paths(body):
    return [urlsplit(unescape(each)).path for each in re.findall(r"<loc>([^<]+)</loc>", body.decode())]


def addresses_in(address, _status, kind, target, body):
    """Yields the addresses of this site that an answer leads to, but those of staff and of static files."""
    links = [target] if target else []
    if "html" in kind:
        links += [unescape(each) for each in re.findall(r'(?:href|src)="([^"]+)"', body.decode())]
    elif "xml" in kind:
        links += sitemap_paths(body)
    elif address.endswith("openapi.json"):
        links += [each for each in re.findall(r'"(/api/v1/[^"{]+)"', body.decode())]
    for link in links:
        parts = urlsplit(urljoin(HOST + address, link))
        if parts.netloc == urlsplit(HOST).netloc and not parts.path.startswith(STAFF):
            yield f"{parts.path}?{parts.query}" if parts.query else parts.path


STAFF = ("/static/", "/admin/", "/accounts/", "/styleguide/")
