"""What the JSON-LD of a page says of each record, field by field, and what it leaves out."""

import json
import re

import pytest

from advocacy.models import Instrument
from organisation.models import Succession
from tests.support.factory import (
    a_claim,
    a_figure,
    a_profiled_organisation,
    a_source,
    an_organisation,
    cite,
    published,
)
from tests.support.pages import a_page, profile_of

pytestmark = pytest.mark.django_db

HOST = "http://testserver"


def graph(client, path):
    """Returns the descriptions on a page, the trail first."""
    page = client.get(path).content.decode()
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(block)["@graph"]


def trail(client, path):
    items = graph(client, path)[0]["itemListElement"]
    return [(each["position"], each["name"], each["item"].removeprefix(HOST)) for each in items]


@pytest.mark.parametrize(
    ("kind", "described"),
    [("report", "Report"), ("web page", "WebPage"), ("news", "NewsArticle"), ("treaty", "CreativeWork")],
)
def test_a_document_is_described_with_all_that_is_on_record_of_it(client, kind, described):
    source = a_source(
        kind=kind,
        subject="Pilots",
        author=a_profiled_organisation(),
        publisher=an_organisation("Book House"),
        published="2011-04",
        region="the coast",
        address="https://example.org/yearbook",
        archived="https://example.net/yearbook",
    )
    cite(an_organisation(), source)
    page = HOST + source.get_absolute_url()
    _trail, work = graph(client, source.get_absolute_url())
    assert work == {
        "@type": described,
        "@id": page,
        "name": "Yearbook of Harbour Aid",
        "description": "Pilots",
        "author": {
            "@type": "NGO",
            "@id": f"{HOST}/organisations/harbour-aid/#organisation",
            "name": "Harbour Aid",
            "url": f"{HOST}/organisations/harbour-aid/",
        },
        "publisher": {"@type": "Organization", "name": "Book House"},
        "datePublished": "2011-04",
        "spatialCoverage": "the coast",
        "url": "https://example.org/yearbook",
        "archivedAt": "https://example.net/yearbook",
        "mainEntityOfPage": page,
    }


def test_a_document_of_which_little_is_on_record_leads_to_its_page(client):
    source = a_source()
    cite(an_organisation(), source)
    page = HOST + source.get_absolute_url()
    _trail, work = graph(client, source.get_absolute_url())
    assert work == {
        "@type": "WebPage",
        "@id": page,
        "name": source.title,
        "url": page,
        "mainEntityOfPage": page,
    }


def test_an_instrument_and_a_profile_are_described_whole(client):
    body = an_organisation("Sea Court")
    Instrument.objects.create(
        slug="i", title="Treaty", short_title="T", reference="T/1", body=body, adopted="1801", in_force="1803"
    )
    page = f"{HOST}/instruments/i/"
    assert graph(client, "/instruments/i/")[1] == {
        "@type": "CreativeWork",
        "@id": page,
        "name": "Treaty",
        "alternateName": "T",
        "identifier": "T/1",
        "sourceOrganization": {"@type": "Organization", "name": "Sea Court"},
        "datePublished": "1801",
        "url": page,
    }
    aid = a_profiled_organisation(
        short_name="HA",
        other_names="Port Aid\n HA \nQuay Aid",
        founded="1801",
        closed="1802",
        seat="Quay",
    )
    Succession.objects.create(earlier=an_organisation("Old Aid"), later=aid, kind="renamed")
    Succession.objects.create(earlier=aid, later=a_profiled_organisation("New Aid"), kind="renamed")
    address = f"{HOST}/organisations/harbour-aid/"
    assert graph(client, "/organisations/harbour-aid/")[1] == {
        "@type": "NGO",
        "@id": f"{address}#organisation",
        "name": "Harbour Aid",
        "url": address,
        "alternateName": ["HA", "Port Aid", "Quay Aid", "Old Aid", "New Aid"],
        "foundingDate": "1801",
        "dissolutionDate": "1802",
        "description": ("Renamed New Aid (undated). Closed in 1802. Formerly Old Aid (renamed: undated)."),
        "location": {"@type": "Place", "name": "Quay"},
        "sameAs": [f"{HOST}/organisations/new-aid/"],
    }


def test_a_claim_is_described_with_its_place_among_the_editions(client):
    source = a_source("Own")
    claim = a_claim(source=source, as_of="2010-05")
    a_figure(claim, "40.50", label="pilots", unit="people", qualifier="more than")
    published(claim)
    published(claim, statement="We taught 41 pilots")
    _trail, now = graph(client, claim.get_absolute_url())
    _trail, before = graph(client, f"/evidence/{claim.reference.lower()}/v1/")
    assert (now["@id"], now["url"]) == (
        f"{HOST}/evidence/{claim.reference.lower()}/v2/",
        HOST + claim.get_absolute_url(),
    )
    assert before["url"] == before["@id"] == f"{HOST}/evidence/{claim.reference.lower()}/v1/"
    assert (now["temporalCoverage"], now["version"], now["inLanguage"]) == ("2010-05", "2", "en")
    assert now["author"] == {"@type": "Organization", "name": "Harbour Aid"}
    assert now["isPartOf"] == {"@id": f"{HOST}/evidence/#register"}
    assert now["mentions"] == [
        {
            "@type": "QuantitativeValue",
            "name": "pilots",
            "description": "more than 40.5 people – Computed from “We taught 40 pilots”: counted",
            "unitText": "people",
            "minValue": "40.5",
        }
    ]


@pytest.mark.parametrize("date", ["", "2004-05"])
def test_a_claim_has_the_date_of_its_work_and_apart_from_it_that_of_its_record(client, date):
    claim = published(a_claim(source=a_source("Own", published=date)))
    described = graph(client, claim.get_absolute_url())[1]
    assert described.get("datePublished", "") == date
    assert described["sdDatePublished"] == claim.current_edition.published_at.isoformat()


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (["2003"], 0),
        ([""], 0),
        (["2003", "2001", "2002"], 1),
        (["2001-05", "2001-04"], 1),
        (["2001", "2001-04"], None),
        (["2001-04", "2001-04-02"], None),
        (["2001", "2001"], None),
        (["2001-12", "2002"], 0),
        (["2001", ""], None),
        (["2003", "2001", "2001-05", "1999"], 3),
    ],
)
def test_the_first_appearance_is_named_where_the_dates_tell_it(client, dates, first):
    sources = [a_source(f"Source {number}", published=date) for number, date in enumerate(dates)]
    claim = a_claim(source=sources[0])
    for source in sources[1:]:
        cite(claim, source, "repeats")
    for number, relation in enumerate(("supports", "contradicts", "context")):
        cite(claim, a_source(f"Other {number}", published="1900"), relation)
    published(claim)
    _trail, described = graph(client, claim.get_absolute_url())
    ids = [{"@id": HOST + source.get_absolute_url()} for source in sources]
    assert described["appearance"] == ids and len(described["citation"]) == len(ids) + 3
    assert described.get("firstAppearance") == (None if first is None else ids[first])


def test_a_trail_leads_down_the_tree_and_a_page_of_another_section_is_no_profile(client):
    above = a_page("Above")
    a_page("Below", parent=above)
    an_organisation("Below", profiled=True)
    assert trail(client, "/above/below/") == [
        (1, "Home", "/"),
        (2, "Above", "/above/"),
        (3, "Below", "/above/below/"),
    ]
    assert len(graph(client, "/above/below/")) == 1
    aid = an_organisation(profiled=True)
    profile = profile_of(aid)
    a_page("Work", parent=profile)
    assert len(graph(client, "/organisations/harbour-aid/")) == 2
    assert len(graph(client, "/organisations/harbour-aid/work/")) == 1
    named = an_organisation("Named")
    profile_of(named)
    assert len(graph(client, "/organisations/named/")) == 1


def test_the_trail_of_a_page_that_is_no_record_leads_over_its_section(client):
    assert trail(client, "/impact/report/")[:2] == [(1, "Home", "/"), (2, "Impact", "/impact/")]
    assert [address for _position, _title, address in trail(client, "/impact/report/")][2:] == [
        "/impact/report/"
    ]
    claim = published(a_claim())
    assert trail(client, claim.get_absolute_url()) == [
        (1, "Home", "/"),
        (2, "Evidence", "/evidence/"),
        (3, claim.reference, claim.get_absolute_url()),
    ]
