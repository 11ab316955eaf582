"""Crawls the site from the addresses that are known, along the links of what it finds."""

import json
import re
from collections import deque
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from impact.models import Edition
from portal.exports.tables import TABLES
from portal.exports.tables.file_formats import FILE_FORMATS

from .page import Page, linked_paths_of_style_sheet

# URL names of pages in each language and of files at one address: no page may link to them.
PAGES = (
    "pages-root",
    "search",
    "manifest",
    "api-docs",
    "impact-report",
    "impact-report-pdf",
    "factsheet-pdf",
    "site-picture",
    "claims-feed",
    "corrections-feed",
    "publications-feed",
    "timeline-ics",
)
FILES = ("sitemap", "robots-txt", "favicon", "datapackage", "timeline-csv", "security-txt")
# Files that a site may have nothing to say in.
OPTIONAL = ("security-txt", "factsheet-pdf")
BANNER = "/mirror.txt"
# URL names for staff, for programs that ask with a query, and for whoever watches the server.
EXCLUDED = ("admin:index", "styleguide", "suggest", "oembed", "healthz", "readyz")
API = "/api/v1/"
SITEMAP_LOCATION = re.compile(r"<loc>([^<]+)</loc>")


class Crawl:
    """Yields (path, content) of everything that links lead to, each once.

    Afterwards `copied` holds the paths, `failures` {path: (error, the page that links to it)} where the site
    failed, `dead` the same of links that lead to nothing, and `over_limit` the number of addresses that there
    was no room for.
    """

    def __init__(self, client, origin, start_paths, limit):
        self.client, self.origin, self.limit = client, origin, limit
        self.frontier, self.seen = deque(), {BANNER}  # the banner is written at the end
        self.copied, self.failures, self.dead, self.over_limit = set(), {}, {}, 0
        self.excluded, self.optional = excluded_prefixes(), set(paths_in_each_language(*OPTIONAL))
        for path in start_paths:
            self.enqueue(path, "")

    def enqueue(self, path, linked_from):
        if path in self.seen or path.startswith(self.excluded):
            return
        self.seen.add(path)
        if len(self.seen) > self.limit:
            self.over_limit += 1
        else:
            self.frontier.append((path, linked_from))

    def __iter__(self):
        while self.frontier:
            path, linked_from = self.frontier.popleft()
            answer, target = self.client.get(path), path
            if answer.location:
                # There is no redirect among files: what it leads to stands at both addresses.
                target = urlsplit(urljoin(f"{self.origin}{path}", answer.location)).path
                if target.startswith(self.excluded):
                    continue
                self.enqueue(target, path)
                answer = self.client.get(target)
            if answer.error or answer.location:
                # What is gone for good is not copied, though old pages may link to it.
                if not answer.is_gone and path not in self.optional:
                    is_dead = answer.is_missing or answer.location
                    faults = self.dead if is_dead else self.failures
                    faults[path] = (answer.error or answer.location, linked_from)
                continue
            self.copied.add(path)
            for linked_path in self.linked_paths(path, target, answer.content):
                self.enqueue(linked_path, path)
            yield path, answer.content

    def linked_paths(self, path, target, content):
        """Returns the paths that a file leads to; `target` is the path that its redirect led to."""
        if is_page(path):
            return Page(target, content.decode(), self.origin).linked_paths()
        if path.endswith(".xml"):
            return [urlsplit(address).path for address in SITEMAP_LOCATION.findall(content.decode())]
        if path.endswith(".webmanifest"):
            return [icon["src"] for icon in json.loads(content)["icons"]]
        return linked_paths_of_style_sheet(path, content) if path.endswith(".css") else []


def is_page(path):
    return path.endswith("/")


def start_paths():
    """Yields the home page and every address that programs know to ask for, with two of each claim."""
    yield from paths_in_each_language(*PAGES)
    yield from map(reverse, FILES)
    yield from (f"/data/{name}.{file_format}" for name in TABLES for file_format in FILE_FORMATS)
    for code, _name in settings.LANGUAGES:
        with override(code):
            for number in Edition.objects.current().values_list("claim__number", flat=True):
                yield reverse("claim-short", kwargs={"number": number})
                yield reverse("embed", kwargs={"number": number})


def excluded_prefixes():
    review = [path.removesuffix("-/") for path in paths_in_each_language("review-link", secret="-")]
    accounts = [path.removesuffix("login/") for path in paths_in_each_language("account_login")]
    return (API, *review, *accounts, *paths_in_each_language(*EXCLUDED))


def paths_in_each_language(*names, **kwargs):
    """Returns the path of each URL name in each language, in order and each once."""
    paths = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            paths |= {reverse(name, kwargs=kwargs): None for name in names}
    return list(paths)
