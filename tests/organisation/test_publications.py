"""Charlie narrows the publications."""

import pytest

from organisation.models import Source
from tests.support.blocks import text_of
from tests.support.factory import a_source, an_organisation, cite
from tests.support.lists import read_list

pytestmark = pytest.mark.django_db

PUBLICATIONS = "/publications/"


def test_publications_are_narrowed_by_author_and_by_year(client):
    shown = read_list(client, PUBLICATIONS)
    assert list(shown.rows) == ["Organisation", "Year"]
    assert list(shown.rows["Year"])[0] == "All" and list(shown.rows["Year"])[-1].startswith("Not stated")
    years = [text.split()[0] for text in list(shown.rows["Year"])[1:-1]]
    assert years == sorted(years, reverse=True)


@pytest.fixture
def harbour_aid():
    return an_organisation(profiled=True)


def test_the_choice_of_a_year_keeps_that_of_the_author(client, harbour_aid):
    a_source("Tides", kind="report", author=harbour_aid, published="2007-03")
    shown = read_list(client, f"{PUBLICATIONS}?organisation=harbour-aid")
    shown = read_list(client, shown.rows["Year"]["2007 (1)"])
    assert shown.current == {"Organisation": ["Harbour Aid (1)"], "Year": ["2007 (1)"]}
    assert "Tides" in shown.text
    an_organisation("Lantern Fund", profiled=True)
    assert "Tides" not in read_list(client, f"{PUBLICATIONS}?organisation=lantern-fund&year=2007").text


def test_publications_without_a_date_can_be_chosen(client, harbour_aid):
    a_source("Tides", kind="report", author=harbour_aid)
    assert "Tides" in read_list(client, f"{PUBLICATIONS}?year=none").text
    assert "Tides" not in read_list(client, f"{PUBLICATIONS}?year=2007").text


@pytest.mark.parametrize("kind", Source.Kind.values)
def test_reports_and_publications_are_publications_and_nothing_else_is(client, harbour_aid, kind):
    source = a_source("Tides", kind=kind, author=harbour_aid, published="2007")
    is_publication = kind in ("report", "publication")
    assert (source in Source.objects.publications()) is source.is_publication is is_publication
    assert ("Tides" in read_list(client, f"{PUBLICATIONS}?year=2007").text) is is_publication
    assert ("Harbour Aid (1)" in read_list(client, PUBLICATIONS).rows["Organisation"]) is is_publication
    for address in ("/data/publications.csv", "/feeds/publications.atom", "/api/v1/publications?limit=500"):
        assert (b"Tides" in client.get(address).getvalue()) is is_publication, address
    # Nothing public cites it: as a publication it is public all the same.
    assert client.get(source.get_absolute_url()).status_code == (200 if is_publication else 404)
    cite(harbour_aid, source)
    shown = client.get("/sources/tides/", follow=True)
    assert shown.status_code == 200
    assert shown.redirect_chain == ([("/publications/tides/", 301)] if is_publication else [])


@pytest.mark.parametrize("profiled", [True, False])
def test_a_report_is_a_publication_if_its_author_has_a_profile(client, profiled):
    report = a_source("Tides", kind="report", author=an_organisation(profiled=profiled))
    assert (report in Source.objects.publications()) is report.is_publication is profiled
    assert ("Tides" in read_list(client, f"{PUBLICATIONS}?year=none").text) is profiled
    assert client.get(report.get_absolute_url()).status_code == (200 if profiled else 404)
    unsigned = a_source("Shoals", kind="report")
    assert unsigned not in Source.objects.publications() and not unsigned.is_publication


@pytest.mark.parametrize(("address", "is_copy"), [("https://example.org/tides.pdf", True), ("", False)])
def test_of_a_publication_without_a_link_it_is_said_that_no_copy_is_known(
    client, harbour_aid, address, is_copy
):
    a_source("Tides", kind="report", author=harbour_aid, address=address, published="1907")
    shown = read_list(client, f"{PUBLICATIONS}?year=1907").text
    assert "Tides" in shown and ("No digital copy of it is known." in shown) is not is_copy


def test_that_no_copy_is_known_is_said_once_and_what_can_be_read_is_marked(client, harbour_aid):
    for title, address in (("Tides", ""), ("Shoals", ""), ("Reefs", "https://example.org/reefs.pdf")):
        a_source(title, kind="report", author=harbour_aid, address=address, published="1907")
    text = read_list(client, f"{PUBLICATIONS}?year=1907").text
    assert "No digital copy of 2 of them is known; what can be read is marked." in text
    assert text.count("can be read") == 2 and "Reefs Report Harbour Aid can be read" in text
    Source.objects.filter(title="Reefs").update(address="")
    text = read_list(client, f"{PUBLICATIONS}?year=1907").text
    assert "No digital copy of any of them is known." in text and "can be read" not in text


def test_they_stand_below_their_years_and_those_without_a_date_come_last(client, harbour_aid):
    for title, published in (("Old", "1801"), ("May", "1802-05"), ("Undated log", ""), ("Year", "1802")):
        a_source(title, kind="report", author=harbour_aid, published=published)
    html = client.get(f"{PUBLICATIONS}?organisation=harbour-aid").content.decode()
    parts = [text_of(part[part.index(">") + 1 :]) for part in html.split('"block of-year"')[1:]]
    assert [part.split(" Report ")[0] for part in parts] == ["1802 May", "1801 Old", "Undated Undated log"]
    assert "May 1802" in parts[0] and "Year Report" in parts[0] and parts[1].count("1801") == 1


def test_the_title_that_we_gave_a_document_is_called_ours_on_its_page_alone(client, harbour_aid):
    ours = Source.objects.create(slug="tides", kind="report", subject="On tides", author=harbour_aid)
    theirs = a_source("Shoals", kind="report", author=harbour_aid)
    assert "our title" in text_of(client.get(ours.get_absolute_url()).content.decode())
    assert "our title" not in text_of(client.get(theirs.get_absolute_url()).content.decode())
    assert "our title" not in read_list(client, PUBLICATIONS).text


def test_a_year_or_an_author_that_no_publication_has_shows_none(client):
    for query in (
        "year=1066",
        "year=200",
        "year=2007-",
        "organisation=nobody",
        "year=%25",
        "organisation=" + "x" * 5000,
    ):
        assert "Not on record." in read_list(client, f"{PUBLICATIONS}?{query}").text, query
