"""Reads all that a made-up site serves, pages and files, and finds what is false or empty in it."""

import re
from datetime import UTC, datetime
from functools import cached_property
from html import unescape
from io import BytesIO
from zipfile import ZipFile

from django.apps import apps
from django.db.models import CharField, TextField

from impact.models import Edition
from organisation.models import Organisation, site_settings
from portal.exports.tables import TABLES
from tests.browser.page_kinds import kind_of
from tests.browser.test_accessibility import violations
from tests.test_markup import Document, misplaced

from .crawl import crawl
from .pdf import PdfDocument
from .public_site import sitemap_paths
from .sections import empty_parts, parsed, said_in, told_again
from .served_by_client import window_on_client
from .share_images import words_on

FEEDS = [f"/feeds/{name}.atom" for name in ("claims", "corrections", "publications")]
FILES = [
    *FEEDS,
    *"/sitemap.xml /robots.txt /site.webmanifest /timeline.ics".split(),
    *(f"/data/{name}.{kind}" for name in TABLES for kind in ("csv", "json", "xlsx")),
    *(f"/api/v1/{name}" for name in ("", *TABLES)),
    *"/timeline.csv /data/datapackage.json /data/charts/claims.csv /search/suggest/?q=pier".split(),
    "/impact/report.pdf",
]
# They say what fields mean, of any site.
DESCRIPTIONS = ("/data/", "/api/docs/", "/api/v1/", "/data/datapackage.json")
SPOKEN = [f"organisation.{name}" for name in ("statement", "milestone", "affiliation")] + ["advocacy.ask"]
OF_FACTS = ("/evidence/e", "/sources/", "/publications/", "/instruments/")
WE = re.compile(r"\b(we|us|our|ours|ourselves)\b", re.IGNORECASE)
# Whoever keeps the site has words and tables of their own, be it of one organisation or of several.
OF_THE_HOUSE = re.compile(r"\b(in|what it shows, in) our words|\bwe show\b", re.IGNORECASE)
THEY = re.compile(
    r"\b[Tt](?:he|hese|hose) organisations?\b|\b(?:[Ee]ach|[Aa]ll|[Ee]very|[Aa]n) organisations?\b"
    r"|\b[Tt]hey (?:say|claim|ask|have|work|did)\b|\b(?:of themselves|in (?:its|their) own words)\b"
    r"|\bIts (?:aim|figures|claims)\b|\bWho it is\b"
)
# The name of a grade.
SAYS_SO = "only the organisation says so"
YEAR = re.compile(r"(?<![\w-])(?:18|19|20)\d\d\b")
MONEY = re.compile(r"[$€£]\s?\d|\b(?:dollars?|euros?|pounds?|per cent|million)\b", re.IGNORECASE)
TREATY = re.compile(r"\b(?:treat(?:y|ies)|conventions?|protocols?|resolutions?)\b", re.IGNORECASE)
NOT_ON_RECORD = re.compile(r"\bno(?:t|ne) on record\b", re.IGNORECASE)
ATTRIBUTES = re.compile(r'\b(?:alt|title|aria-label|content|data-label)="([^"]*)"')
INVISIBLE = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)


class Sweep:
    """The pages {path: HTML} and files {address: words} of a site, and what is wrong with them.

    `count` is the number of organisations with a profile, `origin` the public address that is on record.
    """

    def __init__(self, client, count, origin="", is_sampled=False):
        self.client, self.count, self.origin = client, count, origin
        pages, self.broken = crawl(client, kind_of=kind_of if is_sampled else None)
        self.pages = {page.path: page.html for page in pages.values()}

    @cached_property
    def answers(self):
        """Returns {address: the bytes of its file} of each file that the site offers."""
        profiled = Organisation.objects.profiled().values_list("slug", flat=True)
        addresses = [*FILES, *(f"/organisations/{slug}/report.pdf" for slug in profiled)]
        if any('href="/support/factsheet.pdf"' in html for html in self.pages.values()):
            addresses.append("/support/factsheet.pdf")
        if site_settings().email:
            addresses.append("/.well-known/security.txt")
        found = {}
        for address in addresses:
            response = self.client.get(address)
            assert response.status_code == 200, address
            found[address] = b"".join(response) if response.streaming else response.content
        return found

    @cached_property
    def words(self):
        """Returns {address: all that can be read or heard there}, of pages, files and pictures."""
        words = {path: words_of_page(html) for path, html in self.pages.items()}
        words |= {path: words_of_file(path, body) for path, body in self.answers.items()}
        return words | {path: words_on(self.client, path) for path in self.pictures}

    @property
    def pictures(self):
        slugs = Organisation.objects.with_page().values_list("slug", flat=True)
        edition = Edition.objects.current().first()
        of_edition = [f"{edition.get_absolute_url()}share.png"] if edition else []
        return ["/share.png", *of_edition, *(f"/organisations/{slug}/share.png" for slug in slugs)]

    def everything(self):
        """Yields (address, text) of all that is served, with the marks and the headers of pages."""
        for path in self.pages:
            response = self.client.get(path)
            yield path, f"{response.headers} {response.content.decode()}"
        yield from self.words.items()

    def kinds(self):
        """Returns the path of one page of each kind."""
        return list({kind_of(path): path for path in reversed(self.pages)}.values())

    def in_looks(self, browser, looks, paths=()):
        """Yields what axe finds in these looks, (screen, theme), and what is wider than its screen."""
        for screen, theme in looks:
            with window_on_client(browser, self.client, viewport=screen, color_scheme=theme) as window:
                for path in paths or self.kinds():
                    window.goto(path)
                    named = f"{path}, {screen['width']}, {theme}"
                    yield from (f"{named}: {fault}" for fault in violations(window))
                    if not window.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                        yield f"{named}: wider than the window"

    def faults(self):
        return [
            *self.broken_links(),
            *self.in_markup(),
            *self.in_titles(),
            *self.nothing_said(),
            *self.unattributed(),
            *self.in_voice(),
            *self.unheld(),
            *self.in_counts(),
            *self.in_addresses(),
        ]

    def broken_links(self):
        return [f"{linked_from}: {path} answers {status}" for status, path, linked_from in self.broken]

    def in_markup(self):
        """Yields what a strict parser finds, and headings, sections and lists with nothing in them."""
        for path, html in self.pages.items():
            document = Document(html)
            yield from (f"{path}: {fault}" for fault in document.faults + misplaced(document))
            yield from (f"{path}: empty: {part}" for part in empty_parts(html) if "<main" in html)
            if len(document.all("h1")) != 1:
                yield f"{path}: {len(document.all('h1'))} first headings"

    def in_titles(self):
        seen = {}
        for path, html in self.pages.items():
            title = said_in(parsed(html).find("head/title"))
            if not title or title in seen:
                yield f"{path}: the title “{title}” is that of {seen.get(title)}"
            seen[title] = path

    def nothing_said(self):
        """Yields each part of a page that says more than once that something is not on record.

        The facts of a document, a claim or an instrument are told one by one.
        """
        for path, html in self.pages.items():
            yield from (f"{path}: {told}" for told in told_again(html))
            for part in parsed(html).iter() if not path.startswith((*DESCRIPTIONS, *OF_FACTS)) else ():
                text = own_words(part) if part.tag == "section" else said_in(part)
                if part.tag in ("section", "dl", "tr") and len(NOT_ON_RECORD.findall(text)) > 1:
                    yield f"{path}: told again that something is not on record: “{text[:300]}”"

    def unattributed(self):
        """Yields each record of one of several organisations that does not say whose it is."""
        for path, html in self.pages.items() if self.count > 1 else ():
            for element in parsed(html).iter():
                model, _colon, pk = (element.get("data-record") or "").partition(":")
                if pk and model in SPOKEN and not path.startswith("/organisations/"):
                    speaker = apps.get_model(model).objects.get(pk=pk).organisation.official_name
                    if speaker not in said_in(element).replace(f"Log of {speaker}", ""):
                        yield f"{path}: whose is “{said_in(element)}”?"

    def in_voice(self):
        """Yields each “we” where several are spoken of, each “they” where one speaks of itself."""
        wrong = WE if self.count > 1 else THEY
        for path, text in self.words.items():
            if not path.startswith(DESCRIPTIONS):
                text = re.sub(SAYS_SO, " ", " ".join(text.split()), flags=re.IGNORECASE)
                yield from told(path, wrong, OF_THE_HOUSE.sub(" ", text))

    def unheld(self):
        """Yields each year, amount of money and treaty that no record holds."""
        held = held_words()
        for path, text in self.words.items():
            if path.startswith(DESCRIPTIONS):
                continue
            yield from told(path, MONEY, text)
            for pattern in (YEAR, TREATY):
                yield from (each for each in told(path, pattern, text) if found_in(each) not in held)

    def in_counts(self):
        """Yields where a count on a page or the length of a file is not what is on record."""
        claims = Edition.objects.current().count()
        shown = re.findall(r"([\d,]+) claims?\b", words_of_page(self.pages.get("/impact/", "")))
        if claims and str(claims) not in shown:
            yield f"/impact/: {claims} claims are counted as {shown}"
        if claims == 1 and "1 claims" in self.words["/impact/"]:
            yield "/impact/: “1 claims”"
        entries = self.answers["/feeds/claims.atom"].count(b"<entry>")
        rows = len(self.answers["/data/claims.csv"].strip().splitlines()) - 1
        if (entries, rows) != (claims, claims):
            yield f"{claims} claims are {entries} entries of the feed and {rows} rows of the table"
        for path, text in self.words.items():
            yield from told(path, re.compile(r"\b1 (?:claims|publications|organisations|records)\b"), text)

    def in_addresses(self):
        """Yields what names another address than the public one, and what the sitemap names in vain."""
        for path, text in [*self.pages.items(), *self.words.items()] if self.origin else ():
            yield from told(path, re.compile("//testserver"), text)
        sitemap = self.answers["/sitemap.xml"]
        for path in sitemap_paths(sitemap):
            if path not in self.pages and self.client.get(path).status_code != 200:
                yield f"/sitemap.xml: {path} does not answer"
        if self.origin and sitemap.count(f"<loc>{self.origin}/".encode()) != sitemap.count(b"<loc>"):
            yield "/sitemap.xml: not every address is the public one"


def told(path, pattern, text):
    """Yields each place of a pattern in a text, with the words around it."""
    text = " ".join(text.split())
    for match in pattern.finditer(text):
        around = f"{text[max(0, match.start() - 60) : match.start()]}»{match[0]}«{text[match.end() :][:60]}"
        yield f"{path}: {around}"


def own_words(section):
    """Returns the text of a section without its tables and records, and without sections in it."""
    pieces = [section.text or ""]
    for child in section:
        if isinstance(child.tag, str) and child.tag not in ("section", "table", "dl"):
            pieces += [] if child.get("data-record") else [own_words(child)]
        pieces.append(child.tail or "")
    return " ".join("".join(pieces).split())


def found_in(fault):
    return fault.partition("»")[2].partition("«")[0].casefold()


def words_of_page(html):
    html = INVISIBLE.sub(" ", html)
    return unescape(" ".join([re.sub(r"<[^>]*>", " ", html), *ATTRIBUTES.findall(html)]))


def words_of_file(path, body):
    if path.endswith(".pdf"):
        document = PdfDocument(body)
        return " ".join([*document.pages, re.sub(r"<[^>]*>", " ", document.metadata)])
    if path.endswith(".xlsx"):
        archive = ZipFile(BytesIO(body))
        body = b" ".join(archive.read(name) for name in archive.namelist() if name.startswith("xl/"))
        return unescape(re.sub(r"<[^>]*>", " ", body.decode()))
    text = body.decode()
    if "<?xml" in text[:40]:  # the content of an entry is HTML that is escaped
        text = unescape(re.sub(r"<[^>]*>", " ", unescape(re.sub(r"<[^>]*>", " ", text))))
    return text


def held_words():
    """Returns the years and words in the fields of the records, this year, and that of a next review."""
    this_year = datetime.now(UTC).year
    words = {str(this_year), str(this_year + 1)}
    for app in ("organisation", "impact", "advocacy"):
        for model in apps.get_app_config(app).get_models():
            if model._meta.model_name.startswith("historical"):
                continue
            fields = model._meta.concrete_fields
            names = [field.name for field in fields if isinstance(field, CharField | TextField)]
            for row in model._base_manager.values_list(*names):
                for value in row:
                    words |= set(re.findall(r"\w+", str(value or "").casefold()))
    return words
