"""The product names nothing of the demonstration: that is content, which another portal does not have."""

import json
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures" / "demo"
ROOMS = ("organisation", "impact", "advocacy", "portal", "templates", "static")
KINDS = {".py", ".html", ".txt", ".xml", ".svg", ".typ", ".js", ".css"}
NAMES = re.compile(r"dallaire|coalition|child.soldiers|rom[eé]o\b", re.IGNORECASE)
# Words that are more than a name of the demonstration's, and why they stand there.
OTHER_MEANINGS = {
    "portal/staff/document_import/rules/organisation_names.py",  # a kind of body, in English and in French
}
# A claim by its number, a page by its slug or its id: what holds a block is asked for instead.
PINNED = re.compile(
    r"claim__number(__in)?=[\[({]?\d|\bClaim\.objects\.get\(number=\d|reverse_id=[\"']"
    r"|pages-details-by-slug[\"'],? (?:kwargs=\{[\"']slug[\"']: |slug=)[\"']"
)
MIN_WORDS = 5  # fewer could stand anywhere


@cache
def product_files():
    """Returns {path: text} of the product; migrations tell what was, and may name it."""
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*") if path.suffix in KINDS]
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in files
        if "migrations" not in path.parts and "vendor" not in path.parts
    }


@cache
def entries(name):
    return json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))


@cache
def running_texts():
    """Returns {path: text without its line breaks} of the product."""
    return {path: " ".join(text.split()) for path, text in product_files().items()}


def naming(*words):
    """Returns the files that hold any of these words whole, with the word."""
    return {
        path: word
        for path, text in running_texts().items()
        for word in words
        if word in text and re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)
    }


def test_no_file_names_an_organisation_of_the_demonstration():
    found = {path for path, text in product_files().items() if NAMES.search(text)}
    assert sorted(found - OTHER_MEANINGS) == [], "this is content: see fixtures/demo"
    assert sorted(OTHER_MEANINGS - found) == [], "these name none any more: take them from the list"


@pytest.mark.parametrize(
    "name", ["organisations", "sources", "outside_documents", "publications", "instruments"]
)
def test_no_file_has_an_address_of_the_demonstration(name):
    slugs = {entry["slug"] for entry in entries(name) if "-" in entry["slug"]}
    assert naming(*slugs) == {}


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("claims", ("statement", "subject")),
        ("statements", ("text",)),
        ("milestones", ("text",)),
        ("asks", ("text",)),
    ],
)
def test_no_file_has_a_sentence_of_the_demonstration(name, fields):
    texts = {" ".join(str(entry.get(field, "")).split()) for entry in entries(name) for field in fields}
    assert naming(*(text for text in texts if len(text.split()) >= MIN_WORDS)) == {}


def test_no_file_finds_a_claim_by_its_number_or_a_page_by_its_address():
    assert {path for path, text in product_files().items() if PINNED.search(" ".join(text.split()))} == set()


def test_what_names_the_demonstration_is_found():
    for line in (
        "Edition.objects.filter(claim__number=10)",
        "filter(claim__number__in=(20, 26))",
        'reverse("pages-details-by-slug", kwargs={"slug": "timeline"})',
        '{% url "pages-details-by-slug" slug="timeline" %}',
        "Page.objects.get(reverse_id='support')",
    ):
        assert PINNED.search(line), line
    for line in ('reverse("pages-details-by-slug", kwargs={"slug": path})', "filter(claim__number=number)"):
        assert not PINNED.search(line), line
    assert len(product_files()) > 300
