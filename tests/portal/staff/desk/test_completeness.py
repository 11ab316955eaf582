"""The matrix counts each part of a profile by its own rule, and says where to look and where to add."""

import pytest
from django.utils.http import urlencode

from advocacy.models import Ask
from impact.models import Claim
from organisation.models import Milestone, Statement
from tests.support.factory import a_claim, a_source, an_organisation, published
from tests.support.people import alice, staff_with

pytestmark = pytest.mark.django_db

KINDS = {
    "Vision": "vision",
    "Mission": "mission",
    "Goal": "goal",
    "Values": "value",
    "Structure": "structure",
    "Work areas": "work area",
}


@pytest.fixture
def row(client):
    """Returns a function that gives the row of Harbour Aid in the matrix."""
    client.force_login(alice())

    def read():
        rows = client.get("/admin/completeness/").context["rows"]
        return next(row for row in rows if row.organisation.slug == "harbour-aid")

    return read


def counts(row):
    return {str(cell.title): cell.count for cell in row.cells}


def test_each_part_is_counted_by_its_own_kind(row):
    aid, other = an_organisation(profiled=True), an_organisation("Hill Aid", profiled=True)
    for organisation, more in ((aid, 0), (other, 3)):
        for number, kind in enumerate(KINDS.values(), 1 + more):
            for copy in range(number):
                Statement.objects.create(
                    organisation=organisation, slug=f"{kind}-{copy}", kind=kind, title="x", text="x"
                )
        Statement.objects.create(organisation=organisation, slug="about", kind="about", text="x")
        for copy in range(7 + more):
            Milestone.objects.create(organisation=organisation, slug=f"m{copy}", title="x", text="x")
        for copy in range(8 + more):
            Ask.objects.create(organisation=organisation, slug=f"{organisation.slug}-{copy}", text="x")
        a_source(f"Report of {organisation}", kind="report", author=organisation)
        a_source(f"Book of {organisation}", kind="publication", author=organisation, publisher=other)
        a_source(f"Page of {organisation}", kind="web page", author=organisation)
    published(a_claim())
    published(a_claim("We taught 41 pilots"))
    published(a_claim("There was a war", type="context"))
    a_claim("A draft")
    published(a_claim("Theirs", organisation=other))
    read = row()
    assert counts(read) == {
        **dict(zip(KINDS, range(1, 7), strict=True)),
        "History": 7,
        "Impact claims": 2,
        "Advocacy": 8,
        "Publications": 2,
    }
    assert list(counts(read)) == [
        *["Vision", "Mission", "Goal", "Values", "History", "Structure", "Work areas", "Impact claims"],
        *["Advocacy", "Publications"],
    ]
    assert read.is_complete
    Milestone.objects.filter(organisation=aid).delete()
    assert not row().is_complete


def test_a_cell_leads_to_its_list_and_to_a_form_that_is_filled_in(row, client):
    aid = an_organisation(profiled=True)
    cells = {str(cell.title): cell for cell in row().cells}
    of_aid = {"organisation__id__exact": aid.pk}
    for title, list_url, add_url in (
        (
            "Work areas",
            f"/admin/organisation/statement/?{urlencode(of_aid | {'kind__exact': 'work area'})}",
            f"/admin/organisation/statement/add/?organisation={aid.pk}&kind=work+area",
        ),
        (
            "History",
            f"/admin/organisation/milestone/?{urlencode(of_aid)}",
            f"/admin/organisation/milestone/add/?organisation={aid.pk}",
        ),
        (
            "Impact claims",
            f"/admin/impact/claim/?{urlencode(of_aid)}",
            f"/admin/impact/claim/new/?organisation={aid.pk}",
        ),
        (
            "Publications",
            f"/admin/organisation/source/?author__id__exact={aid.pk}",
            f"/admin/organisation/source/add/?author={aid.pk}&kind=publication",
        ),
    ):
        assert (cells[title].list_url, cells[title].add_url) == (list_url, add_url)


def test_an_organisation_without_a_profile_has_no_row(client):
    an_organisation()
    client.force_login(alice())
    rows = client.get("/admin/completeness/").context["rows"]
    assert "harbour-aid" not in [row.organisation.slug for row in rows] and len(rows) == 3


@pytest.mark.parametrize(
    ("path", "permission"),
    [("/admin/completeness/", "view_organisation"), ("/admin/unsourced/", "view_claim")],
)
def test_each_check_opens_for_who_may_look_its_records_up(client, path, permission):
    for held, status in ((permission, 200), ("view_statement", 403)):
        client.force_login(staff_with(held))
        assert client.get(path).status_code == status


def test_the_matrix_costs_the_same_for_any_number_of_organisations(client, django_assert_max_num_queries):
    client.force_login(alice())
    for number in range(10):
        an_organisation(f"Aid {number}", profiled=True)
    client.get("/admin/completeness/")
    with django_assert_max_num_queries(12):
        client.get("/admin/completeness/")
    assert Claim.objects.exists()
