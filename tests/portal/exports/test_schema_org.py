"""The JSON-LD of a page, parsed into triples as a search engine does."""

import json
from urllib.parse import urlsplit

import html5rdf
import pytest
from cms.models import PageContent
from django.urls import resolve
from django.utils.html import strip_tags
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from impact.models import Claim
from organisation.models import Source, Succession
from tests.support.factory import a_claim, a_figure, a_profiled_organisation, a_source, cite, published
from tests.support.pages import a_page
from tests.support.people import bob

# The parser warns of a class of its own that it still uses.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")]

HOST = "http://testserver"
SCHEMA = Namespace("https://schema.org/")
HARBOUR_AID = URIRef(f"{HOST}/organisations/harbour-aid/#organisation")
YEARBOOK = URIRef(f"{HOST}/sources/yearbook-of-harbour-aid/")
# Each type in use, with those of its properties that schema.org knows.
WORK = {
    "alternateName",
    "archivedAt",
    "author",
    "citation",
    "creativeWorkStatus",
    "datePublished",
    "description",
    "identifier",
    "inLanguage",
    "isPartOf",
    "mainEntityOfPage",
    "mentions",
    "name",
    "publisher",
    "sdDatePublished",
    "sourceOrganization",
    "spatialCoverage",
    "temporalCoverage",
    "text",
    "url",
    "version",
}
BODY = set("alternateName description dissolutionDate foundingDate location name sameAs url".split())
TERMS = (
    {
        "BreadcrumbList": {"itemListElement"},
        "Claim": WORK | {"appearance", "firstAppearance"},
        "DataDownload": {"contentUrl", "encodingFormat"},
        "Dataset": {"description", "distribution", "isAccessibleForFree", "name", "url"},
        "EntryPoint": {"urlTemplate"},
        "ListItem": {"item", "name", "position"},
        "Place": {"name"},
        "QuantitativeValue": {"description", "maxValue", "minValue", "name", "unitText", "value"},
        "SearchAction": {"query-input", "target"},
        "WebSite": {"inLanguage", "name", "potentialAction", "url"},
    }
    | dict.fromkeys(["CreativeWork", "NewsArticle", "Report", "WebPage"], WORK)
    | dict.fromkeys(["NGO", "Organization"], BODY)
)


def block_of(html):
    """Returns the only JSON-LD block in the head, as an HTML parser finds it; None if there is none."""
    head = html5rdf.parse(html, namespaceHTMLElements=False).find("head")
    blocks = [script.text for script in head.iter("script") if script.get("type") == "application/ld+json"]
    assert len(blocks) <= 1
    return blocks[0] if blocks else None


def graph_of(html):
    """Returns the triples of a page. The context is replaced, since no test asks another host."""
    data = json.loads(block_of(html))
    assert data["@context"] == "https://schema.org"
    return Graph().parse(data=json.dumps(data | {"@context": {"@vocab": str(SCHEMA)}}), format="json-ld")


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return graph_of(response.content.decode())


def one(graph, subject=None, kind=None):
    """Returns {property: values} of a subject, or of the only one of a type."""
    (subject,) = {subject} if subject else set(graph.subjects(RDF.type, SCHEMA[kind]))
    properties = {}
    for name, value in graph.predicate_objects(subject):
        properties.setdefault(str(name).removeprefix(SCHEMA), []).append(
            value.toPython() if isinstance(value, Literal) else value
        )
    return properties


def trail(graph):
    steps = [one(graph, subject) for subject in graph.subjects(RDF.type, SCHEMA.ListItem)]
    return [(step["name"][0], step["item"][0]) for step in sorted(steps, key=lambda step: step["position"])]


def claim_of(client, path="/evidence/e10-training-programmes/"):
    graph = read(client, path)
    return graph, one(graph, kind="Claim")


def test_a_claim_is_described_with_its_statement_its_speaker_its_edition_and_its_figures(client):
    a_profiled_organisation()
    draft = a_claim("We taught over 4,500 pilots in over 55 harbours")
    a_figure(draft, 4500, qualifier="over")
    a_figure(draft, 55, qualifier="over", label="harbours", unit="harbours")
    edition = published(draft).current_edition
    reference = edition.claim.reference
    graph, claim = claim_of(client, draft.get_absolute_url())
    assert (claim["text"], claim["identifier"], claim["version"]) == ([edition.statement], [reference], ["1"])
    assert claim["author"] == [HARBOUR_AID] and (HARBOUR_AID, RDF.type, SCHEMA.NGO) in graph
    assert "datePublished" not in claim and claim["sdDatePublished"] == [edition.published_at.isoformat()]
    assert claim["creativeWorkStatus"] == ["current"]
    assert set(graph.subjects(RDF.type, SCHEMA.Claim)) == {URIRef(f"{HOST}{edition.get_absolute_url()}")}
    figures = {
        figure["description"][0]: (figure["minValue"], figure["unitText"])
        for figure in (one(graph, each) for each in claim["mentions"])
    }
    assert figures == {
        "over 4,500 pilots": (["4500"], ["pilots"]),
        "over 55 harbours": (["55"], ["harbours"]),
    }


def test_a_claim_appears_where_it_is_said_and_cites_everything_that_bears_on_it(client):
    draft = published(a_claim())
    _graph, claim = claim_of(client, draft.get_absolute_url())
    assert claim["appearance"] == claim["firstAppearance"] == claim["citation"] == [YEARBOOK]
    other = a_source("News of the harbour", kind="news")
    cite(draft, other, relation="contradicts", independence="independent")
    published(draft, reason="Somebody else counts otherwise")
    _graph, claim = claim_of(client, draft.get_absolute_url())
    assert claim["appearance"] == [YEARBOOK] and set(claim["citation"]) == {
        YEARBOOK,
        URIRef(f"{HOST}{other.get_absolute_url()}"),
    }


def test_no_first_appearance_is_named_where_it_cannot_be_told(client):
    draft = a_claim()
    cite(draft, a_source("What Harbour Aid does"), relation="repeats")
    published(draft)
    _graph, claim = claim_of(client, draft.get_absolute_url())
    assert len(claim["appearance"]) == 2 and "firstAppearance" not in claim


@pytest.mark.parametrize(
    "qualifier, bound",
    [
        ("", "value"),
        ("exactly", "value"),
        ("over", "minValue"),
        ("at least", "minValue"),
        ("nearly", "maxValue"),
        ("up to", "maxValue"),
        ("about", None),
    ],
)
def test_a_number_says_no_more_than_the_word_before_it(client, qualifier, bound):
    Claim.objects.get(number=14).figures.update(qualifier=qualifier)
    Claim.objects.get(number=14).publish(by=bob(), reason="Counted again", seen=Claim.AS_STORED)
    graph, _claim = claim_of(client, Claim.objects.get(number=14).get_absolute_url())
    figure = one(graph, kind="QuantitativeValue")
    assert [name for name in ("value", "minValue", "maxValue") if name in figure] == (
        [bound] if bound else []
    )
    assert "2 resolutions" in figure["description"][0]


def test_a_correction_is_read_from_the_claim_and_the_earlier_words_from_their_own_address(client):
    changed = Claim.objects.get(number=10)
    published(changed, change="correction", statement="We trained over 5,000 people")
    _graph, now = claim_of(client)
    _graph, before = claim_of(client, "/evidence/e10/v1/")
    assert (now["text"], now["version"], now["creativeWorkStatus"]) == (
        ["We trained over 5,000 people"],
        ["2"],
        ["corrected"],
    )
    assert (
        before["version"] == ["1"]
        and before["creativeWorkStatus"] == ["earlier"]
        and "4,500" in before["text"][0]
    )


def test_an_organisation_is_known_by_its_former_and_later_names(client):
    union = a_profiled_organisation("Harbour Union", founded="1998-05", other_names="Union of Ports")
    aid = a_profiled_organisation(founded="1998", closed="2019-06-07")
    Succession.objects.create(earlier=union, later=aid, kind="renamed")
    for slug, other in (("harbour-union", "Harbour Aid"), ("harbour-aid", "Harbour Union")):
        properties = one(read(client, f"/organisations/{slug}/"), kind="NGO")
        assert other in properties["alternateName"] and len(properties["sameAs"]) == 1, slug
    assert (properties["foundingDate"], properties["dissolutionDate"], properties["name"]) == (
        ["1998"],
        ["2019-06-07"],
        ["Harbour Aid"],
    )
    properties = one(read(client, "/organisations/harbour-union/"), kind="NGO")
    assert (
        properties["foundingDate"] == ["1998-05"]
        and "dissolutionDate" not in properties
        and "Union of Ports" in properties["alternateName"]
    )


def test_a_report_has_its_author_and_its_date_and_a_document_without_a_title_gets_none(client):
    properties = one(read(client, "/publications/global-report-2004/"), kind="Report")
    assert properties["name"] == ["Child Soldiers Global Report 2004"] and properties["datePublished"] == [
        "2004"
    ]
    untitled = Source.objects.public().filter(title="").select_related("author").first()
    graph = read(client, untitled.get_absolute_url())
    properties = one(graph, URIRef(f"{HOST}{untitled.get_absolute_url()}"))
    assert "name" not in properties and properties["description"] == [untitled.subject]


def test_the_register_is_a_dataset_and_every_download_that_it_names_is_there(client):
    graph = read(client, "/evidence/")
    dataset = one(graph, kind="Dataset")
    assert 50 <= len(dataset["description"][0]) <= 5000
    for each in dataset["distribution"]:
        download = one(graph, each)
        response = client.get(download["contentUrl"][0])
        assert response.status_code == 200 and response["Content-Type"].startswith(
            download["encodingFormat"][0]
        )


def test_home_says_how_the_site_is_searched(client):
    graph = read(client, "/")
    site, action, target = (
        one(graph, kind="WebSite"),
        one(graph, kind="SearchAction"),
        one(graph, kind="EntryPoint"),
    )
    assert site["url"] == [f"{HOST}/"] and action["query-input"] == ["required name=search_term_string"]
    a_profiled_organisation()
    address = target["urlTemplate"][0].replace("{search_term_string}", "harbour")
    assert "Harbour Aid" in strip_tags(client.get(address).content.decode())


def test_the_trail_leads_from_home_to_the_page(client):
    profile = PageContent.objects.get(page__urls__path=a_profiled_organisation().page_path)
    a_page("History and Structure", parent=profile, slug="history")
    assert trail(read(client, "/organisations/harbour-aid/history/")) == [
        ("Home", f"{HOST}/"),
        ("Organisations", f"{HOST}/organisations/"),
        ("Harbour Aid", f"{HOST}/organisations/harbour-aid/"),
        ("History and Structure", f"{HOST}/organisations/harbour-aid/history/"),
    ]
    assert trail(read(client, "/evidence/e10/v1/"))[1:] == [
        ("Evidence", f"{HOST}/evidence/"),
        ("E10", f"{HOST}/evidence/e10/v1/"),
    ]


def test_every_page_says_only_what_schema_org_has_words_for_and_leads_only_to_what_is_there(seeded_pages):
    described = {path: graph_of(page.html) for path, page in seeded_pages.items() if block_of(page.html)}
    assert len(described) > 100
    for path, graph in described.items():
        for subject, kind in graph.subject_objects(RDF.type):
            assert set(one(graph, subject)) - {str(RDF.type)} <= TERMS[str(kind).removeprefix(SCHEMA)], path
        for subject in [each for each in graph.subjects() if isinstance(each, URIRef)]:
            assert (
                urlsplit(subject).path in seeded_pages
                or resolve(urlsplit(subject).path).url_name != "pages-details-by-slug"
            ), (path, subject)
    without = {path for path in seeded_pages if path not in described}
    assert [path for path in without if not path.startswith(("/embed/", "/search/", "/styleguide/"))] == []


def test_no_claim_is_reviewed_by_the_site_that_shows_it(seeded_pages):
    assert [
        path
        for path, page in seeded_pages.items()
        if "ClaimReview" in page.html or "reviewRating" in page.html
    ] == []


def test_no_text_can_end_the_block_or_be_run(client):
    changed = Claim.objects.get(number=10)
    changed.statement = "</script><script>alert(1)</script><!-- & \u2028 ]]> \\"
    published(changed, statement=changed.statement)
    html = client.get(Claim.objects.get(number=10).get_absolute_url()).content.decode()
    raw = html.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert not set("<>&\u2028") & set(raw)
    assert one(graph_of(html), kind="Claim")["text"] == [changed.statement]


def test_the_data_of_a_page_costs_no_query_on_a_records_page(client, django_assert_max_num_queries):
    for path in (
        "/evidence/e10-training-programmes/",
        *(source.get_absolute_url() for source in Source.objects.public().exclude(text="")),
        "/publications/global-report-2004/",
        "/instruments/opac/",
    ):
        with django_assert_max_num_queries(15):
            assert block_of(client.get(path).content.decode())


def test_what_is_only_a_draft_or_withdrawn_is_not_described(client):
    draft = Claim.objects.get(number=10)
    draft.statement = "We zugzwang"
    draft.save()
    assert "zugzwang" not in client.get("/evidence/e10-training-programmes/").content.decode()
    Claim.objects.get(number=10).withdraw(by=bob(), reason="By mistake", seen=Claim.AS_STORED)
    assert block_of(client.get("/evidence/e10/").content.decode()) is None
