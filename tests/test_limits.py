"""What is read, shown or stored up to a limit, on both sides of it; other limits stand with their rules."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from organisation.differences import marked
from organisation.facets import COUNT_LIMIT, CappedCount, capped_count
from organisation.models import Organisation
from portal.exports.tables.table import Kind
from portal.exports.tables.workbook import sheet_cell, text_cell
from portal.search.spelling import is_correctable
from portal.search.tokens import fold
from portal.search.typed import Query
from portal.staff.document_import.document import read_document
from portal.staff.document_import.rules.figures import find_figures
from portal.staff.upload import checked_contents, is_zip_bomb
from tests.portal.delivery.test_page_cache import Site
from tests.support.documents import package
from tests.support.factory import a_claim, an_organisation, published
from tests.support.forms import press, refusals_in, review
from tests.support.people import alice, bob

MEGABYTE = 1024 * 1024


def refusal(action):
    """Returns the sentence with which an action is refused; empty if it is not."""
    try:
        action()
    except ValidationError as error:
        return error.messages[0]
    return ""


def member(size, compressed=None, name="word/document.xml"):
    return SimpleNamespace(file_size=size, compress_size=compressed or size, filename=name)


@pytest.mark.parametrize(("extra", "is_taken"), [(0, True), (1, False)])
def test_a_file_has_two_megabytes_at_most(extra, is_taken):
    contents = b"a" * (2 * MEGABYTE + extra)
    upload = SimpleNamespace(size=len(contents), read=lambda: contents)
    assert (refusal(lambda: checked_contents(upload, ".txt", [".txt"])) == "") is is_taken


@pytest.mark.parametrize(("count", "is_taken"), [(2_000, True), (2_001, False)])
def test_a_package_has_two_thousand_members_at_most(count, is_taken):
    parts = {"word/document.xml": ""} | {f"word/{number}.xml": "" for number in range(count - 1)}
    contents = package(parts)
    upload = SimpleNamespace(size=len(contents), read=lambda: contents)
    assert (refusal(lambda: checked_contents(upload, ".docx", [".docx"])) == "") is is_taken


@pytest.mark.parametrize(
    ("a_member", "extension", "is_bomb"),
    [
        (member(512 * 1024, compressed=1), ".docx", False),
        (member(512 * 1024 + 1, compressed=1), ".docx", True),
        (member(1_000_000, compressed=10_000), ".docx", False),
        (member(1_000_000, compressed=9_999), ".docx", True),
        (member(20 * MEGABYTE, 1024, name="xl/worksheets/sheet1.xml"), ".xlsx", False),
    ],
)
def test_a_member_that_would_unpack_to_too_much_is_a_bomb(a_member, extension, is_bomb):
    assert is_zip_bomb(a_member, extension) is is_bomb


@pytest.mark.parametrize(
    ("text", "is_taken"),
    [
        ("a" * 400_000, True),
        ("a" * 400_001, False),
        ("a\n" * 19_999 + "a", True),
        ("a\n" * 20_000 + "a", False),
    ],
)
def test_a_document_has_so_many_signs_and_lines_at_most(text, is_taken):
    assert (refusal(lambda: read_document(text.encode(), ".txt")) == "") is is_taken


@pytest.mark.parametrize(("depth", "is_taken"), [(150, True), (300, False)])
def test_a_page_is_read_to_some_depth(depth, is_taken):
    """What the parser adds around a page makes the exact depth its own."""
    markup = b"<div>" * depth + b"words"
    assert ("nested too deeply" not in refusal(lambda: read_document(markup, ".html"))) is is_taken


@pytest.mark.parametrize(("value", "is_found"), [("999999999999999", True), ("1000000000000000", False)])
def test_a_number_is_proposed_as_a_figure_if_a_figure_can_hold_it(value, is_found):
    text = f"We taught {value} pilots."
    assert bool(find_figures(text, 0, len(text))) is is_found


def test_of_a_query_three_hundred_signs_and_twenty_words_count():
    assert len(Query("a" * 300).typed) == len(Query("a" * 301).typed) == 300
    words = [f"word{number}" for number in range(21)]
    assert [word.folded for word in Query(" ".join(words)).plain] == words[:20]
    assert len(Query(" ".join(words[:20])).plain) == 20


@pytest.mark.parametrize(("length", "is_tried"), [(3, False), (4, True), (30, True), (31, False)])
def test_a_word_of_four_to_thirty_letters_is_corrected(length, is_tried):
    assert is_correctable("a" * length) is is_tried


def test_a_word_is_told_from_others_by_forty_letters():
    assert len(fold("a" * 40)) == len(fold("a" * 41)) == 40


def test_texts_are_compared_word_by_word_up_to_a_million_steps():
    thousand = "a " * 1_000
    assert {kind for kind, _text in marked(thousand, thousand)[0]} == {"same"}
    assert marked(f"{thousand}a", thousand) == ([("gone", f"{thousand}a")], [("new", thousand)])


def test_a_cell_of_a_spreadsheet_holds_what_excel_takes():
    sheet = Workbook(write_only=True).create_sheet()
    assert text_cell(sheet, "a" * 32_767).value == "a" * 32_767
    assert text_cell(sheet, "a" * 32_768).value == "a" * 32_765 + " …"
    decimal = SimpleNamespace(kind=Kind.DECIMAL)
    assert sheet_cell(sheet, decimal, "123456789012345") == 123456789012345
    assert sheet_cell(sheet, decimal, "1234567890123456").value == "1234567890123456"


@pytest.mark.parametrize(("length", "is_cached"), [(500, True), (501, False)])
def test_a_page_is_cached_under_an_address_of_five_hundred_signs_at_most(length, is_cached):
    site = Site()
    for _visit in range(2):
        site.get("/" + "a" * (length - 1))
    assert (len(site.rendered) == 1) is is_cached


@pytest.mark.parametrize(("size", "is_cached"), [(3_900_000, True), (4_000_001, False)])
def test_a_page_of_four_megabytes_at_most_is_cached(size, is_cached):
    site = Site()
    site.text = "w" * size
    for _visit in range(2):
        site.get(accept_encoding="identity")
    assert (len(site.rendered) == 1) is is_cached


@pytest.mark.parametrize(("number", "is_more"), [(999, False), (1_000, False), (1_001, True)])
def test_counting_stops_at_a_thousand(number, is_more):
    assert CappedCount.of(number) == CappedCount(min(number, COUNT_LIMIT), is_more)


@pytest.mark.django_db
def test_rows_are_counted_to_one_more_than_the_limit():
    count = Organisation.objects.count()
    assert capped_count(Organisation.objects.all(), count) == CappedCount(count)
    assert capped_count(Organisation.objects.all(), count - 1) == CappedCount(count - 1, True)


@pytest.mark.django_db
@pytest.mark.parametrize(("limit", "status"), [(1, 200), (500, 200), (501, 422), (0, 422)])
def test_a_page_of_the_api_has_one_to_five_hundred_rows(client, limit, status):
    assert client.get(f"/api/v1/claims?limit={limit}").status_code == status


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "is_taken"), [(1, True), (60, True), (0, False), (61, False)])
def test_a_link_for_an_outside_reviewer_lasts_one_to_sixty_days(client, days, is_taken):
    claim = a_claim()
    client.force_login(alice())
    page = client.post(review(claim), {"do": "link", "link-for_whom": "Dana", "link-days": days})
    assert refusals_in(page) == [] if is_taken else ["Give a number of days from 1 to 60."]
    assert claim.review_links.exists() is is_taken


@pytest.mark.django_db
@pytest.mark.parametrize(("length", "is_taken"), [(2_000, True), (2_001, False)])
def test_a_reason_has_two_thousand_signs_at_most(client, length, is_taken):
    claim = published(a_claim())
    client.force_login(bob())
    press(client, claim, "withdraw", reason="a" * length)
    claim.refresh_from_db()
    assert (claim.current_edition is None) is is_taken


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "is_more"), [(5, False), (6, True)])
def test_five_other_claims_on_a_subject_are_shown_on_its_page(client, count, is_more):
    shown = published(a_claim())
    for number in range(count):
        published(a_claim(f"We taught crew {number}"))
    page = client.get(shown.get_absolute_url()).content.decode()
    assert page.count('<div class="beside">') == 5
    assert ("More claims on this subject" in page) is is_more


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "offered"), [(4, 4), (5, 5), (6, 5)])
def test_five_similar_claims_are_offered_at_most(client, count, offered):
    for number in range(count):
        a_claim(f"We taught crews in {number} harbours worldwide")
    client.force_login(alice())
    query = {"statement": "We taught crews in many harbours worldwide", "organisation": an_organisation().pk}
    page = client.get("/admin/impact/claim/new/similar/", query).content.decode()
    assert page.count("<li>") == offered
