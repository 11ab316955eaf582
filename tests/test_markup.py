"""The HTML of every page that a visitor can reach satisfies a strict parser and assistive technology."""

from collections import Counter, defaultdict
from itertools import pairwise
from urllib.parse import unquote, urljoin, urlsplit

import html5rdf
import pytest
from django.db import transaction
from django.test import Client

from impact.models import Claim

from .browser.page_kinds import kind_of
from .support.crawl import Reader, crawl
from .support.people import bob
from .support.sampling import WHOLE_IS_ASKED, every
from .support.sections import told_again

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
# Elements that allow only phrasing content, and elements that are more than phrasing content.
PHRASING_ONLY = {
    *HEADINGS,
    *"p pre span em strong b i small sub sup mark q cite code time data abbr label button summary".split(),
}
BLOCKS = {
    *HEADINGS,
    *"p div ul ol dl li table section article header footer nav main aside".split(),
    *"figure blockquote form fieldset details hr pre address".split(),
}
CHILDREN = {"ul": {"li"}, "ol": {"li"}, "menu": {"li"}, "dl": {"dt", "dd", "div"}, "tr": {"th", "td"}}
INTERACTIVE = {"a", "button", "summary"}


class Document:
    """A page as a strict parser reads it."""

    def __init__(self, html):
        parser = html5rdf.HTMLParser(namespaceHTMLElements=False)
        self.html = html
        self.root = parser.parse(html)
        self.faults = [f"line {line}: {code}" for (line, _column), code, _details in parser.errors]
        # A comment or a doctype has a function for a tag.
        self.elements = [element for element in self.root.iter() if isinstance(element.tag, str)]
        self.ids = [element.get("id") for element in self.elements if element.get("id") is not None]

    def all(self, *tags):
        return [element for element in self.elements if element.tag in tags]


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """Every page by its path, with corrected, retired and withdrawn claims, and the page of a 404."""
    charlie = Reader(Client())
    with django_db_blocker.unblock(), transaction.atomic():
        for number, change in ((10, "correction"), (10, "update"), (11, "retired")):
            claim = Claim.objects.get(number=number)
            claim.statement += " <b>& more</b>"
            claim.in_our_words = True
            claim.save()
            claim.publish(by=bob(), reason="Words & <signs>", change=change, seen=Claim.AS_STORED)
        Claim.objects.get(number=17).withdraw(
            by=bob(), reason="It was about somebody else", seen=Claim.AS_STORED
        )
        _pages, broken = crawl(charlie, kind_of=kind_of)
        for path in ("/nowhere/", "/evidence/e10/v1/", "/embed/e10/", "/evidence/e17/", "/embed/e17/"):
            charlie.get(path, follow=True)
        transaction.set_rollback(True)
    assert broken == []
    assert {"/evidence/e10/v1/", "/evidence/e17/", "/embed/e10/", "/embed/e17/"} <= charlie.read.keys()
    return charlie.read


@pytest.fixture(scope="module")
def documents(pages):
    return {path: Document(html) for path, html in sample(pages).items()}


def sample(pages):
    """Returns the first two pages of each kind, and every twelfth of the others; in the drill all of them."""
    of_kind = defaultdict(list)
    for path in sorted(pages):
        of_kind[kind_of(path)].append(path)
    chosen = [path for paths in of_kind.values() for path in [*paths[:2], *every(12, paths[2:])]]
    return {path: pages[path] for path in chosen}


def faults(documents, check):
    """Returns the faults that `check(document)` finds, {path of the page: faults}."""
    faults_of_pages = {path: check(document) for path, document in documents.items()}
    return {path: faults for path, faults in faults_of_pages.items() if faults}


def text_of(element):
    return " ".join("".join(element.itertext()).split())


def test_a_strict_parser_accepts_every_page(documents):
    assert faults(documents, lambda page: page.faults) == {}
    assert len(documents) > (100 if WHOLE_IS_ASKED else 40)


def test_the_strict_parser_would_find_markup_that_browsers_mend():
    for broken in (
        "<p><div></div></p>",
        "<div>",
        "<a href=x><a href=y></a></a>",
        "<p id=a id=b></p>",
        "<ul></ol></ul>",
        "&nosuch;",
    ):
        assert Document(f"<!doctype html><title>A page</title>{broken}").faults, broken


def test_every_element_stands_where_html_lets_it_stand(documents):
    assert faults(documents, misplaced) == {}


def test_misplaced_elements_would_be_found():
    for markup in (
        "<span><p>a</p></span>",
        "<ul><p>a</p></ul>",
        "<a href=x><span><button>a</button></span></a>",
        "<h2><div>a</div></h2>",
    ):
        assert misplaced(Document(f"<!doctype html><title>A page</title>{markup}")), markup


def misplaced(page):
    """Returns the elements of a page that stand where HTML does not allow them."""
    faults = []
    for element in page.elements:
        children = [child.tag for child in element if isinstance(child.tag, str)]
        descendants = {each.tag for each in element.iter() if each is not element}
        if element.tag in CHILDREN:
            faults += [
                f"<{tag}> in <{element.tag}>"
                for tag in children
                if tag not in CHILDREN[element.tag] | {"script", "template"}
            ]
        if element.tag in PHRASING_ONLY:
            allowed = set(HEADINGS) if element.tag == "summary" else set()
            faults += [
                f"<{tag}> in <{element.tag}> “{text_of(element)[:40]}”"
                for tag in sorted(descendants & BLOCKS - allowed)
            ]
        if element.tag in INTERACTIVE:
            faults += [
                f"<{tag}> in <{element.tag}>"
                for tag in sorted(descendants & (INTERACTIVE | {"input", "select", "textarea"}))
            ]
    return faults


def test_every_page_has_one_first_heading_and_skips_no_level(documents):
    def check(page):
        levels = [HEADINGS.index(heading.tag) + 1 for heading in page.all(*HEADINGS)]
        skipped = [f"h{upper}, h{lower}" for upper, lower in pairwise([0, *levels]) if lower > upper + 1]
        return skipped + ([] if levels.count(1) == 1 else [f"{levels.count(1)} h1"])

    assert faults(documents, check) == {}


def test_no_page_tells_an_absence_more_than_twice(pages):
    told = {path: told_again(html) for path, html in pages.items()}
    assert {path: absences for path, absences in told.items() if absences} == {}
    assert told_again("<main><p>Not on record.</p><p>not on record</p></main> not on record") == []
    assert told_again("<main>" + "<p>Day not stated.</p>" * 3 + "</main>") == ["“not stated” 3 times"]


def test_no_heading_is_empty(documents):
    assert (
        faults(
            documents, lambda page: [heading.tag for heading in page.all(*HEADINGS) if not text_of(heading)]
        )
        == {}
    )


def test_no_page_uses_an_id_twice(documents):
    assert (
        faults(
            documents,
            lambda page: [each for each, count in Counter(page.ids).items() if count > 1 or not each],
        )
        == {}
    )


def test_every_link_into_a_page_finds_its_place(documents):
    lost = []
    for path, page in documents.items():
        for link in page.all("a"):
            address = urlsplit(urljoin(f"{HOST}{path}", link.get("href", "")))
            target = documents.get(address.path)
            if (
                address.netloc == "testserver"
                and address.fragment
                and target
                and unquote(address.fragment) not in target.ids
            ):
                lost.append(f"{path}: {link.get('href')}")
    assert lost == []


def test_what_names_describes_or_controls_another_element_finds_it(documents):
    def check(page):
        named = [
            (name, each)
            for element in page.elements
            for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-details")
            for each in element.get(name, "").split()
        ]
        return [f"{name}={each}" for name, each in named if each not in page.ids]

    assert faults(documents, check) == {}


def test_every_page_says_its_language(documents):
    assert faults(documents, lambda page: [] if page.root.get("lang") else ["no lang"]) == {}


def test_every_page_has_a_title_of_its_own(documents):
    titles = {}
    for path, page in documents.items():
        titles.setdefault(" ".join(text_of(title) for title in page.root.findall("head/title")), []).append(
            path
        )
    assert {title: paths for title, paths in titles.items() if len(paths) > 1 or not title} == {}


def test_every_page_tells_search_engines_what_it_holds_in_words_of_its_own(documents):
    descriptions = {}
    for path, page in documents.items():
        descriptions.setdefault(page.root.find("head/meta[@name='description']").get("content"), []).append(
            path
        )
    assert {text: paths for text, paths in descriptions.items() if len(paths) > 1 or not text} == {}


def test_no_page_has_style_or_script_of_its_own(documents):
    """Lets the content security policy forbid both, so that nothing runs that a text smuggles in."""

    def check(page):
        styled = [f"<{each.tag} style>" for each in page.elements if each.get("style") is not None] + [
            "<style>" for _ in page.all("style")
        ]
        handlers = [
            f"<{each.tag} {name}>" for each in page.elements for name in each.attrib if name.startswith("on")
        ]
        addresses = [
            each.get("href")
            for each in page.all("a")
            if each.get("href", "").strip().lower().startswith("javascript:")
        ]
        # JSON is not run.
        scripts = [
            "<script>"
            for each in page.all("script")
            if not each.get("src") and "json" not in each.get("type", "")
        ]
        return styled + handlers + addresses + scripts

    assert faults(documents, check) == {}
