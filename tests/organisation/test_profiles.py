"""The page of an organisation: its aim, its names, what became of it, and who stands with it."""

import re

import pytest
from cms.models import PageContent

from organisation.founding import founding
from organisation.models import Affiliation, Milestone, Organisation, Succession
from tests.support.blocks import in_order, read_block, text_of
from tests.support.factory import (
    a_page_with,
    a_passage,
    a_profiled_organisation,
    a_source,
    a_statement,
    an_organisation,
    cite,
)
from tests.support.pages import a_page, profile_of

pytestmark = pytest.mark.django_db

PROFILE = "/organisations/lantern-fund/"


@pytest.fixture
def fund():
    """Lantern Fund, which was Harbour Aid and has closed; no source says when it took the name."""
    former, fund, heir = (
        an_organisation(name, profiled=True, **values)
        for name, values in (
            ("Harbour Aid", {"founded": "1998-05"}),
            ("Lantern Fund", {"founded": "1998", "seat": "Quayside", "closed": "2019-06-07"}),
            ("Pilots", {}),
        )
    )
    for values in (
        {"earlier": former, "later": fund, "kind": "renamed"},
        {"later": fund, "kind": "became independent", "date": "2011"},
        {"earlier": fund, "later": heir, "kind": "programmes passed on", "date": "2019"},
        {"earlier": fund, "kind": "closed", "date": "2019-06-07"},
    ):
        Succession.objects.create(**values)
    return fund


def read(client, address):
    html = client.get(address).content.decode()
    return text_of(html.partition("<main")[2])


def test_its_head_says_first_what_became_of_it_then_when_and_as_what_it_was_founded(client, fund):
    profile_of(fund)
    head = read(client, PROFILE)
    assert in_order(head, "Closed on 7 June 2019.", "Founded: 1998, as Harbour Aid", "Seat: Quayside") == [
        "Closed on 7 June 2019.",
        "Founded: 1998, as Harbour Aid",
        "Seat: Quayside",
    ]
    assert head.count("Founded") == 1


@pytest.mark.parametrize(
    ("own", "former", "said"),
    [
        ("1998", "1998-05", "1998, as Harbour Aid"),
        ("1998-05", "1998", "May 1998, as Harbour Aid"),
        ("", "1998-05", "May 1998, as Harbour Aid"),
        ("2011", "1998-05", "2011"),
        ("1998", "", "1998"),
        ("", "", ""),
    ],
)
def test_the_former_name_is_said_of_one_founding_alone(fund, own, former, said):
    Organisation.objects.filter(slug="harbour-aid").update(founded=former)
    fund.founded = own
    assert re.sub("<[^>]+>", "", founding(fund)) == said


def test_who_has_one_name_was_founded_under_it_and_names_in_a_circle_end():
    one, other = an_organisation(founded="2007"), an_organisation("Lantern Fund")
    assert founding(one) == "2007"
    Succession.objects.create(earlier=one, later=other, kind="renamed")
    Succession.objects.create(earlier=other, later=one, kind="renamed")
    assert founding(one).startswith("2007")


@pytest.mark.parametrize("name", ["Harbour Aid", "Lantern Fund"])
def test_under_each_of_its_names_its_history_tells_how_it_came_to_the_other_and_what_then(client, fund, name):
    Milestone.objects.create(
        organisation=an_organisation("Harbour Aid"),
        slug="x",
        date="1998-05",
        title="Founded",
        text="We began.",
    )
    text = text_of(read_block(client, "HistoryPlugin", organisation=an_organisation(name)))
    order = [
        "Undated Harbour Aid became Lantern Fund",
        "2011 Lantern Fund became independent",
        "2019 Lantern Fund passed programmes on to Pilots",
        "7 June 2019 Lantern Fund closed",
    ]
    assert in_order(text, *order) == order


def test_the_history_of_an_heir_ends_with_what_it_took_over(client, fund):
    text = text_of(read_block(client, "HistoryPlugin", organisation=an_organisation("Pilots")))
    assert "Lantern Fund passed programmes on to Pilots" in text
    assert "Lantern Fund closed" not in text and "became Lantern Fund" not in text


def test_a_new_name_that_a_milestone_tells_stands_before_the_first_date_under_it(client, fund):
    passage = a_passage("We were Harbour Aid.")
    told = Milestone.objects.create(organisation=fund, slug="x", title="The old name", text="We were.")
    for record in (told, Succession.objects.get(kind="renamed", later=fund)):
        cite(record, passage.source, passage=passage)
    text = text_of(read_block(client, "HistoryPlugin", organisation=fund))
    assert text.index("The old name") < text.index("2011 Lantern Fund became independent")
    assert "Harbour Aid became" not in text


def test_an_aim_in_large_letters_says_that_a_closed_body_said_it_of_itself(client, fund):
    address = a_page_with("AimPlugin", statement=a_statement("We light the way.", organisation=fund))
    html = client.get(address).content.decode()
    assert '<section class="block aim">' in html
    assert "We light the way. as it said of itself, undated" in text_of(html)


def test_nothing_stands_between_the_head_of_a_page_and_its_aim(client):
    fund = an_organisation("Lantern Fund", profiled=True)
    aim = ("AimPlugin", {"statement": a_statement("We light the way.", organisation=fund)})
    others = [("OrganisationsPlugin", {"heading": f"Part {number}"}) for number in range(4)]
    profile_of(fund, aim, *others)
    page = read(client, PROFILE)
    assert "We light the way." in page and "On this page" not in page


def test_those_whom_one_source_names_stand_together_beside_it(client):
    aid = an_organisation(profiled=True)
    sources = a_source("Our friends"), a_source("Their friends")
    for number, source in ((1, 0), (2, 0), (3, 1)):
        who = Affiliation.objects.create(
            organisation=aid, role="partner", region=f"Coast {number}", order=number
        )
        cite(who, sources[source])
    html = read_block(client, "AffiliationsPlugin", organisation=aid, role="partner", heading="Partners")
    assert in_order(text_of(html), "Coast 1", "Coast 2", "Our friends", "Coast 3", "Their friends") == [
        "Coast 1",
        "Coast 2",
        "Our friends",
        "Coast 3",
        "Their friends",
    ]
    assert html.count('role="note"') == 2


@pytest.mark.parametrize(
    ("heading", "said"), [("", "Partner The coast"), ("Who stands with us", "Who stands with us The coast")]
)
def test_a_role_is_named_where_no_heading_names_it(client, heading, said):
    aid = an_organisation(profiled=True)
    Affiliation.objects.create(organisation=aid, role="partner", region="The coast")
    block = read_block(client, "AffiliationsPlugin", organisation=aid, role="partner", heading=heading)
    assert text_of(block).startswith(said)


def test_its_facts_do_not_say_that_no_closing_is_on_record_and_lead_to_its_report_and_its_claims(client):
    aid = a_profiled_organisation(seat="Quayside")
    html = read_block(client, "FactsPlugin", organisation=aid, heading="At a glance")
    assert "Closed" not in text_of(html)
    assert 'href="/organisations/harbour-aid/report.pdf"' in html
    assert 'href="/data/claims.csv?organisation=harbour-aid"' in html


def test_the_directory_names_each_once_with_its_founding_and_what_became_of_it(client, fund):
    text = text_of(read_block(client, "OrganisationsPlugin"))
    assert "Lantern Fund (closed 2019) Founded: 1998, as Harbour Aid Seat: Quayside Closed on 7" in text
    assert "Founded: not stated" not in text


def test_the_menu_of_a_profile_calls_it_so(client):
    aid = a_profiled_organisation()
    a_page("Values", parent=PageContent.objects.get(page__urls__path=aid.page_path), slug="values")
    menu = client.get("/organisations/harbour-aid/values/").content.decode().partition("In this section")[2]
    assert in_order(text_of(menu.partition("</nav>")[0]), "Harbour Aid", "Profile", "Values") == [
        "Profile",
        "Values",
    ]
