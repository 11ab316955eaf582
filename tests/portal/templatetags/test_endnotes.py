"""A long page is printed with numbered endnotes: each source once, whatever rests on it."""

import re

import pytest
from django.utils.html import strip_tags

from portal.templatetags.crease_patterns import FOLDS_INTO, folds_into
from portal.templatetags.endnotes import MIN_NOTES
from tests.support.factory import a_page_with, a_source, a_statement, an_organisation, cite
from tests.support.pages import profile_of
from tests.support.site_settings import set_up_site

pytestmark = pytest.mark.django_db


def a_page_of_statements(count, sources):
    aid = an_organisation(profiled=True)
    for number in range(count):
        statement = a_statement(
            f"We light pier {number}.", organisation=aid, slug=f"s{number}", kind="belief"
        )
        for source in sources(number):
            cite(statement, source)
    return a_page_with("StatementsPlugin", organisation=aid, kind="belief")


def numbers_and_endnotes(client, address):
    page = client.get(address).content.decode()
    numbers = re.findall(r'<span class="endnote-number" aria-hidden="true">(\d+)</span>', page)
    endnotes = page.split('role="doc-endnotes"')[1].split("</section>")[0] if "doc-endnotes" in page else ""
    lines = re.findall(r"<li>(.*?)</li>", endnotes)
    return numbers, [" ".join(strip_tags(line.replace("</", " </")).split()) for line in lines]


def test_each_note_of_a_long_page_has_the_number_of_its_sources(client):
    log, diary = a_source("The log"), a_source("The diary")
    address = a_page_of_statements(MIN_NOTES, lambda number: [log, diary] if number % 2 else [log])
    numbers, (first, second) = numbers_and_endnotes(client, address)
    assert numbers == ["1", "2"] * (MIN_NOTES // 2)
    assert first == "In our words The log" and second == "In our words The log The diary"


def test_a_page_with_fewer_notes_keeps_them_beside_their_words(client):
    log = a_source("The log")
    address = a_page_of_statements(MIN_NOTES - 1, lambda number: [log])
    assert numbers_and_endnotes(client, address) == ([], [])


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://harbour.example", "https://harbour.example/organisations/harbour-aid/"),
        ("", "http://testserver/organisations/harbour-aid/"),
    ],
)
def test_a_profile_carries_its_permanent_address_for_paper(client, address, shown):
    set_up_site(public_address=address)
    profile_of(an_organisation(profiled=True))
    page = client.get("/organisations/harbour-aid/").content.decode()
    assert shown in page.split('class="permalink"')[1].split("</main>")[0]
    assert 'class="permalink"' not in client.get("/organisations/").content.decode()


def test_a_plate_says_what_it_folds_into():
    assert {folds_into(f"e{number}") for number in range(1, 40)} == set(FOLDS_INTO.values())
