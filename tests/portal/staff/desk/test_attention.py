"""The desk counts what needs attention, and says what each organisation has on record."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from impact.models import Claim, Conflict
from organisation.models import Citation, Milestone, Source, Statement
from tests.support.crawl import Page
from tests.support.desk import DESK, vision
from tests.support.factory import a_claim, a_statement, an_ask, an_organisation, published
from tests.support.people import alice, bob, staff_with

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
        row = page.split(">Harbour Aid<")[1].split("</tr>")[0]
        return {cell.split('"')[0]: cell for cell in row.split('<td data-part="')[1:]}

    aid = an_organisation(profiled=True)
    for kind in ("vision", "mission"):
        a_statement(slug=kind, kind=kind)
    Milestone.objects.create(organisation=aid, slug="founded", title="Founded", text="It was founded.")
    published(a_claim())
    an_ask()
    before = cells()
    assert [name for name, cell in before.items() if "Not on record" in cell] == [
        "Goal",
        "Values",
        "Structure",
        "Work areas",
        "Publications",
    ]
    assert f"/admin/organisation/statement/add/?organisation={aid.pk}&amp;kind=goal" in before["Goal"]
    a_statement("To end it", kind="goal")
    assert "Not on record" not in cells()["Goal"]


def test_what_the_matrix_links_to_opens(open_page, client):
    page = open_page(bob(), "/admin/completeness/")
    for link in {link for link in Page(page).links if "?" in link}:
        assert client.get(link).status_code == 200, link


@pytest.fixture
def concerns(client):
    """Returns a function that gives {title: (number, is more, address)} as a person sees it."""

    def read(user):
        client.force_login(user)
        return {
            concern.title: (concern.count.number, concern.count.more, concern.url)
            for concern in client.get(DESK).context["attention"]
        }

    return read


def test_each_concern_is_counted_by_its_own_rule_and_leads_to_its_own_list(concerns):
    Claim.objects.update(aging="", superlatives="", review_by="2999-01-01")
    Statement.objects.update(aging="", review_by="2999-01-01")
    Conflict.objects.all().delete()
    claims, statements = Claim.objects.order_by("number"), Statement.objects.order_by("pk")
    Claim.objects.filter(number__lte=2).update(aging="now")
    Claim.objects.filter(number__lte=3).update(superlatives="first")
    Claim.objects.filter(number__lte=4).update(review_by=timezone.localdate() - timedelta(days=1))
    Claim.objects.filter(number=5).update(review_by=timezone.localdate())
    for pk in statements.values_list("pk", flat=True)[:5]:
        Statement.objects.filter(pk=pk).update(aging="now")
    for pk in statements.values_list("pk", flat=True)[:6]:
        Statement.objects.filter(pk=pk).update(review_by=timezone.localdate() - timedelta(days=1))
    for number, decision in enumerate(Conflict.Decision.values):
        first, second = claims[2 * number : 2 * number + 2]
        Conflict.objects.create(
            first=min(first, second, key=lambda claim: claim.pk),
            second=max(first, second, key=lambda claim: claim.pk),
            rule="value",
            decision=decision,
            why="Another year",
            decided_at=timezone.now(),
        )
    assert len(Conflict.Decision.values) > 1
    for claim in claims.filter(number__lte=3):
        claim.citations.update(independence="own")
    claims_url, statements_url = "/admin/impact/claim/", "/admin/organisation/statement/"
    found = concerns(alice())
    assert list(found) == [
        "Claims without a source",
        "Open conflicts",
        "Claims with a figure that does not say how it is written",
        "Claims whose review is overdue",
        "Claims with words that age",
        "Superlatives without independent evidence",
        "Statements whose review is overdue",
        "Statements with words that age",
        "Incomplete organisations",
    ]
    assert found["Open conflicts"] == (1, False, "/admin/impact/conflict/?decision__exact=")
    assert found["Claims whose review is overdue"] == (4, False, f"{claims_url}?upkeep=overdue")
    assert found["Claims with words that age"] == (2, False, f"{claims_url}?upkeep=aging")
    assert found["Superlatives without independent evidence"] == (
        3,
        False,
        f"{claims_url}?upkeep=superlatives",
    )
    assert found["Statements whose review is overdue"] == (6, False, f"{statements_url}?upkeep=overdue")
    assert found["Statements with words that age"] == (5, False, f"{statements_url}?upkeep=aging")


@pytest.mark.parametrize(
    ("permission", "titles"),
    [
        ("view_claim", 6),
        ("view_statement", 2),
        ("view_organisation", 1),
        ("view_source", 0),
    ],
)
def test_staff_are_told_what_they_may_look_up(concerns, permission, titles):
    found = concerns(staff_with(permission))
    word = {"view_statement": "Statements", "view_organisation": "organisations"}.get(permission, "")
    assert len(found) == titles and all(word in title for title in found)


@pytest.mark.parametrize(
    ("relation", "independence", "is_unsourced", "is_unsupported"),
    [
        ("states", "independent", False, False),
        ("states", "partner", False, True),
        ("supports in part", "own", False, True),
        ("supports in part", "independent", False, True),
        ("supports", "own", False, True),
        ("supports", "partner", False, True),
        ("supports", "independent", False, False),
        ("contradicts", "independent", False, True),
        ("repeats", "independent", True, True),
        ("context", "independent", True, True),
    ],
)
def test_a_citation_counts_by_its_relation_and_its_independence(
    concerns, relation, independence, is_unsourced, is_unsupported
):
    titles = "Claims without a source", "Superlatives without independent evidence"
    before = concerns(alice())
    claim = a_claim("The first to teach pilots")
    Claim.objects.filter(pk=claim.pk).update(superlatives="first")
    claim.citations.update(relation=relation, independence=independence)
    after = concerns(alice())
    assert [after[title][0] - before[title][0] for title in titles] == [is_unsourced, is_unsupported]


@pytest.mark.parametrize(("count", "expected"), [(999, (999, False)), (1_000, (999, True))])
def test_the_desk_counts_to_999(concerns, monkeypatch, count, expected):
    rows = [SimpleNamespace(is_complete=False)] * count + [SimpleNamespace(is_complete=True)] * 5
    monkeypatch.setattr("portal.staff.desk.attention.completeness_rows", lambda: rows)
    assert concerns(alice())["Incomplete organisations"][:2] == expected


@pytest.mark.parametrize(("count", "is_cut"), [(200, False), (201, True)])
def test_two_hundred_claims_without_a_source_are_listed(client, count, is_cut):
    no_value = {"value": None, "value_as_written": "", "value_qualifier": "", "value_of": ""}
    Citation.objects.filter(content_type__app_label="impact").exclude(content_type__model="edition").update(
        relation="states", **no_value
    )
    first = Claim.objects.latest("number").number + 1
    Claim.objects.bulk_create(
        Claim(number=first + number, organisation=an_organisation(), statement="s", subject="s")
        for number in range(count)
    )
    client.force_login(alice())
    response = client.get("/admin/unsourced/")
    [group] = response.context["groups"]
    assert (len(group.hits), group.is_cut) == (200, is_cut)
    assert group.hits[0].title == f"E{first}" and group.hits[0].text == "s"
    assert ("There are more" in response.content.decode()) is is_cut


def test_where_every_claim_has_a_source_the_list_is_empty(client):
    client.force_login(alice())
    assert client.get("/admin/unsourced/").context["groups"] == []
