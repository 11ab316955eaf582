"""Whatever speaks of an organisation that is over says so, and its own words carry their date."""

import json
import re
from html import unescape

import pytest
from cms.models import PageContent
from django.utils.html import strip_tags

from organisation.models import Affiliation, Milestone, Succession
from organisation.standing import standings_of
from portal.exports.charts.claims import claims_chart
from portal.exports.report.content import load_report
from portal.exports.report.template_data import report_data
from portal.graphics.share_images.image import alt_text_of_edition
from tests.portal.search.results_page import hit_addresses, results_page, suggestions
from tests.support.api import read_rows
from tests.support.citations import citations_on
from tests.support.factory import (
    a_claim,
    a_page_with,
    a_passage,
    a_profiled_organisation,
    a_source,
    a_statement,
    an_ask,
    an_instrument,
    an_organisation,
    cite,
    published,
)
from tests.support.pages import a_page, profile_of

pytestmark = pytest.mark.django_db

CLOSED, UNDATED = "Harbour Aid (closed 2019)", "as it said, undated"
OF_ITSELF = "as it said of itself, undated"
LIFE = "Closed on 7 June 2019. Passed programmes on to Lantern Fund (2019)."
HEIR = "Took over programmes of Harbour Aid (2019). Harbour Aid closed on 7 June 2019."


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return re.sub(r"\s+", " ", unescape(strip_tags(response.content.decode())))


@pytest.fixture
def closed():
    """Harbour Aid, which has closed and has an heir; both are found by visitors."""
    organisation = an_organisation(closed="2019-06-07", profiled=True)
    profile_of(organisation, ("HistoryPlugin", {"organisation": organisation}))
    organisation.refresh_from_db()
    heir = a_profiled_organisation("Lantern Fund")
    register = a_source("Register of charities")
    for values in (
        {"kind": "closed", "date": "2019-06-07"},
        {"kind": "programmes passed on", "later": heir, "date": "2019"},
    ):
        cite(Succession.objects.create(earlier=organisation, **values), register, "supports", "independent")
    return organisation


@pytest.fixture
def claim(closed):
    return published(a_claim("We teach 40 pilots", source=a_source("Our work", author=closed)))


def test_every_page_below_its_profile_tells_its_life_with_what_shows_it(client, closed):
    a_page("Values", "<p>What it valued.</p>", parent=profile_content(closed), slug="values")
    for address in ("/organisations/harbour-aid/", "/organisations/harbour-aid/values/"):
        page = text_of(client, address)
        assert LIFE in page and "Register of charities supported by an independent source" in page, address
    assert HEIR in text_of(client, "/organisations/lantern-fund/")


def profile_content(organisation):
    return PageContent.objects.get(page__urls__path=organisation.page_path)


def test_its_history_names_its_closing_and_its_heirs_and_that_of_the_heir_what_it_took_over(client, closed):
    Milestone.objects.create(organisation=closed, slug="x", date="2001", title="Moved", text="We moved.")
    history = text_of(client, "/organisations/harbour-aid/")
    order = ["Moved", "Harbour Aid passed programmes on to Lantern Fund", "Harbour Aid closed"]
    assert sorted(order, key=history.rindex) == order
    heir = a_page_with("HistoryPlugin", organisation=an_organisation("Lantern Fund"))
    assert "Harbour Aid passed programmes on to Lantern Fund" in text_of(client, heir)
    assert "Harbour Aid closed" not in text_of(client, heir)
    assert "Harbour Aid closed" in text_of(client, "/timeline/?organisation=harbour-aid")
    assert "Harbour Aid passed programmes on" in text_of(client, "/timeline/?organisation=lantern-fund")


def test_a_succession_that_a_milestone_tells_stands_in_a_history_once(client, closed):
    passage = a_passage("We closed in June.")
    milestone = Milestone.objects.create(organisation=closed, slug="x", title="The end", text="We closed.")
    for record in (milestone, Succession.objects.get(kind="closed", earlier=closed)):
        cite(record, passage.source, passage=passage)
    history = text_of(client, "/organisations/harbour-aid/")
    assert "The end" in history and "7 June 2019 Harbour Aid closed" not in history


@pytest.mark.parametrize(
    ("plugin", "settings", "make"),
    [
        ("StatementsPlugin", {"kind": "vision"}, lambda whose: a_statement(organisation=whose)),
        ("OrganisationAsksPlugin", {}, lambda whose: an_ask(organisation=whose)),
        (
            "HistoryPlugin",
            {},
            lambda whose: Milestone.objects.create(organisation=whose, slug="x", title="T", text="We teach."),
        ),
        (
            "AffiliationsPlugin",
            {"role": "partner"},
            lambda whose: Affiliation.objects.create(organisation=whose, region="The coast", role="partner"),
        ),
    ],
)
def test_what_it_says_in_a_block_carries_the_date_of_its_source(client, closed, plugin, settings, make):
    record = make(closed)
    address = a_page_with(plugin, organisation=closed, **settings)
    of_itself = " of itself" if plugin == "StatementsPlugin" else ""
    assert f"as it said{of_itself}, undated" in text_of(client, address)
    cite(record, a_source("Yearbook", published="2007"))
    assert f"as it said{of_itself} in 2007" in text_of(client, address)
    Succession.objects.filter(earlier=closed).delete()
    closed.closed = ""
    closed.save()
    assert "as it said" not in text_of(client, address)


def test_its_claim_says_so_wherever_it_stands(client, closed, claim):
    reference = claim.reference.lower()
    page = text_of(client, claim.get_absolute_url())
    assert page.count(LIFE) == 1 and CLOSED in page and UNDATED in page
    a_page_with("ClaimsPlugin", claims=[claim])
    for address in (
        f"/evidence/{reference}/v1/",
        f"/embed/{reference}/",
        "/evidence/?organisation=harbour-aid",
        "/page-of-a-test/",
        "/impact/report/",
        "/sources/our-work/",
    ):
        page = text_of(client, address)
        assert CLOSED in page and UNDATED in page, address
    feed = client.get("/feeds/claims.atom").content.decode()
    assert f"{CLOSED}, {UNDATED}" in feed
    oembed = client.get("/oembed", {"url": f"http://testserver{claim.get_absolute_url()}"}).json()
    assert oembed["author_name"] == CLOSED
    assert CLOSED in alt_text_of_edition(claim.current_edition)


def test_its_name_carries_its_end_in_citations_lists_feeds_and_charts(client, closed, claim):
    path = claim.current_edition.get_absolute_url()
    for address in (path, "/sources/our-work/"):
        for file_format in ("bib", "ris", "json"):
            assert "Harbour Aid: closed 2019." in client.get(f"{address}cite.{file_format}").content.decode()
        citations = citations_on(client, address)
        assert len(citations) == 2 and all("Harbour Aid: closed 2019." in each for each in citations)
    assert f"{CLOSED} (1)" in text_of(client, "/evidence/")
    assert f"{CLOSED} (" in text_of(client, "/search/?q=pilots&organisation=harbour-aid")
    a_source("Our book", author=closed, kind="report")
    for name in ("claims", "publications"):
        assert f"– {CLOSED}</title>" in client.get(f"/feeds/{name}.atom").content.decode()
    chart = claims_chart(closed)
    assert {row.names[0] for row in chart.rows} == {CLOSED} == {panel.title for panel in chart.panels}


def test_what_became_of_it_is_told_in_words_of_ours_and_not_in_its_own(client, closed):
    own = a_source("Our end", author=closed)
    cite(Succession.objects.get(kind="closed", earlier=closed), own)
    page = text_of(client, "/organisations/harbour-aid/")
    assert "Our end stated by itself" in page and "Our end its own words" not in page
    [part] = report_data(load_report(closed), "https://example.org")["parts"]
    assert "stated by itself" in [each["relation"] for each in part["life"]["notes"]]


def test_its_documents_and_instruments_name_it_with_its_end(client, closed):
    source = a_source("Our work", author=closed, kind="report", published="2004")
    instrument = an_instrument(body=closed)
    assert CLOSED in text_of(client, source.get_absolute_url())
    assert LIFE in text_of(client, source.get_absolute_url())
    assert CLOSED in text_of(client, instrument.get_absolute_url())
    assert CLOSED in client.get("/feeds/publications.atom").content.decode()
    assert CLOSED in text_of(client, "/publications/")


def test_the_answers_of_the_api_say_what_became_of_it(client, closed, claim):
    row = client.get("/api/v1/organisations/harbour-aid").json()
    assert (row["closed"], row["succeeded_by"], row["life_line"]) == ("2019-06-07", ["Lantern Fund"], LIFE)
    for name in ("claims", "editions", "figures"):
        for row in read_rows(client, f"/api/v1/{name}?organisation=harbour-aid"):
            assert row["organisation_life"] == "closed 2019", name
    [row] = read_rows(client, "/api/v1/claims?organisation=harbour-aid")
    assert row["as_it_said"] == UNDATED
    cite(claim.current_edition, a_source("Dated", published="2007-05"))
    [row] = read_rows(client, "/api/v1/claims?organisation=harbour-aid")
    assert row["as_it_said"] == "as it said in May 2007"
    [row] = read_rows(client, f"/api/v1/evidence?claim={claim.reference}")[:1]
    assert row["author_life"] == "closed 2019"


def test_linked_data_names_the_day_it_was_dissolved(client, closed, claim):
    for address in ("/organisations/harbour-aid/", claim.get_absolute_url()):
        page = client.get(address).content.decode()
        graph = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])
        assert '"dissolutionDate": "2019-06-07"' in json.dumps(graph), address


def test_its_report_tells_its_life_and_dates_its_words(closed, claim):
    a_statement(organisation=closed, kind="mission")
    [part] = report_data(load_report(closed), "https://example.org")["parts"]
    assert " ".join(part["life"]["sentences"]) == LIFE
    assert [each["relation"] for each in part["life"]["notes"]] == ["supported by an independent source"]
    kinds = [each["kind"] for each in part["aim"]["statements"]]
    assert kinds == [f"Mission, {OF_ITSELF}, in our words"]
    assert {"term": "Said", "value": UNDATED} in part["claims"]["list"][0]["facts"]


def test_who_is_still_there_stands_first(client, closed):
    address = a_page_with("StandingPlugin")
    page = text_of(client, address)
    assert page.index("Lantern Fund: no source on record says that it has closed.") < page.index(LIFE)
    standings = standings_of([closed, an_organisation("Lantern Fund")])
    assert [str(each) for each in standings] == [
        "Lantern Fund: no source on record says that it has closed.",
        f"Harbour Aid: {LIFE}",
    ]


def test_of_two_names_the_last_tells_all_and_the_former_its_own_end_alone():
    former, last = an_organisation("Quay Aid"), an_organisation("Pier Fund")
    Succession.objects.create(kind="renamed", earlier=former, later=last, date="2011")
    Succession.objects.create(kind="closed", earlier=last, date="2019")
    assert [str(each) for each in standings_of([former, last])] == [
        "Pier Fund: Closed in 2019. Formerly Quay Aid (renamed: 2011).",
        "Quay Aid: Renamed Pier Fund (2011).",
    ]


def test_a_search_for_its_story_finds_it_and_its_heir(client, closed):
    for query in ("Harbour Aid story", "Harbour Aid closed", "what happened to Harbour Aid"):
        found = hit_addresses(client, query)
        assert {"/organisations/harbour-aid/", "/organisations/lantern-fund/"} <= set(found), query
    assert "<span>closed 2019</span>" in results_page(client, "Harbour Aid story")
    assert "Harbour Aid (closed 2019)" in [each["title"] for each in suggestions(client, "harbour")]


def test_search_follows_what_becomes_of_an_heir_s_heir(client, closed):
    heir, third = an_organisation("Lantern Fund"), a_profiled_organisation("Lighthouse")
    Succession.objects.create(kind="renamed", earlier=heir, later=third)
    assert "/organisations/harbour-aid/" in hit_addresses(client, "Lighthouse renamed")
    third.official_name = "Beacon"
    third.save()
    assert "/organisations/harbour-aid/" in hit_addresses(client, "Beacon renamed")
    assert hit_addresses(client, "Lighthouse renamed") == []


def test_what_it_says_is_dated_among_the_results_of_a_search(client, closed, claim):
    a_statement("We steer every ship.", organisation=closed)
    for query, kind, said in (("steer", "statement", OF_ITSELF), ("pilots", "claim", UNDATED)):
        assert f"<span>{said}</span>" in results_page(client, query, kind=kind), query
