"""The facets of a list: which values they offer, in which order, and how many records each leads to."""

import pytest

from organisation.facets import organisation_facet
from organisation.models import Organisation, Source
from tests.support.factory import a_source, an_organisation
from tests.support.lists import publish_claims, read_list
from tests.support.site_settings import set_up_site

pytestmark = pytest.mark.django_db

REGISTER, OURS = "/evidence/", "/evidence/?organisation=harbour-aid"


@pytest.fixture
def harbour_aid():
    """Returns an organisation with 1, 2, 3 and 4 claims of different types, themes and grades."""
    organisation = an_organisation()
    for count, type_, theme, grade in (
        (1, "output", "training", "organisation only"),
        (2, "output", "networks", "supported"),
        (3, "outcome", "training", "supported"),
        (4, "outcome", "networks", "disputed"),
    ):
        publish_claims(count, organisation=organisation, type=type_, theme=theme, grade=grade)
    return organisation


def choices(shown, label):
    return list(shown.rows.get(label, {}))


def test_each_count_ignores_what_its_own_facet_has_chosen_and_heeds_the_others(client, harbour_aid):
    shown = read_list(client, OURS)
    assert shown.count == "10 claims"
    assert choices(shown, "Type") == ["All", "Output (3)", "Outcome (7)"]
    assert choices(shown, "Theme") == ["All", "Training (4)", "Networks (6)"]
    assert choices(shown, "How far shown") == [
        "All",
        "An independent source supports (5)",
        "Only the organisation says so (1)",
        "Contradicted by another text (4)",
    ]
    shown = read_list(client, f"{OURS}&type=output&grade=supported")
    assert shown.count == "2 claims"
    assert choices(shown, "Type") == ["All", "Output (2)", "Outcome (3)"]
    assert choices(shown, "Theme") == ["All", "Networks (2)"]
    assert choices(shown, "Grade") == ["All", "Supported (2)", "Only the organisation says so (1)"]


def test_a_choice_that_nothing_has_any_more_stays_to_be_dropped(client, harbour_aid):
    shown = read_list(client, f"{OURS}&type=output&grade=disputed")
    assert shown.count == "0 claims"
    assert choices(shown, "Type") == ["All", "Output (0)", "Outcome (4)"]
    assert choices(shown, "Theme") == []
    assert choices(shown, "Grade") == [
        "All",
        "Disputed (0)",
        "Supported (2)",
        "Only the organisation says so (1)",
    ]
    assert shown.current["Type"] == ["Output (0)"] and shown.current["Grade"] == ["Disputed (0)"]
    shown = read_list(client, f"{OURS}&type=output&theme=zugzwang&grade=disputed")
    assert shown.rows["Theme"] == {"All": f"{OURS}&type=output&grade=disputed"}


def test_each_link_changes_its_own_value_and_keeps_the_others(client, harbour_aid):
    shown = read_list(client, f"{OURS}&type=output&grade=supported")
    assert shown.rows["Type"] == {
        "All": f"{OURS}&grade=supported",
        "Output (2)": f"{OURS}&type=output&grade=supported",
        "Outcome (3)": f"{OURS}&type=outcome&grade=supported",
    }
    assert shown.rows["Organisation"]["All"] == f"{REGISTER}?type=output&grade=supported"
    assert shown.rows["Theme"]["Networks (2)"] == f"{OURS}&type=output&theme=networks&grade=supported"


def test_every_row_lies_open(client, harbour_aid):
    for address in (REGISTER, OURS, "/publications/"):
        rows = client.get(address).content.decode().split('class="facets"')[1].split("</nav>")[0]
        assert "<details" not in rows and 'aria-label="Filter"' in rows


def test_by_grade_nothing_is_offered_and_an_address_that_asks_for_one_shows_what_it_chose(
    client, harbour_aid
):
    assert choices(read_list(client, OURS), "Grade") == []
    shown = read_list(client, f"{OURS}&grade=supported")
    assert shown.current["Grade"] == ["Supported (5)"]
    assert shown.rows["Grade"]["All"] == OURS


def test_organisations_with_a_profile_come_first_then_by_their_order_and_their_names(client):
    Organisation.objects.filter(profiled=True).update(order=9)
    for name, profiled, order in (
        ("Anchor Fund", False, 1),
        ("Zenith Trust", True, 1),
        ("Beacon Fund", False, 0),
        ("Yonder Trust", True, 2),
        ("Albatross Fund", False, 1),
        ("Xylem Trust", True, 2),
    ):
        publish_claims(1, organisation=an_organisation(name, profiled=profiled, order=order))
    own = [text for text in choices(read_list(client, REGISTER), "Organisation") if text.endswith(" (1)")]
    assert [text.removesuffix(" (1)") for text in own if " T" in text or " F" in text] == [
        "Zenith Trust",
        "Xylem Trust",
        "Yonder Trust",
        "Beacon Fund",
        "Albatross Fund",
        "Anchor Fund",
    ]


def test_forty_organisations_are_offered_and_any_other_can_be_asked_for(client):
    offered = len(choices(read_list(client, REGISTER), "Organisation")) - 1
    for number in range(40 - offered):
        publish_claims(1, organisation=an_organisation(f"Zone {number:02}"))
    assert len(choices(read_list(client, REGISTER), "Organisation")) == 1 + 40
    publish_claims(2, organisation=an_organisation("Zulu Aid"))
    shown = read_list(client, REGISTER)
    assert len(choices(shown, "Organisation")) == 1 + 40 and "Zulu Aid (2)" not in shown.text
    shown = read_list(client, f"{REGISTER}?organisation=zulu-aid")
    assert (shown.count, shown.current["Organisation"]) == ("2 claims", [])


def test_years_are_offered_newest_first_each_once_however_precise_and_not_stated_last(client):
    author = an_organisation(profiled=True)
    for title, published in (
        ("One", "1999"),
        ("Two", "2014-04-28"),
        ("Three", "2014"),
        ("Four", ""),
        ("Five", "2007-03"),
        ("Six", "2014-12"),
    ):
        a_source(title, kind="report", author=author, published=published)
    shown = read_list(client, "/publications/?organisation=harbour-aid")
    assert choices(shown, "Year") == ["All", "2014 (3)", "2007 (1)", "1999 (1)", "Not stated (1)"]
    assert shown.rows["Year"]["Not stated (1)"].endswith("?organisation=harbour-aid&year=none")


def test_a_list_without_any_value_has_no_row_for_it(client):
    Organisation.objects.update(profiled=False)
    shown = read_list(client, "/publications/")
    assert (shown.rows, "Not on record." in shown.text) == ({}, True)


@pytest.mark.parametrize(
    ("several", "others", "is_offered"), [(True, 0, True), (False, 0, False), (False, 1, True)]
)
def test_one_organisation_is_no_choice_on_a_site_of_its_own(several, others, is_offered):
    set_up_site(several_organisations=several)
    ours = an_organisation("Lantern Aid")
    a_source("Our piers", author=ours)
    for number in range(others):
        a_source(f"Their piers {number}", author=an_organisation(f"Pier Trust {number}"))
    facet = organisation_facet(Source.objects.filter(title__contains="piers"), "author")
    assert (ours.slug in dict(facet.choices)) is is_offered
