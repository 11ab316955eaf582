"""The desk counts what needs attention, and says what each organisation has on record."""

import pytest

from impact.models import Claim, Conflict
from organisation.models import Citation, Organisation, Source, Statement
from tests.support.crawl import Page
from tests.support.desk import vision
from tests.support.people import alice, bob

pytestmark = pytest.mark.django_db


def count_of(page, title):
    """Returns the number that stands before the title of a concern."""
    return page.split(title)[0].rsplit('desk-number">', 1)[1].split("<")[0]


def test_what_needs_attention_is_counted_and_leads_to_its_list(open_page):
    Claim.objects.get(number=24).citations.all().delete()
    Claim.objects.filter(number__in=[1, 2]).update(review_by="2020-01-01")
    Statement.objects.filter(pk=vision().pk).update(review_by="2020-01-01")
    first, second = Claim.objects.filter(number__in=[24, 28]).order_by("pk")
    Conflict.objects.create(first=first, second=second, rule="value")
    page = open_page(alice())
    for title, count, url in (
        ("Claims without a source", "1", "/admin/unsourced/"),
        ("Open conflicts", "1", ""),
        ("Claims whose review is overdue", "2", "/admin/impact/claim/?upkeep=overdue"),
        ("Statements whose review is overdue", "1", "/admin/organisation/statement/?upkeep=overdue"),
        (
            "Claims with words that age",
            str(Claim.objects.with_aging_words().count()),
            "/admin/impact/claim/?upkeep=aging",
        ),
        ("Incomplete organisations", "3", "/admin/completeness/"),
    ):
        assert (title, count_of(page, title)) == (title, count)
        assert url in page
    assert "E24" in open_page(alice(), "/admin/unsourced/")


@pytest.mark.parametrize(("overdue", "count"), [([1, 2], "2"), ([1, 2, 3], "over 2")])
def test_counting_stops_where_nobody_works_through_them_one_by_one(open_page, monkeypatch, overdue, count):
    monkeypatch.setattr("portal.staff.desk.attention.MAX_COUNT", 2)
    Claim.objects.filter(number__in=overdue).update(review_by="2020-01-01")
    assert count_of(open_page(alice()), "Claims whose review is overdue") == count


def test_a_superlative_needs_attention_until_an_independent_source_supports_it(open_page):
    before = int(count_of(open_page(alice()), "Superlatives without"))
    claim = Claim.objects.get(number=3)
    assert claim.superlatives
    Citation.objects.create(
        record=claim, source=Source.objects.first(), relation="supports", independence="independent"
    )
    assert int(count_of(open_page(alice()), "Superlatives without")) == before - 1


def test_the_matrix_says_what_each_organisation_has_on_record_and_where_to_add(open_page):
    def cells():
        page = open_page(alice(), "/admin/completeness/")
        row = page.split(">Dallaire Initiative<")[1].split("</tr>")[0]
        return {cell.split('"')[0]: cell for cell in row.split('<td data-part="')[1:]}

    dallaire = Organisation.objects.get(slug="dallaire-initiative")
    before = cells()
    assert [name for name, cell in before.items() if "Not on record" in cell] == [
        "Goal",
        "Values",
        "Structure",
        "Work areas",
        "Publications",
    ]
    assert f"/admin/organisation/statement/add/?organisation={dallaire.pk}&amp;kind=goal" in before["Goal"]
    Statement.objects.create(organisation=dallaire, slug="goal", kind="goal", text="To end it")
    assert "Not on record" not in cells()["Goal"]


def test_what_the_matrix_links_to_opens(open_page, client):
    page = open_page(bob(), "/admin/completeness/")
    for link in {link for link in Page(page).links if "?" in link}:
        assert client.get(link).status_code == 200, link
