"""A donor narrows the highlights on the impact page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from impact.models import Edition, Highlight
from tests.support.factory import an_organisation
from tests.support.lists import publish_claims, read_list

pytestmark = pytest.mark.django_db

IMPACT = "/impact/"


def highlight(claims):
    Highlight.objects.bulk_create(
        [Highlight(claim=claim, where="impact", order=100 + n) for n, claim in enumerate(claims)]
    )


def references(editions):
    return [f"E{edition.claim.number}" for edition in editions]


def test_the_highlights_are_narrowed_by_organisation_theme_grade_and_year(client):
    shown = read_list(client, IMPACT)
    highlighted = Edition.objects.highlighted("impact")
    assert list(shown.rows) == ["Organisation", "Theme", "Grade", "Year"]
    assert shown.count == f"{highlighted.count()} claims"
    assert shown.cards == references(highlighted)
    assert list(shown.rows["Year"]) == ["All", f"Not stated ({highlighted.count()})"]


def test_choices_combine_and_lead_back_to_the_list(client):
    harbour_aid = an_organisation()
    highlight(publish_claims(1, organisation=harbour_aid, grade="disputed"))
    highlight(publish_claims(2, organisation=harbour_aid, slug="another"))
    chosen = read_list(client, IMPACT).rows["Organisation"]["Harbour Aid (3)"]
    assert chosen.endswith("#highlights-across-organisations")
    shown = read_list(client, chosen)
    assert shown.count == "3 claims"
    disputed = read_list(client, shown.rows["Grade"]["Disputed (1)"])
    assert disputed.count == "1 claim"
    assert disputed.cards == references(
        Edition.objects.highlighted("impact").filter(organisation=harbour_aid, grade="disputed")
    )


def test_a_year_is_that_of_the_day_a_claim_holds_for_and_not_stated_is_a_year_too(client):
    highlight(publish_claims(1, as_of="2007-05") + publish_claims(2, as_of="2014"))
    years = read_list(client, IMPACT).rows["Year"]
    assert list(years)[:3] == ["All", "2014 (2)", "2007 (1)"] and list(years)[3].startswith("Not stated")
    assert len(read_list(client, years["2014 (2)"]).cards) == 2
    assert (
        len(read_list(client, f"{IMPACT}?year=none").cards)
        == Edition.objects.highlighted("impact").filter(as_of="").count()
    )
    assert read_list(client, f"{IMPACT}?year=20").cards == []


@pytest.mark.parametrize("key", ["organisation", "theme", "grade", "year"])
@pytest.mark.parametrize("value", ["zugzwang", "' OR 1=1 --", "<script>", "x" * 5000, "0000", "-1", "%25"])
def test_a_value_that_nothing_has_shows_nothing_and_breaks_nothing(client, key, value):
    shown = read_list(client, f"{IMPACT}?{key}={value}")
    assert (shown.count, shown.cards) == ("0 claims", [])
    assert "Not on record." in shown.text


def test_the_page_costs_the_same_few_queries_however_many_highlights_there_are(client):
    def count_queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{IMPACT}?grade=organisation+only")
        return len(captured)

    count_queries()  # the first page of a process also fetches content types and the site
    before = count_queries()
    highlight(publish_claims(120))
    assert count_queries() == before


def test_the_claims_on_home_are_chosen_by_staff_and_narrowed_by_nobody(client):
    assert read_list(client, "/?organisation=harbour-aid").rows == {}
    assert read_list(client, "/?organisation=harbour-aid").cards == references(
        Edition.objects.highlighted("home claims")
    )
