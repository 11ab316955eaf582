"""Every word of ours on a public page can be translated, and no sentence is glued from parts.

The site is read in a pseudo-locale: each message stands between ⟦ and ⟧, each value in it between ⦃ and ⦄.
So a page says “⟦As of: ⦃22 ⟦November⟧ 2026⦄⟧”, and a text in no message is a record's, or was forgotten.
"""

import csv
import dataclasses
import io
import re
from urllib.parse import urlsplit

import html5rdf
import pytest
from cms.models import CMSPlugin, PageContent
from django.apps import apps
from django.db import models, transaction
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation.trans_real import CONTEXT_SEPARATOR, DjangoTranslation
from djangocms_text.models import Text

from impact.models import Claim
from organisation.models import Block, Passage, Source, Term
from portal.models import SearchEntry
from portal.staff import styleguide
from tests.browser.page_kinds import kind_of
from tests.support.crawl import Reader, crawl
from tests.support.people import alice, bob

pytestmark = pytest.mark.django_db

SEARCHES = ["children", "zugzwang"]
TRUNCATED = re.compile(r"⟦⦃([^⟦⟧⦃⦄]*)⦄…⟧")  # as Django's truncatechars writes it
PLACEHOLDER = re.compile(r"%(\(\w+\))?[sd]")
# Elements inside a sentence; every other element, a link too, begins a text of its own.
INLINE = {"br", "code", "mark", "q", "time"}
IGNORED = {"script", "style", "pre"}  # a “pre” holds code to copy here
TEXT_ATTRIBUTES = {
    *("alt", "aria-description", "aria-label", "data-done", "data-label", "data-print-foot"),
    *("placeholder", "title"),
}


def pseudo_translation(message):
    message = message.rpartition(CONTEXT_SEPARATOR)[2]
    return "⟦" + PLACEHOLDER.sub(r"⦃\g<0>⦄", message) + "⟧"


def fault_of(text, content):
    """Returns what is wrong with a text that a reader sees, or “”; `content` has the texts that are data."""
    text = TRUNCATED.sub(r"\1…", " ".join(text.split()))
    while value := re.search(r"⦃([^⦃⦄]*)⦄", text):
        if fault := fault_of(value[1], content):
            return fault
        text = text.replace(value[0], "")
    # The sign between the members of a list is a message too, and whole sentences may follow one another.
    for part in re.split(r"⟦\W+⟧|(?<=[.?!]⟧) (?=⟦)", text):
        messages, outside = re.findall(r"⟦[^⟦⟧]*⟧", part), re.sub(r"⟦[^⟦⟧]*⟧", "", part).strip()
        if (re.search(r"[^\W\d]", outside) or re.search(r"[,;:“”](?!\d)", outside)) and (
            messages or not content.includes(outside)
        ):
            return f"in no message: “{outside}”"
        if len(messages) > 1:
            return f"glued: “{part}”"
    return ""


class Content:
    """Texts that are no message: those of records, whole or line by line, and of the pages of the CMS."""

    ADDRESS = re.compile(r"(https?:/)?/\S*|[EI]\d+")

    def __init__(self, *texts):
        self.texts = set()
        for text in texts:
            self.texts |= {" ".join(each.split()) for each in (text, *text.splitlines())}

    def includes(self, text):
        return (
            text in self.texts
            or text[:1].lower() + text[1:] in self.texts  # where a line begins with a record's word
            or bool(self.ADDRESS.fullmatch(text))
            or self.has_beginning(text)
            or self.has_end(text)
            or self.has_middle(text)
        )

    def has_end(self, text):
        end = text.removeprefix("…").lstrip()
        return text.startswith("…") and any(each.endswith(end) for each in self.texts)

    def has_middle(self, text):
        part = text.strip("…").strip()
        return text.startswith("…") and text.endswith("…") and any(part in each for each in self.texts)

    def has_beginning(self, text):
        start = text.removesuffix("…").rstrip()
        return text.endswith("…") and any(each.startswith(start) for each in self.texts)


def texts_of(record):
    """Yields a record's own texts; the values of its choices, and its slug, are not for readers."""
    for field in record._meta.concrete_fields:
        if (
            isinstance(field, (models.CharField, models.TextField))
            and not field.choices
            and not isinstance(field, models.SlugField)
        ):
            yield getattr(record, field.attname)
    if isinstance(record, Passage):
        yield record.before + record.words + record.after


def published_content():
    for room in ("organisation", "impact", "advocacy"):
        for model in apps.get_app_config(room).get_models():
            if not issubclass(model, CMSPlugin) and not model.__name__.startswith("Historical"):
                for record in model.objects.all():
                    yield from texts_of(record)
    for content in PageContent.objects.all():
        yield from (content.title, content.menu_title or "", content.page_title or "")
    for text in Text.objects.all():
        yield from (" ".join(each.split()) for each in page_texts(text.body))
    for block in [
        each for model in apps.get_models() if issubclass(model, Block) for each in model.objects.all()
    ]:
        yield block.heading
    for entry in SearchEntry.objects.all():
        yield from (entry.title, " ".join(entry.text.split()))
    yield from Term.objects.values_list("name", flat=True)
    yield from (urlsplit(each).hostname or "" for each in Source.objects.values_list("address", flat=True))


def example_content():
    """Yields the texts of the style guide's examples: texts, records with their related ones, and groups."""
    waiting, seen = list(styleguide.examples().values()), set()
    while waiting:
        example = waiting.pop()
        if isinstance(example, str):
            yield example
        elif isinstance(example, models.Model) and id(example) not in seen:
            seen.add(id(example))
            yield from texts_of(example)
            for related in (example._state.fields_cache, getattr(example, "_prefetched_objects_cache", {})):
                waiting += related.values()
            waiting += vars(example).get("evidence", [])
        elif dataclasses.is_dataclass(example):
            waiting += [getattr(example, field.name) for field in dataclasses.fields(example)]
        elif isinstance(example, (list, tuple)):
            waiting += example
        elif isinstance(example, dict):
            waiting += example.values()


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """Returns the pages and the tables by path, as read in the pseudo-locale, and the content."""
    charlie, staff = Reader(Client()), Reader(Client())
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        Claim.objects.get(number=10).publish(by=bob(), reason="Published once more", seen=Claim.AS_STORED)
        content = Content(*published_content(), *example_content(), *SEARCHES)
        staff.client.force_login(alice())
        patch.setattr(DjangoTranslation, "gettext", lambda self, message: pseudo_translation(message))
        patch.setattr(
            DjangoTranslation,
            "ngettext",
            lambda self, one, many, n: pseudo_translation(one if n == 1 else many),
        )
        _pages, broken = crawl(charlie, kind_of=kind_of)
        for path in ("/nowhere/", "/evidence/e10/v1/"):
            charlie.get(path)
        for query in SEARCHES:
            charlie.get(f"/search/?q={query}")
            charlie.read[f"/search/?q={query}"] = charlie.read["/search/"]
        staff.get("/styleguide/")
        table = "/data/charts/claims.csv"
        tables = {table: charlie.client.get(table).content.decode("utf-8-sig")}
        pages = charlie.read | staff.read | {"500": render_to_string("500.html")}
        transaction.set_rollback(True)
    assert broken == []
    return pages, tables, content


def page_texts(html):
    """Yields each run of text of a page, and each attribute that some readers see or hear."""
    root = html5rdf.HTMLParser(namespaceHTMLElements=False).parse(html)
    # The toolbar of the CMS, which staff see, is not ours.
    waiting = [*root.findall("head/title"), root.find("body")]
    for element in (root, *root.iter()):
        if isinstance(element.tag, str):
            yield from (
                value
                for name, value in element.items()
                if name in TEXT_ATTRIBUTES and not is_of_the_cms(element)
            )
    while waiting:
        element = waiting.pop()
        children = [each for each in element if isinstance(each.tag, str)]
        if element.tag == "title":
            yield from "".join(element.itertext()).split(" · ")
            continue
        yield "".join(run_of(element))
        waiting += [
            each
            for each in children
            if each.tag not in IGNORED | INLINE and not is_of_the_cms(each) and not is_comparison(each)
        ]


def is_comparison(element):
    """Returns true for a text that is cut into pieces: where it differs, what shows it, or lines drawn."""
    return {"compared", "difference", "marked-words", "result-reason"} & set(
        (element.get("class") or "").split()
    )


def is_of_the_cms(element):
    return any(
        name.startswith("cms") for name in [element.get("id") or "", *(element.get("class") or "").split()]
    )


def is_for_programs(element):
    """Returns true for a name that programs need, and that is therefore the same in every language."""
    return element.tag == "code" and element.get("translate") == "no"


def run_of(element):
    """Yields the parts of the text that an element begins."""
    yield element.text or ""
    for child in element:
        if child.tag == "br":
            yield " "
        elif child.tag in INLINE and not is_for_programs(child):
            yield from run_of(child)
        yield child.tail or ""


def test_every_word_on_a_page_is_a_records_or_stands_in_one_message(site):
    pages, _tables, content = site
    faults = {
        path: {fault for text in page_texts(html) if (fault := fault_of(text, content))}
        for path, html in pages.items()
    }
    assert {path: found for path, found in faults.items() if found} == {}
    assert len(pages) > 60


def test_the_headings_of_a_table_that_charlie_downloads_are_messages(site):
    for path, text in site[1].items():
        assert [fault_of(heading, Content()) for heading in next(csv.reader(io.StringIO(text)))] == [
            ""
        ] * text.splitlines()[0].count("⟦"), path


def test_the_pseudo_locale_reaches_messages_of_single_pages(site):
    pages = site[0]
    for path, message in {
        "/": "⟦Mark what has a source⟧",
        "/evidence/e10/v1/": "⟦Earlier edition.⟧",
        "/nowhere/": "⟦There is no page at this address⟧",
        "/search/?q=zugzwang": "⟦Nothing on record contains these words. Try fewer or other words.⟧",
        "/styleguide/": "⟦Callouts⟧",
        "500": "⟦Something went wrong here⟧",
    }.items():
        assert message in pages[path], path


@pytest.mark.parametrize(
    "text",
    [
        "Not on record",
        "⟦As of:⟧ 22 ⟦November⟧ 2026",
        "⟦As of:⟧ May 1998",
        "⟦over⟧ 4,500 participants",
        "⟦As of: ⦃not stated⦄⟧",
        "“A vision”",
        "A vision, and more",
        "A vision, A vision",
        "⟦Sources⟧ ⟦of⟧",
        "⟦disputed: ⦃3⦄⟧; ⟦stated: ⦃4⦄⟧",
        "⟦claim⟧s",
    ],
)
def test_a_text_in_no_message_and_a_glued_sentence_are_found(text):
    assert fault_of(text, Content("A vision"))


@pytest.mark.parametrize(
    "text",
    [
        "A vision",
        "A …",
        "4,500",
        "22 ⟦November⟧ 2026",
        "⟦As of: ⦃22 ⟦November⟧ 2026⦄⟧",
        "⟦“⦃A vision⦄”⟧",
        "⟦⦃4,500⦄ ⦃⟦claims⟧⦄⟧",
        "⟦One sentence.⟧ ⟦And another.⟧",
        "⟦disputed: ⦃3⦄⟧⟦; ⟧⟦stated: ⦃4⦄⟧",
        "/evidence/e10/v1/",
    ],
)
def test_texts_of_records_and_whole_messages_pass(text):
    assert fault_of(text, Content("A vision")) == ""


def test_every_text_of_a_page_is_found():
    page = (
        '<!doctype html><html data-print-foot="a"><title>b · c</title>'
        '<body><p aria-label="d">e <time>f</time> g<a>h</a> i</p>'
        "<svg><desc>j</desc><text>k</text></svg><template><p>l</p></template><script>no</script>"
        '<div id="cms-top" title="no">no</div>'
    )
    texts = {" ".join(text.split()) for text in page_texts(page)} - {""}
    assert texts == {"a", "b", "c", "d", "e f g i", "h", "j", "k", "l"}
