"""An editor chooses what a chart shows; its file has an address by that, and former addresses lead on."""

import pytest
from cms.models import CMSPlugin
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from djangocms_versioning.models import Version

from impact.models import Claim
from portal.models import ChartBlock
from tests.portal.exports.test_charts import FIGURES, PUBLICATIONS, csv_of, figure_of
from tests.support.factory import a_claim, a_page_with, a_source, an_organisation
from tests.support.forms import filled_in
from tests.support.lists import publish_claims
from tests.support.pages import a_page, version_of
from tests.support.people import alice, bob
from tests.support.proposals import at_desk, decide, form_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def aid():
    """Harbour Aid has reports of two years, and none of the year between."""
    aid = an_organisation(profiled=True)
    for date in ("2004", "2006"):
        a_source(f"Report {date}", kind="report", author=aid, published=date)
    return aid


@pytest.mark.parametrize(
    "slug",
    [
        "nothing",
        "figures-e9999",
        "figures-e010",
        "figures-10",
        "publications-nobody-2004-2006",
        "publications-harbour-aid-2006-2004",
        "publications-harbour-aid-1900-1901",
        "publications-harbour-aid-2004",
        "publications-harbour-aid-1976-2006",
    ],
)
def test_a_chart_of_nothing_on_record_is_not_found(client, slug):
    assert client.get(f"/data/charts/{slug}.csv").status_code == 404


def test_a_page_does_not_name_whose_profile_was_taken_away(client, aid):
    values = {"organisation": aid, "first_year": 2004, "last_year": 2006}
    a_page_with("ChartPlugin", slug="two", chart="publications", **values)
    assert "Publications of Harbour Aid" in client.get("/two/").content.decode()
    desk = at_desk(alice())
    desk.post(form_of(aid), filled_in(desk.get(form_of(aid)), profiled=""))
    decide(bob())
    assert not aid.is_public
    desk.post(form_of(aid), filled_in(desk.get(form_of(aid)), short_name="Words of Alice alone"))
    aid.refresh_from_db()
    assert aid.short_name == "Words of Alice alone"  # at once, for no visitor finds it on record
    assert "Words of Alice alone" not in client.get("/two/").content.decode()


def test_thirty_years_are_drawn_and_a_claim_without_figures_is_not(client):
    assert len(csv_of(client, "publications-harbour-aid-1978-2007")) == 30
    claim = a_claim()
    claim.publish(by=bob(), seen=Claim.AS_STORED)
    assert client.get(f"/data/charts/figures-{claim.reference.lower()}.csv").status_code == 404


def test_the_former_addresses_lead_to_the_first_chart_of_their_kind_on_a_public_page(client, aid):
    ChartBlock.objects.all().delete()
    former = ("/data/charts/training.csv", "/data/charts/publications.csv")
    assert [client.get(path).status_code for path in former] == [404, 404]
    claim = Claim.objects.get(number=10)
    values = {"organisation": aid, "first_year": 2004, "last_year": 2006}
    a_page_with("ChartPlugin", slug="one", chart="figures", claim=claim)
    a_page_with("ChartPlugin", slug="two", chart="publications", **values)
    a_page_with("ChartPlugin", slug="three", chart="publications", **values | {"first_year": 2005})
    assert [client.get(path)["Location"] for path in former] == [
        f"/data/charts/{FIGURES}.csv",
        f"/data/charts/{PUBLICATIONS}.csv",
    ]


def test_where_no_page_holds_the_register_a_chart_leads_to_none(client):
    CMSPlugin.objects.filter(plugin_type="RegisterPlugin").delete()
    publish_claims(60, grade="supported", organisation=an_organisation())
    figure = figure_of("claims")
    assert "/evidence/?" not in figure and "The register of every claim" not in figure
    assert "Sources:" not in figure and "<svg" in figure


CHOICES = {
    "no claim": ({"chart": "figures"}, "Choose the claim whose figures are drawn, and nothing below it."),
    "a claim and a year": (
        {"chart": "figures", "claim": True, "first_year": 2004},
        "Choose the claim whose figures are drawn, and nothing below it.",
    ),
    "nobody's publications": (
        {"chart": "publications", "first_year": 2004, "last_year": 2006},
        "Choose no claim, but whose publications are counted, and the first and the last year.",
    ),
    "years that run back": (
        {"chart": "publications", "organisation": True, "first_year": 2007, "last_year": 2006},
        "The last year is not before the first, and there are at most 30: change one.",
    ),
    "too many years": (
        {"chart": "publications", "organisation": True, "first_year": 1976, "last_year": 2006},
        "The last year is not before the first, and there are at most 30: change one.",
    ),
    "claims of one organisation": (
        {"chart": "claims", "organisation": True},
        "This chart counts every claim: leave everything below it empty.",
    ),
}


def chosen(values, aid):
    records = {"claim": Claim.objects.get(number=10), "organisation": aid}
    return ChartBlock(**{name: records[name] if value is True else value for name, value in values.items()})


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_that_no_chart_could_show_is_refused_with_one_sentence(name, aid):
    values, sentence = CHOICES[name]
    with pytest.raises(ValidationError) as refused:
        chosen(values, aid).clean()
    assert refused.value.messages == [sentence]


@pytest.mark.parametrize(
    "values",
    [
        {"chart": "claims"},
        {"chart": "figures", "claim": True},
        {"chart": "publications", "organisation": True, "first_year": 2006, "last_year": 2006},
        {"chart": "publications", "organisation": True, "first_year": 1978, "last_year": 2007},
    ],
)
def test_a_choice_that_a_chart_can_show_is_taken(values, aid):
    chosen(values, aid).clean()


def test_alice_chooses_a_chart_in_the_form_of_its_block_and_is_told_what_is_missing(aid):
    content = a_page("Drawn", ("ChartPlugin", {"chart": "claims"}), slug="drawn")
    desk = Client()
    desk.force_login(alice())
    published = version_of(content)
    desk.post(reverse("admin:djangocms_versioning_pagecontentversion_edit_redirect", args=[published.pk]))
    draft = Version.objects.filter_by_grouper(content.page).get(state="draft")
    block = ChartBlock.objects.get(placeholder__in=draft.content.get_placeholders())
    address = reverse("admin:cms_placeholder_edit_plugin", args=[block.pk]) + "?cms_path=/drawn/"
    form = {"heading": "", "chart": "publications", "claim": "", "organisation": aid.pk}
    refused = desk.post(address, form | {"first_year": "2004", "last_year": ""})
    assert CHOICES["nobody's publications"][1] in refused.content.decode()
    years = {"first_year": "2004", "last_year": "999"}
    assert "is greater than or equal to 1000" in desk.post(address, form | years).content.decode()
    desk.post(address, form | {"first_year": "2004", "last_year": "2006"})
    block.refresh_from_db()
    assert (block.chart, block.organisation, block.first_year, block.last_year) == (
        "publications",
        aid,
        2004,
        2006,
    )
