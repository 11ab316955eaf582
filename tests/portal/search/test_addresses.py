"""A hit leads to the page that shows its record: nearest to its organisation, the first of several."""

import pytest
from cms.models import PageContent

from advocacy.models import Ask
from organisation.models import Affiliation
from tests.support.factory import a_profiled_organisation, an_organisation
from tests.support.pages import a_page, version_of
from tests.support.people import bob

from .results_page import hit_addresses, results_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def aid():
    return a_profiled_organisation()


def statement(organisation, **values):
    values = {"slug": "zorble", "kind": "position", "text": "zorble"} | values
    return organisation.statements.create(**values)


def test_a_statement_leads_to_its_page_below_the_organisation_before_any_other(client, aid):
    shown = statement(aid)
    assert hit_addresses(client, "zorble") == ["/organisations/harbour-aid/"]
    block = ("StatementPlugin", {"statement": shown})
    second = a_page("Second", block)
    assert hit_addresses(client, "zorble") == ["/second/"]
    a_page("First", ("StatementsPlugin", {"organisation": aid, "kind": "position"}))
    assert hit_addresses(client, "zorble") == ["/first/"]
    profile = PageContent.objects.get(page__urls__path=aid.page_path)
    assert hit_addresses(client, "zorble", kind="statement") == ["/first/"]
    a_page("Words", block, parent=profile)
    assert hit_addresses(client, "zorble") == ["/organisations/harbour-aid/words/"]
    for content in (second, profile):
        assert version_of(content).state == "published"


@pytest.mark.parametrize(
    "other",
    [
        lambda aid: {"organisation": an_organisation("Other", profiled=True), "kind": "position"},
        lambda aid: {"organisation": aid, "kind": "goal"},
    ],
)
def test_a_list_of_another_kind_or_of_another_organisation_is_no_place_of_a_statement(client, aid, other):
    statement(aid)
    a_page("Elsewhere", ("StatementsPlugin", other(aid)))
    assert hit_addresses(client, "zorble") == ["/organisations/harbour-aid/"]


def test_a_page_that_is_taken_down_or_only_a_draft_is_no_place(client, aid):
    content = a_page("Place", ("StatementPlugin", {"statement": statement(aid)}))
    version_of(content).unpublish(bob())
    assert hit_addresses(client, "zorble") == ["/organisations/harbour-aid/"]


def test_an_ask_leads_to_its_line_among_the_asks_of_its_organisation_or_to_nothing_but_the_profile(
    client, aid
):
    Ask.objects.create(organisation=aid, slug="z", text="zorble")
    a_page("All asks", ("AsksPlugin", {}))
    a_page("Facts", ("FactsPlugin", {"organisation": aid}))
    other = an_organisation("Other", profiled=True)
    a_page("Theirs", ("OrganisationAsksPlugin", {"organisation": other}))
    assert hit_addresses(client, "zorble") == ["/organisations/harbour-aid/"]
    a_page("Ours", ("OrganisationAsksPlugin", {"organisation": aid}))
    assert hit_addresses(client, "zorble") == ["/ours/#ask-z"]


def test_an_affiliation_leads_to_the_list_of_its_role(client, aid):
    Affiliation.objects.create(organisation=aid, region="Zorble", role="partner")
    a_page("Founders", ("AffiliationsPlugin", {"organisation": aid, "role": "founder"}))
    assert hit_addresses(client, "zorble") == ["/organisations/harbour-aid/"]
    a_page("Partners", ("AffiliationsPlugin", {"organisation": aid, "role": "partner"}))
    assert hit_addresses(client, "zorble") == ["/partners/"]


def test_a_hit_that_leads_nowhere_is_shown_without_a_link_and_not_suggested(client):
    named = an_organisation("Named only")
    Ask.objects.create(organisation=named, slug="z", text="zorble")
    assert hit_addresses(client, "zorble") == [] and "<mark>zorble</mark>" in results_page(client, "zorble")
    assert client.get("/search/suggest/", {"q": "zorble"}).json() == {"suggestions": []}


def test_home_is_found_at_the_root_and_a_page_at_its_own_address(client, aid):
    assert "/" in hit_addresses(client, "Children's Rights Up Front", kind="page")
    above = a_page("Above", "<p>x</p>")
    a_page("Zorble", "<p>x</p>", parent=above)
    assert hit_addresses(client, "zorble") == ["/above/zorble/"]


def test_a_page_below_one_that_is_taken_down_is_no_place(client, aid):
    above = a_page("Above")
    a_page("Place", ("StatementPlugin", {"statement": statement(aid)}), parent=above)
    assert hit_addresses(client, "zorble") == ["/above/place/"]
    version_of(above).unpublish(bob())
    assert hit_addresses(client, "zorble") == ["/organisations/harbour-aid/"]
