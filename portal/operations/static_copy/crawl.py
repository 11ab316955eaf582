import json
import re
from collections import deque
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from impact.models import Edition
from portal.exports.tables import TABLES
from portal.exports.tables.file_formats import FORMS

from .page import Page, in_style_sheet

# In each language, and at one address; they are asked for though no page may link to them.
PAGES = (
    "pages-root",
    "search",
    "manifest",
    "api-docs",
    "impact-report",
    "impact-report-pdf",
    "factsheet-pdf",
    "site-picture",
)
PAGES += ("claims-feed", "corrections-feed", "publications-feed", "timeline-ics")
FILES = ("sitemap", "robots-txt", "favicon", "datapackage", "timeline-csv", "security-txt")
# Where a site may have nothing to say.
OPTIONAL = ("security-txt",)
BANNER = "/mirror.txt"
# For staff, for programs that ask with a query, and for whoever watches the server.
LEFT_OUT = ("admin:index", "styleguide", "suggest", "oembed", "healthz", "readyz")
API = "/api/v1/"
IN_MAP = re.compile(r"<loc>([^<]+)</loc>")


class Crawl:
    """Everything that links lead to, each once: pairs of its path and its bytes.

    Afterwards `kept` holds the paths, `troubles` what did not answer as it should, and `beyond` how many addresses there were no room for.
    """

    def __init__(self, visitor, origin, starts, most):
        self.visitor, self.origin, self.most = visitor, origin, most
        self.waiting, self.seen, self.kept, self.troubles, self.beyond = deque(), set(), set(), {}, 0
        self.seen.add(BANNER)  # written at the end
        self.left_out, self.optional = prefixes(), {reverse(name) for name in OPTIONAL}
        for path in starts:
            self.meet(path, "")

    def meet(self, path, linked_from):
        if path in self.seen or path.startswith(self.left_out):
            return
        self.seen.add(path)
        if len(self.seen) > self.most:
            self.beyond += 1
        else:
            self.waiting.append((path, linked_from))

    def __iter__(self):
        while self.waiting:
            path, linked_from = self.waiting.popleft()
            answer, target = self.visitor.ask(path), path
            if answer.location:
                # There is no redirect among files: what it leads to stands at both addresses.
                target = urlsplit(urljoin(f"{self.origin}{path}", answer.location)).path
                if target.startswith(self.left_out):
                    continue
                self.meet(target, path)
                answer = self.visitor.ask(target)
            if answer.trouble or answer.location:
                if not answer.is_gone and path not in self.optional:
                    self.troubles[path] = (answer.trouble or answer.location, linked_from)
                continue
            self.kept.add(path)
            for found in self.leads_to(path, target, answer.content):
                self.meet(found, path)
            yield path, answer.content

    def leads_to(self, path, target, content):
        if is_page(path):
            return Page(target, content.decode(), self.origin).leads_to()
        if path.endswith(".xml"):
            return [urlsplit(address).path for address in IN_MAP.findall(content.decode())]
        if path.endswith(".webmanifest"):
            return [icon["src"] for icon in json.loads(content)["icons"]]
        return in_style_sheet(path, content) if path.endswith(".css") else []


def is_page(path):
    return path.endswith("/")


def starts():
    """Where the walk begins: the home page and what a program knows to ask for; of each claim the short address and the card for other sites."""
    yield from in_each_language(*PAGES)
    yield from map(reverse, FILES)
    yield from (f"/data/{name}.{form}" for name in TABLES for form in FORMS)
    for code, _name in settings.LANGUAGES:
        with override(code):
            for number in Edition.objects.current().values_list("claim__number", flat=True):
                yield reverse("claim-short", kwargs={"number": number})
                yield reverse("embed", kwargs={"number": number})


def prefixes():
    review = [path.removesuffix("-/") for path in in_each_language("review-link", secret="-")]
    accounts = [path.removesuffix("login/") for path in in_each_language("account_login")]
    return (API, *review, *accounts, *in_each_language(*LEFT_OUT))


def in_each_language(*names, **given):
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found |= {reverse(name, kwargs=given): None for name in names}
    return list(found)
