"""Each filter lets through what it names, and a table holds nothing that only a draft names."""

import pytest

from advocacy.models import Instrument
from organisation.models import Affiliation, Organisation
from tests.support.api import read_rows
from tests.support.factory import a_claim, a_figure, a_source, an_organisation, cite, published

pytestmark = pytest.mark.django_db

CLAIM_QUERIES = [
    ("claims", "", ["one", "two", "three"]),
    ("claims", "&type=outcome", ["two"]),
    ("claims", "&theme=law+and+standards", ["three"]),
    ("claims", "&grade=disputed", ["two"]),
    ("claims", "&grade=organisation+only", ["one"]),
    ("claims", "&grade=stated", ["one", "three"]),
    ("claims", "&year=2010", ["one", "two"]),
    ("claims", "&year=none", ["three"]),
    ("editions", "&year=2010", ["one", "two", "two"]),
    ("figures", "", ["one", "two"]),
    ("figures", "&year=2008", ["two"]),
    ("figures", "&year=none", ["one"]),
    ("evidence", "", ["one", "three", "two", "two"]),
    ("evidence", "&relation=contradicts", ["two"]),
    ("evidence", "&independence=partner", ["three"]),
    ("evidence", "&source=rival", ["two"]),
]


def test_each_filter_of_what_claims_say_lets_through_what_it_names(client):
    own, rival = a_source("Own"), a_source("Rival")
    one = a_claim("one", figure=1, source=own, as_of="2010-05")
    two = a_claim("two", source=own, type="outcome", as_of="2010")
    a_figure(two, 2, as_of="2008-01")
    three = a_claim("three", source=own, theme="law and standards")
    three.citations.update(independence="partner")
    for claim in (one, three, two):
        published(claim)
    cite(two, rival, "contradicts", "independent")
    published(two)
    elsewhere = a_claim("four", figure=1, source=rival, organisation=an_organisation("Elsewhere"))
    published(elsewhere)
    names = {each.reference: each.statement for each in (one, two, three, elsewhere)}
    for table, query, expected in CLAIM_QUERIES:
        found = read_rows(client, f"/api/v1/{table}?organisation=harbour-aid&limit=2{query}")
        assert [names[row["reference"]] for row in found] == expected, (table, query)


def test_publications_and_instruments_are_narrowed_by_whose_which_kind_and_which_year(client):
    aid, other = an_organisation(profiled=True), an_organisation("Other", profiled=True)
    for slug, values in {
        "a": {"kind": "report", "author": aid, "published": "1801-02"},
        "b": {"kind": "publication", "author": aid},
        "c": {"kind": "report", "author": other, "published": "1801"},
        "d": {"kind": "news", "author": aid, "published": "1801"},
        "e": {"kind": "report", "author": an_organisation("Unprofiled"), "published": "1801"},
    }.items():
        a_source(slug, slug=f"pub-{slug}", **values)
    Instrument.objects.create(slug="i", title="I", adopted="1801", in_force="1802", body=aid)
    Instrument.objects.create(slug="j", title="J", adopted="1802", body=other)

    def slugs(query):
        return [row["slug"] for row in read_rows(client, f"/api/v1/{query}")]

    assert slugs("publications?organisation=harbour-aid") == ["pub-a", "pub-b"]
    assert slugs("publications?organisation=harbour-aid&kind=publication") == ["pub-b"]
    assert slugs("publications?organisation=harbour-aid&year=none") == ["pub-b"]
    assert slugs("publications?year=1801") == ["pub-a", "pub-c"]
    assert slugs("instruments?year=1802") == ["j"] and slugs("instruments?year=1801") == ["i"]
    assert slugs("instruments?body=harbour-aid") == ["i"]
    assert client.get("/api/v1/publications?kind=news").status_code == 422


@pytest.mark.parametrize(
    ("name_it", "is_public"),
    [
        (lambda it: None, False),
        (lambda it: a_claim(organisation=it), False),
        (lambda it: a_source(author=it), False),
        (lambda it: published(a_claim(organisation=it)), True),
        (lambda it: published(a_claim(source=a_source(author=it))), True),
        (lambda it: published(a_claim(source=a_source(publisher=it))), True),
        (lambda it: Instrument.objects.create(slug="i", title="I", body=it), True),
        (
            lambda it: Affiliation.objects.create(
                organisation=an_organisation(profiled=True), with_whom=it, role="partner"
            ),
            True,
        ),
        (lambda it: Organisation.objects.filter(pk=it.pk).update(profiled=True), True),
    ],
)
def test_an_organisation_is_in_the_table_once_something_public_names_it(client, name_it, is_public):
    it = an_organisation("Quiet Aid")
    name_it(it)
    status = client.get("/api/v1/organisations/quiet-aid").status_code
    assert (status, is_public) in [(200, True), (404, False)]
