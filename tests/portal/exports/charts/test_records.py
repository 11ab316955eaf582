"""The charts count what is on record: which claims, whose, of which grade, and which years."""

import csv

import pytest

from impact.models import RegisterEntry
from organisation.models import Organisation
from portal.exports.charts import chart_at
from portal.exports.charts import claims as claims_module
from portal.exports.charts.claims import claims_chart
from tests.support.factory import a_claim, a_figure, an_organisation, published
from tests.support.lists import publish_claims
from tests.support.review import e10

pytestmark = pytest.mark.django_db


def rows_of(chart, name):
    return {row.names[1]: row for row in chart.rows if row.names[0] == name}


def test_a_group_of_fifty_claims_is_linked_one_by_one_and_a_larger_one_in_the_register():
    assert claims_module.MAX_LINKED_CLAIMS == 50
    aid = an_organisation("Zorble Aid")
    claims = publish_claims(50, organisation=aid, grade="organisation only")
    row = rows_of(claims_chart(), "Zorble Aid")["only the organisation says so"]
    assert [link.text for link in row.records] == [claim.reference for claim in claims]
    assert row.addresses == [claim.current_edition.get_absolute_url() for claim in claims]
    assert row.records[0].address == claims[0].get_absolute_url() and row.value == 50
    publish_claims(1, organisation=aid, grade="organisation only")
    publish_claims(2, organisation=aid, grade="disputed")
    rows = rows_of(claims_chart(), "Zorble Aid")
    address = "/evidence/?organisation=zorble-aid&grade=organisation+only"
    assert [(link.text, link.address) for link in rows["only the organisation says so"].records] == [
        ("In the register", address)
    ]
    assert (
        rows["only the organisation says so"].addresses == [address]
        and rows["only the organisation says so"].value == 51
    )
    assert [len(rows[grade].records) for grade in ("disputed", "supported", "unsourced")] == [2, 0, 0]


def test_organisations_stand_in_their_order_those_with_a_profile_first_and_others_only_with_claims():
    Organisation.objects.filter(profiled=True).update(order=5)
    for name, values in (
        ("Zeta", {"profiled": True, "order": 1}),
        ("Alpha", {"profiled": True, "order": 2}),
        ("Beta", {"profiled": True, "order": 2}),
        ("Aaa", {}),
        ("Aab", {}),
    ):
        an_organisation(name, **values)
    publish_claims(1, organisation=an_organisation("Aaa"))
    names = list(dict.fromkeys(row.names[0] for row in claims_chart().rows))
    assert names[:3] == ["Zeta", "Alpha", "Beta"] and names[-1] == "Aaa" and "Aab" not in names
    assert [panel.title for panel in claims_chart().panels] == names


def test_the_chart_of_one_organisation_counts_its_claims_alone():
    aid = an_organisation("Zorble Aid", profiled=True)
    assert claims_chart(aid).rows == []
    counts = {"disputed": 1, "supported": 2, "supported in part": 1, "organisation only": 4, "unsourced": 3}
    for grade, count in counts.items():
        publish_claims(count, organisation=aid, grade=grade)
    chart = claims_chart(aid)
    assert [(row.names, row.value, row.unit) for row in chart.rows] == [
        (("Zorble Aid", "disputed"), 1, "claim"),
        (("Zorble Aid", "supported"), 2, "claims"),
        (("Zorble Aid", "supported in part"), 1, "claim"),
        (("Zorble Aid", "a partner supports it"), 0, "claims"),
        (("Zorble Aid", "a partner supports it in part"), 0, "claims"),
        (("Zorble Aid", "only the organisation says so"), 4, "claims"),
        (("Zorble Aid", "unsourced"), 3, "claims"),
    ]
    assert chart.takeaway == [
        "11 claims are published, by grade: disputed: 1; supported: 2; supported in part: 1; "
        "a partner supports it: 0; a partner supports it in part: 0; only the organisation says so: 4; "
        "unsourced: 3."
    ]
    newest = RegisterEntry.objects.filter(organisation=aid).latest("published_at").published_at
    assert {row.as_of for row in chart.rows} == {f"{newest:%Y-%m-%d}"}
    assert chart.notes[0] == "Each mark is one claim." and len(chart.notes) == 2
    assert [(link.text, link.address) for link in chart.sources] == [
        ("The register of every claim", "/evidence/")
    ]
    publish_claims(13, organisation=aid, grade="organisation only")
    assert len(claims_chart(aid).notes) == 1
    other = an_organisation("Other", profiled=True)
    publish_claims(1, organisation=other)
    assert claims_chart(other).takeaway[0].startswith("1 claim is published, by grade: disputed: 0;")


def test_the_figures_of_a_claim_are_drawn_each_in_its_colour_and_open_where_the_word_says_so(client):
    claim = e10()
    claim.figures.all().delete()
    qualifiers = ["over", "more than", "at least", "nearly", "up to", "about", ""]
    for number, qualifier in enumerate(qualifiers, 1):
        a_figure(
            claim,
            f"{number}.50",
            label=f"f{number}",
            unit="u",
            qualifier=qualifier,
            order=number,
            as_of="2010" * (number % 2),
        )
    published(claim)
    panels = chart_at("figures-e10").panels
    assert ["chart-open" in dict(panel.paths) for panel in panels] == [True] * 3 + [False] * 4
    assert [panel.paths[0][0] for panel in panels] == [f"series-{n}" for n in (1, 2, 3, 4, 1, 2, 3)]
    rows = list(
        csv.reader(client.get("/data/charts/figures-e10.csv").content.decode("utf-8-sig").splitlines())
    )
    assert rows[0] == ["Figure", "Qualifier", "Value", "Unit", "As of", "Computed", "Addresses"]
    assert rows[1][:5] == ["f1", "over", "1.5", "u", "2010"] and rows[2][4] == "not stated"
    assert rows[7][:4] == ["f7", "", "7.5", "u"]
    speaker = claim.organisation.short_name or claim.organisation.official_name
    assert chart_at("figures-e10").takeaway[0].startswith(f"As stated by {speaker}: over 1.5 u (computed), ")


def test_a_single_figure_is_drawn_without_a_word_on_scales_and_none_is_not_drawn():
    claim = published(a_claim("We taught 40 pilots", figure=40))
    chart = chart_at(f"figures-{claim.reference.lower()}")
    assert chart.title == f"The figures of {claim.reference}" and chart.notes == []
    assert chart.takeaway == ["As stated by Harbour Aid: 40 pilots."]
    claim.figures.all().delete()
    published(claim)
    assert chart_at(f"figures-{claim.reference.lower()}") is None
