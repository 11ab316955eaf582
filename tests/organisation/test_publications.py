"""Charlie narrows the publications."""

import pytest

from organisation.models import Organisation, Source
from tests.support.lists import read_list

pytestmark = pytest.mark.django_db

PUBLICATIONS = "/publications/"


def test_publications_are_narrowed_by_author_and_by_year(client):
    shown = read_list(client, PUBLICATIONS)
    assert list(shown.rows) == ["Organisation", "Year"]
    assert list(shown.rows["Year"])[0] == "All" and list(shown.rows["Year"])[-1].startswith("Not stated")
    years = [text.split()[0] for text in list(shown.rows["Year"])[1:-1]]
    assert years == sorted(years, reverse=True)


def test_the_choice_of_a_year_keeps_that_of_the_author(client):
    dallaire = Organisation.objects.get(slug="dallaire-initiative")
    Source.objects.create(
        slug="a", kind="report", title="A made-up report", author=dallaire, published="2007-03"
    )
    shown = read_list(client, f"{PUBLICATIONS}?organisation=dallaire-initiative")
    shown = read_list(client, shown.rows["Year"]["2007 (1)"])
    assert shown.current == {"Organisation": ["Dallaire Initiative (1)"], "Year": ["2007 (1)"]}
    assert "A made-up report" in shown.text
    assert (
        "A made-up report" not in read_list(client, f"{PUBLICATIONS}?organisation=coalition&year=2007").text
    )


def test_publications_without_a_date_can_be_chosen(client):
    Source.objects.create(
        slug="a", kind="report", title="A made-up report", author=Organisation.objects.get(slug="coalition")
    )
    assert "A made-up report" in read_list(client, f"{PUBLICATIONS}?year=none").text
    assert "A made-up report" not in read_list(client, f"{PUBLICATIONS}?year=2007").text


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
