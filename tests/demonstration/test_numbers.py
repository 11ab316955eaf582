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


def test_the_page_tree_itself_holds_no_number():
    assert re.findall(r"\d{2,}", str(read_pages()).replace("h2", "")) == re.findall(
        r"(?<='E)\d{2}(?=')", str(read_pages())
    )
