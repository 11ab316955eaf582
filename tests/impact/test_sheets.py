"""The sheet shows every claim as a tile, grouped by how far it is shown; what does not fit is a number."""

import re
from html import unescape

import pytest
from django.template.loader import render_to_string

from impact.models import Edition, Highlight, RegisterEntry
from impact.sheets import places_of_a_group, sheet_of, sheet_of_names, sheet_table_of_themes
from tests.support.factory import a_claim, a_source, an_organisation, cite, published

pytestmark = pytest.mark.django_db

REGISTER = "/evidence/"


@pytest.fixture(autouse=True)
def nothing_claimed():
    RegisterEntry.objects.all().delete()


def claimed(number, *pairs, **values):
    """Publishes so many claims, each also cited by documents that bear on it as these pairs say."""
    claims = []
    for each in range(number):
        claim = a_claim(f"We taught {chr(97 + each // 26)}{chr(97 + each % 26)} pilots", **values)
        for relation, whose in pairs:
            cite(claim, a_source(f"A paper of {claim.reference}"), relation, whose)
        published(claim)
        claims.append(claim)
    return claims


def read(template, **context):
    """Returns what stands on a component, without tags, and its links as (address, name)."""
    html = render_to_string(f"components/claim/{template}.html", context)
    links = re.findall(r'<a href="([^"]*)"(?: title="([^"]*)")?', html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split()), [
        (address, unescape(name)) for address, name in links
    ]


def test_claims_are_counted_and_drawn_in_groups_and_each_leads_to_its_page():
    [partly] = claimed(1, ("supports in part", "independent"))
    [whole] = claimed(1, ("supports", "independent"), organisation=an_organisation("Lantern Fund"))
    text, links = read("sheet", sheet=sheet_of(RegisterEntry.objects.all(), REGISTER))
    assert text == "2 claims, and how far each is shown 2 an independent source supports, at least in part"
    assert links == [
        ("/evidence/?shown=independent", ""),
        (partly.get_absolute_url(), f"{partly.reference}: {partly.statement}"),
        (whole.get_absolute_url(), f"{whole.reference}: {whole.statement}"),
    ]


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([("supports", "independent")], "an independent source supports"),
        ([("supports in part", "independent")], "an independent source supports, in part"),
        ([("supports", "partner")], "a partner supports"),
        ([("supports in part", "partner")], "a partner supports, in part"),
        ([], "only the organisation says so"),
        ([("contradicts", "own")], "contradicted by another text"),
    ],
)
def test_a_single_claim_is_said_to_be_shown_as_far_as_it_is(pairs, words):
    claimed(1, *pairs)
    text, _links = read("sheet", sheet=sheet_of(RegisterEntry.objects.all()))
    assert text == f"One claim, and how far it is shown 1 {words}"


def test_only_a_contradicted_claim_is_struck_through():
    claimed(1)
    html = render_to_string("components/claim/sheet.html", {"sheet": sheet_of(RegisterEntry.objects.all())})
    assert html.count("<path") == 3 and "shown-own" in html
    claimed(1, ("contradicts", "independent"))
    html = render_to_string("components/claim/sheet.html", {"sheet": sheet_of(RegisterEntry.objects.all())})
    assert html.count("<path") == 3 + 4 and "shown-contradicted" in html


def test_a_sheet_without_claims_says_so():
    text, links = read("sheet", sheet=sheet_of(RegisterEntry.objects.all(), REGISTER))
    assert text.startswith("Nothing is claimed yet")
    assert links == []


def test_what_does_not_fit_is_a_number_that_leads_to_the_register():
    claimed(4)
    claimed(1, ("supports", "partner"))
    everything = RegisterEntry.objects.all()
    assert "more" not in read("sheet", sheet=sheet_of(everything, REGISTER, limit=5))[0]
    text, links = read("sheet", sheet=sheet_of(everything, REGISTER, limit=4))
    assert "4 only the organisation says so and 1 more" in text
    assert links[-1] == ("/evidence/?shown=own", "")
    assert len([name for _address, name in links if name]) == 4


def test_of_many_claims_those_put_forward_are_drawn_and_then_the_newest():
    claims = claimed(5)
    Highlight.objects.create(claim=claims[0], where="impact")
    [group] = sheet_of(RegisterEntry.objects.all(), limit=3).found
    drawn = [edition.claim.number for edition in group.editions]
    assert drawn == [claims[0].number, claims[3].number, claims[4].number]
    assert (group.count, group.more) == (5, 2)


@pytest.mark.parametrize(
    ("counts", "limit", "places"),
    [([], 60, 60), ([60], 60, 60), ([61], 60, 60), ([2, 6, 19, 3], 60, 60), ([12, 40, 240, 8], 60, 20)]
    + [([1, 1, 1], 2, 1)],
)
def test_groups_share_the_places_and_each_has_at_least_one(counts, limit, places):
    assert places_of_a_group(counts, limit) == places


def test_a_sheet_costs_one_query_where_all_claims_fit_and_three_for_any_greater_number(
    django_assert_num_queries,
):
    claimed(4)
    with django_assert_num_queries(1):
        read("sheet", sheet=sheet_of(RegisterEntry.objects.all(), REGISTER, limit=4))
    for number in (1, 6):
        claimed(number, ("supports", "partner"))
        with django_assert_num_queries(3):
            read("sheet", sheet=sheet_of(RegisterEntry.objects.all(), REGISTER, limit=4))


def test_the_sheet_of_an_organisation_has_its_own_claims_and_leads_to_them_alone():
    harbour, lantern = an_organisation("Harbour Aid"), an_organisation("Lantern Fund")
    claimed(2, organisation=harbour)
    claimed(1, organisation=lantern)
    sheet = sheet_of(RegisterEntry.objects.all(), REGISTER, organisation=harbour)
    text, links = read("sheet", sheet=sheet)
    assert text == "2 claims, and how far each is shown 2 only the organisation says so"
    assert links[0] == ("/evidence/?organisation=harbour-aid&amp;shown=own", "")


def test_a_table_has_a_row_for_each_theme_with_a_claim_and_a_column_for_each_group_found():
    claimed(2, theme="training")
    claimed(1, ("contradicts", "independent"), theme="advocacy")
    table = sheet_table_of_themes(RegisterEntry.objects.all(), REGISTER)
    assert [str(group.shown.label) for group in table.columns] == [
        "only the organisation says so",
        "contradicted by another text",
    ]
    counts = {row.theme.lower(): [group.count for group in groups] for row, groups in table.cells}
    assert counts == {"training": [2, 0], "advocacy": [0, 1]}
    text, links = read("sheet_table", table=table)
    assert "2 only the organisation says so 1 contradicted by another text" in text
    assert "Training 2 claims 2 only the organisation says so – none" in text
    assert ("/evidence/?theme=advocacy", "") in links
    assert ("/evidence/?shown=own", "") in links


def test_a_row_of_a_table_says_as_its_column_does_that_only_a_part_is_supported():
    claimed(1, ("supports in part", "partner"), theme="training")
    claimed(1, ("supports", "partner"), theme="advocacy")
    table = sheet_table_of_themes(RegisterEntry.objects.all(), REGISTER)
    text, _links = read("sheet_table", table=table)
    assert "Training 1 claim 1 a partner supports, in part" in text
    assert "Advocacy 1 claim 1 a partner supports" in text
    assert "2 a partner supports, at least in part" in text


def test_a_table_without_claims_says_so():
    text, _links = read("sheet_table", table=sheet_table_of_themes(RegisterEntry.objects.all()))
    assert text == "Nothing is claimed yet."


def test_a_tile_with_its_link_stays_small():
    for number in range(1, 61):
        edition = Edition(statement="We taught forty pilots to find the harbour at night and in fog.")
        edition.claim = a_claim_numbered(number)
        edition.grade = "organisation only"
        html = render_to_string("components/claim/tile.html", {"edition": edition})
        assert len(html.encode()) <= 640


def a_claim_numbered(number):
    claim = a_claim()
    claim.number, claim.slug = number, "we-taught-forty-pilots-to-find-the-harbour-at-night-and-in-f"
    return claim


def test_the_sheet_of_an_organisation_has_the_claims_of_its_former_name_and_says_how_many():
    former, fund = an_organisation(), an_organisation("Lantern Fund")
    own = claimed(1, organisation=fund)
    earlier = claimed(2, ("contradicts", "independent"), organisation=former)
    claimed(3, organisation=an_organisation("Pilots"))
    text, links = read("sheet", sheet=sheet_of_names(RegisterEntry.objects.all(), [fund, former], REGISTER))
    assert text == (
        "3 claims, and how far each is shown 1 as Lantern Fund 2 as Harbour Aid "
        "1 only the organisation says so 2 contradicted by another text"
    )
    assert [address for address, _name in links] == [
        "/evidence/?organisation=lantern-fund",
        "/evidence/?organisation=harbour-aid",
        *(each.get_absolute_url() for each in (*own, *earlier)),
    ]


def test_an_organisation_whose_other_names_claim_nothing_has_a_sheet_of_its_own():
    former, fund = an_organisation(), an_organisation("Lantern Fund")
    claimed(1, organisation=fund)
    text, links = read("sheet", sheet=sheet_of_names(RegisterEntry.objects.all(), [fund, former], REGISTER))
    assert text == "One claim, and how far it is shown 1 only the organisation says so"
    assert links[0] == ("/evidence/?organisation=lantern-fund&amp;shown=own", "")
    [name] = sheet_of_names(RegisterEntry.objects.all(), [former, fund], REGISTER).names
    assert (name.organisation, name.count) == (fund, 1)


def test_an_organisation_that_claims_nothing_under_any_name_has_a_sheet_of_none():
    assert sheet_of_names(RegisterEntry.objects.all(), [an_organisation()], REGISTER).count == 0
