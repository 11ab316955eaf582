"""Pages of rows by keyset: full ones, the last, and rows of which the first columns are alike."""

import pytest

from impact.models import Claim
from organisation.models import Milestone
from tests.support.factory import a_claim, a_figure, a_source, an_organisation, cite, published

pytestmark = pytest.mark.django_db


def pages(client, address):
    """Returns the rows of each page, one list a page, from an address on."""
    found = []
    while address:
        body = client.get(address).json()
        [name] = body.keys() - {"next"}
        found.append(body[name])
        address = body["next"]
    return found


@pytest.mark.parametrize(
    ("count", "sizes"), [(0, [0]), (1, [1]), (2, [2]), (3, [2, 1]), (4, [2, 2]), (5, [2, 2, 1])]
)
def test_a_full_last_page_leads_no_further(client, count, sizes):
    for number in range(count):
        published(a_claim(f"Claim {number}"))
    found = pages(client, "/api/v1/claims?organisation=harbour-aid&limit=2")
    assert [len(page) for page in found] == sizes
    assert [row["statement"] for page in found for row in page] == [f"Claim {n}" for n in range(count)]


def test_the_last_page_says_so_in_its_body_and_has_no_header(client):
    for number in range(4):
        published(a_claim(f"Claim {number}"))
    first = client.get("/api/v1/claims?organisation=harbour-aid&limit=2")
    last = client.get(first.json()["next"])
    cursor = Claim.objects.get(statement="Claim 1").number
    assert first.json()["next"] == (
        f"http://testserver/api/v1/claims?organisation=harbour-aid&limit=2&after={cursor}"
    )
    assert first["Link"] == f'<{first.json()["next"]}>; rel="next"'
    assert last.json()["next"] is None and "Link" not in last


def test_rows_that_are_alike_in_their_first_columns_come_once_each_and_in_order(client):
    claim = a_claim(source=a_source("First"))
    for number in range(5):
        a_figure(claim, number + 1, label=f"count {number}")
        cite(claim, a_source(f"Number {number}"))
    claim.citations.update(order=0)
    claim.figures.update(order=0)
    published(claim)
    current = published(claim, together_with="Others").current_edition
    for table, own in (("figures", current.figures), ("evidence", current.citations)):
        keys = list(own.order_by("order", "pk").values_list("pk", flat=True))
        for limit in (1, 2, 5):
            found = pages(client, f"/api/v1/{table}?claim={claim.reference}&limit={limit}")
            assert [row["id"] for page in found for row in page] == keys
    found = pages(client, f"/api/v1/editions?claim={claim.reference}&limit=1")
    assert [row["edition"] for page in found for row in page] == [1, 2]


def test_events_of_one_day_come_in_the_order_of_their_names_page_after_page(client):
    aid = an_organisation()
    for slug in ("b", "a", "d", "c"):
        Milestone.objects.create(organisation=aid, slug=slug, date="1800", title=slug, text="x")
    for limit in (1, 2, 3, 4):
        found = pages(client, f"/api/v1/timeline?organisation=harbour-aid&limit={limit}")
        assert [row["title"] for page in found for row in page] == ["a", "b", "c", "d"]
        assert [len(page) for page in found[:-1]] == [limit] * (len(found) - 1)


def test_signs_that_no_file_holds_are_left_out_and_those_next_to_them_stay(client):
    left_out = "".join(map(chr, [*range(1, 9), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF]))
    claim = published(a_claim(f"a{left_out}b\t\n\rc\x7f\ufffd"))
    [row] = client.get(f"/api/v1/claims?claim={claim.reference}").json()["claims"]
    assert row["statement"] == "a \n-b\t\n\rc\ufffd"  # what parts words becomes a space, a line or a hyphen
