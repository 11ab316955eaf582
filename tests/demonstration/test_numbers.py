"""No number stands on a public page outside a record."""

import re

import pytest

from portal.seeding.pages import read_pages
from tests.support.crawl import Page

pytestmark = pytest.mark.django_db


def test_no_page_shows_a_number_outside_a_record(seeded_pages):
    bare = {
        path: re.findall(r".{0,30}\d.{0,30}", page.text_outside_records)
        for path, page in seeded_pages.items()
    }
    assert {path: numbers for path, numbers in bare.items() if numbers} == {}


def test_the_reading_of_a_page_would_find_a_bare_number():
    page = Page('<main><p>We trained 4,500 people</p><p data-record="x">and 35 more</p></main>')
    assert "4,500" in page.text_outside_records
    assert "35" not in page.text_outside_records


def texts_of(pages):
    """Yields what a tree of pages says, but for charts: these choose years, and their titles say which."""
    for page in pages:
        yield (page.key, page.slug, page.title, page.description)
        yield from (block.values for block in page.blocks if block.plugin != "ChartPlugin")
        yield from texts_of(page.children)


def test_the_page_tree_itself_holds_no_number():
    tree = str(list(texts_of(read_pages()))).replace("h2", "")
    assert re.findall(r"\d{2,}", tree) == re.findall(r"(?<='E)\d{2}(?=')", tree)
    assert len(re.findall(r"'E\d", tree)) > 5
