"""Lists in pages, read from either end, on pages of three."""

import pytest

from tests.support.factory import an_organisation
from tests.support.lists import publish_claims, read_list

pytestmark = pytest.mark.django_db

LIST = "/evidence/?order=number&organisation=harbour-aid"


@pytest.fixture(autouse=True)
def pages_of_three(monkeypatch):
    monkeypatch.setattr("organisation.paging.PAGE_SIZE", 3)


@pytest.fixture
def numbers():
    """Returns the numbers of seven claims, which fill two pages and begin a third."""
    return [claim.number for claim in publish_claims(7, organisation=an_organisation())]


def numbers_on(shown):
    return [int(reference.removeprefix("E")) for reference in shown.references]


def walk(client, address, step):
    """Returns the numbers on each page from this one on, and the address of the last."""
    pages = []
    while True:
        shown = read_list(client, address)
        pages.append(numbers_on(shown))
        if not getattr(shown, step):
            return pages, address
        address = getattr(shown, step)


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(0, [0]), (1, [1]), (2, [2]), (3, [3]), (4, [3, 1]), (6, [3, 3]), (7, [3, 3, 1]), (9, [3, 3, 3])],
)
def test_every_page_but_the_last_is_full_and_none_is_empty(client, count, sizes):
    an_organisation()
    numbers = [claim.number for claim in publish_claims(count, organisation=an_organisation())]
    pages, last = walk(client, LIST, "next")
    assert [len(page) for page in pages] == sizes
    assert sum(pages, []) == numbers
    # Back from the last page, they are cut from its first row on: the rest stands on the first page.
    pages, first = walk(client, last, "previous")
    assert sum(pages[::-1], []) == numbers
    assert all(len(page) == 3 for page in pages[1:-1])
    assert read_list(client, first).previous == ""
    assert sum(walk(client, first, "next")[0], []) == numbers


@pytest.mark.parametrize(
    ("cursor", "places", "has_previous", "has_next"),
    [
        ("after=-1", [0, 1, 2], False, True),
        ("after=0", [1, 2, 3], True, True),
        ("after=3", [4, 5, 6], True, False),
        ("after=5", [6], True, False),
        ("after=6", [], True, False),
        ("before=0", [], False, True),
        ("before=1", [0], False, True),
        ("before=3", [0, 1, 2], False, True),
        ("before=4", [1, 2, 3], True, True),
        ("before=6", [3, 4, 5], True, True),
        ("before=7", [4, 5, 6], True, False),
        ("before=99", [4, 5, 6], True, False),
    ],
)
def test_a_page_starts_behind_its_cursor_and_ends_before_it(
    client, numbers, cursor, places, has_previous, has_next
):
    key, place = cursor.split("=")
    shown = read_list(client, f"{LIST}&{key}={numbers[0] + int(place)}")
    assert numbers_on(shown) == [numbers[place] for place in places]
    assert (bool(shown.previous), bool(shown.next)) == (has_previous, has_next)


def test_neighbouring_pages_lead_to_each_other(client, numbers):
    middle = read_list(client, f"{LIST}&after={numbers[2]}")
    assert middle.previous == f"{LIST}&before={numbers[3]}"
    assert middle.next == f"{LIST}&after={numbers[5]}"
    before = read_list(client, middle.previous)
    assert (numbers_on(before), before.previous) == (numbers[:3], "")
    assert before.next == f"{LIST}&after={numbers[2]}"


def test_an_empty_page_leads_back_to_the_record_that_it_was_asked_for(client, numbers):
    beyond = read_list(client, f"{LIST}&after={numbers[6]}")
    assert numbers_on(read_list(client, beyond.previous)) == numbers[4:]
    ahead = read_list(client, f"{LIST}&before={numbers[0]}")
    assert numbers_on(read_list(client, ahead.next)) == numbers[:3]


def test_of_two_cursors_the_one_that_leads_on_counts(client, numbers):
    shown = read_list(client, f"{LIST}&after={numbers[3]}&before={numbers[2]}")
    assert numbers_on(shown) == numbers[4:]


def test_a_cursor_has_up_to_nine_digits(client, numbers):
    assert numbers_on(read_list(client, f"{LIST}&after=999999999")) == []
    assert numbers_on(read_list(client, f"{LIST}&after=1000000000")) == numbers[:3]
    assert numbers_on(read_list(client, f"{LIST}&before=999999999")) == numbers[4:]
    assert numbers_on(read_list(client, f"{LIST}&before=1000000000")) == numbers[:3]
