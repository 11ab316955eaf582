"""Each record is found by what its document holds of it, and by nothing that is not public."""

import re

import pytest

from advocacy.models import Ask, Instrument
from organisation.models import Affiliation, Milestone, Succession
from tests.support.factory import a_claim, a_figure, a_source, an_organisation, published
from tests.support.lists import read_list
from tests.support.pages import a_page, profile_of, version_of
from tests.support.people import bob

from .results_page import hit_titles, results_page

pytestmark = pytest.mark.django_db


def found(client, query):
    """Returns the kinds of the records that are found."""
    page = results_page(client, query)
    return [part.partition("-")[0] for part in page.split('data-record="portal.searchentry:')[1:]]


def excerpts(client, query, **parameters):
    return [
        part.split("</p>")[0]
        for part in results_page(client, query, **parameters).split('class="excerpt"')[1:]
    ]


def test_an_organisation_is_found_by_all_its_names_its_acronyms_its_seat_and_its_profile(client):
    aid = an_organisation(
        "Harbour Aid League",
        profiled=True,
        short_name="Habrog",
        other_names="Portax\nQuayix",
        seat="Zorbleton",
    )
    for other, kind in (("Old Vessel Fund", "renamed"), ("Merged Yacht Society", "merged")):
        Succession.objects.create(earlier=an_organisation(other), later=aid, kind=kind)
    Succession.objects.create(earlier=aid, later=an_organisation("New Quibble Trust"), kind="renamed")
    assert hit_titles(client, "habrog") == []
    profile_of(aid, "<p>We frobnicate</p>")
    for query in (
        *("harbour league", "habrog", "portax", "quayix", "HAL", "vessel", "OVF", "quibble", "NQT"),
        *("zorbleton", "frobnicate"),
    ):
        assert hit_titles(client, query) == ["Harbour Aid League"], query
    assert "Harbour Aid League" in hit_titles(client, "merged yacht society")
    assert "Harbour Aid League" not in hit_titles(client, "MYS")
    [text] = excerpts(client, "habrog")
    assert (
        "Also called: <mark>Habrog</mark>, Portax, Quayix. Renamed New Quibble Trust (undated). "
        "Formerly Old Vessel Fund (renamed: undated)." in " ".join(text.split())
    )


def test_former_names_of_an_organisation_that_merged_into_another_find_that_one(client):
    aid, union = an_organisation(profiled=True), an_organisation("Lantern Union", other_names="Portax")
    boats, fleet = an_organisation("Quayix Boats"), an_organisation("Zorble Fleet", short_name="Habrog")
    for earlier, later, kind in (
        (fleet, boats, "merged"),
        (boats, union, "renamed"),
        (union, aid, "merged"),
    ):
        Succession.objects.create(earlier=earlier, later=later, kind=kind)
    profile_of(aid)
    for query in ("quayix", "zorble fleet", "portax", "habrog"):
        assert hit_titles(client, query) == ["Harbour Aid"], query
    [text] = excerpts(client, "quayix")
    assert (
        "Lantern Union merged into it (undated). <mark>Quayix</mark> Boats was renamed Lantern Union "
        "(undated). Zorble Fleet merged into <mark>Quayix</mark> Boats (undated)." in " ".join(text.split())
    )
    circle = Succession.objects.create(earlier=aid, later=fleet, kind="programmes passed on")
    assert hit_titles(client, "quayix") == ["Harbour Aid"]
    for succession in (circle, Succession.objects.get(earlier=boats)):
        succession.delete()
    assert hit_titles(client, "quayix") == []


def test_two_capitals_make_no_acronym(client):
    profile_of(an_organisation("Zorble Quay", profiled=True))
    profile_of(an_organisation("Zorble of the Quay Kin", profiled=True))
    assert found(client, "ZQ") == [] and hit_titles(client, "ZQK") == ["Zorble of the Quay Kin"]


def test_a_claim_is_found_by_its_texts_its_reference_and_its_figures(client):
    claim = a_claim(
        "We zorbled", subject="Frobn", limitations="Quibble", theme="reintegration", together_with="Habrog"
    )
    a_figure(claim, 5, label="portax", unit="quayix")
    assert found(client, "zorbled") == []
    published(claim)
    for query in (
        "zorbled",
        "frobn",
        "quibble",
        "reintegration zorbled",
        "habrog",
        "portax",
        "quayix",
        claim.reference,
    ):
        assert hit_titles(client, query, kind="claim") == [claim.reference], query
    assert excerpts(client, "zorbled", kind="claim") == []
    assert "<mark>Quibble</mark>" in excerpts(client, "quibble", kind="claim")[0]
    assert hit_titles(client, "zorbled", organisation="harbour-aid") == [claim.reference]


def test_a_statement_is_found_by_title_kind_and_text(client):
    aid = an_organisation(profiled=True)
    aid.statements.create(slug="a", kind="position", title="Zorble", text="frobn")
    aid.statements.create(slug="b", kind="belief", text="quibble")
    aid.statements.create(slug="c", kind="belief", text="unseen")
    an_organisation("Named").statements.create(slug="a", kind="belief", text="quibble")
    assert hit_titles(client, "zorble") == hit_titles(client, "frobn") == ["Zorble"]
    assert hit_titles(client, "position frobn") == ["Zorble"]
    assert hit_titles(client, "quibble") == ["Belief"]
    assert hit_titles(client, "belief", organisation="harbour-aid") == ["Belief", "Belief"]


def test_milestones_instruments_asks_and_affiliations_are_found_by_their_texts(client):
    aid, other = (
        an_organisation(profiled=True),
        an_organisation("Habrog", short_name="Hbg", other_names="Portax"),
    )
    Milestone.objects.create(organisation=aid, slug="m", title="Zorbled", text="frobn", date="1800")
    Instrument.objects.create(
        slug="i", title="Treaty on Quibbles Everywhere", short_title="Quayix", reference="Wxy 12", body=aid
    )
    Ask.objects.create(organisation=aid, slug="a", text="grumble now", addressees="vexed states")
    Affiliation.objects.create(organisation=aid, with_whom=other, role="steering member")
    Affiliation.objects.create(organisation=aid, region="Mumbleland", role="active link")
    Affiliation.objects.create(organisation=other, region="Fumbleland", role="active link")
    for query, kind in {
        "zorbled": "milestone",
        "frobn": "milestone",
        "quibbles": "instrument",
        "quayix": "instrument",
        "wxy 12": "instrument",
        "TQE": "instrument",
        "grumble": "ask",
        "vexed": "ask",
        "grumble record": "ask",
        "habrog": "affiliation",
        "hbg": "affiliation",
        "portax": "affiliation",
        "steering habrog": "affiliation",
        "mumbleland": "affiliation",
        "active mumbleland": "affiliation",
    }.items():
        assert found(client, query) == [kind], query
        assert found(client, f"{query} -kkkkkk")[:1] == [kind]
        assert len(hit_titles(client, query, organisation="harbour-aid")) == 1, query
    assert found(client, "fumbleland") == []


def test_a_source_is_found_by_what_is_on_record_of_it_but_not_by_an_author_with_a_profile(client):
    aid, press = an_organisation(profiled=True), an_organisation("Zorble Press")
    a_source(
        "Frobn",
        kind="report",
        subject="Quibble",
        byline="A. Habrog",
        region="Portaxland",
        author=aid,
        publisher=press,
        published="1807-03",
        text="We grumbled.",
    )
    a_source("", slug="untitled", kind="publication", subject="Vexed", author=aid)
    a_source("Titled", kind="publication", subject="Mumbles", author=aid)
    a_source("Hidden", kind="news", text="zorble press frobn")
    for query in (
        "frobn",
        "quibble",
        "habrog",
        "portaxland",
        "zorble press",
        "1807",
        "grumbled",
        "frobn report",
    ):
        assert hit_titles(client, query) == ["Frobn"], query
        assert hit_titles(client, query, organisation="harbour-aid") == ["Frobn"], query
    assert hit_titles(client, "harbour aid", kind="source") == []
    assert hit_titles(client, "vexed") == ["Vexed"] and excerpts(client, "vexed") == []
    assert "<mark>Mumbles</mark>" in excerpts(client, "mumbles")[0]
    assert hit_titles(client, "hidden", kind="source") == []


def test_a_page_is_found_by_title_menu_description_prose_and_headings_and_a_profile_under_its_organisation(
    client,
):
    aid = an_organisation(profiled=True)
    profile = profile_of(aid, "<p>vexed</p>")
    below = a_page(
        "Zorble",
        "<h2>Frobn</h2><ul><li>qui</li><li>bbles</li></ul>",
        ("FactsPlugin", {"organisation": aid, "heading": "Portax"}),
        parent=profile,
        menu_title="Habrog",
        meta_description="grumbling",
    )
    for query in ("zorble", "habrog", "frobn", "qui bbles", "portax", "grumbling"):
        assert hit_titles(client, query) == ["Zorble"], query
        assert hit_titles(client, query, organisation="harbour-aid") == ["Zorble"], query
    assert hit_titles(client, "quibbles") == []
    assert found(client, "vexed") == ["organisation"]
    elsewhere = a_page("Wandering zorble", "<p>x</p>")
    assert hit_titles(client, "wandering", organisation="harbour-aid") == []
    for content in (below, elsewhere):
        version_of(content).unpublish(bob())
    assert found(client, "zorble") == []


LABELS = {
    "organisation": "Organisation",
    "claim": "Claim",
    "page": "Page",
    "statement": "Statement",
    "milestone": "Milestone",
    "instrument": "Instrument",
    "affiliation": "Member or partner",
    "source": "Source",
    "ask": "Ask",
}


def test_hits_that_nothing_else_tells_apart_come_by_kind(client):
    aid = an_organisation("Zorble", profiled=True)
    profile_of(aid)
    a_page("Zorble", "<p></p>")
    published(a_claim("Zorble", organisation=aid, source=a_source("Zorble"), subject="Zorble"))
    aid.statements.create(slug="z", kind="position", title="Zorble", text="zorble")
    Milestone.objects.create(organisation=aid, slug="z", title="Zorble", text="zorble", date="1800")
    Instrument.objects.create(slug="z", title="Zorble")
    Affiliation.objects.create(organisation=aid, region="Zorble", role="partner")
    Ask.objects.create(organisation=aid, slug="z", text="zorble")
    assert found(client, "zorble") == list(LABELS)
    page = results_page(client, "zorble")
    assert re.findall(r'<p class="meta"><span>([^<]*)', page) == list(LABELS.values())
    links = read_list(client, "/search/?q=zorble").rows["Kind"]
    assert [title.partition(" (")[0] for title in links] == [
        *("All", "Organisations", "Claims", "Pages", "Statements", "Milestones", "Instruments", "Asks"),
        *("Members and partners", "Sources"),
    ]
