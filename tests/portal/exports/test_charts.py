"""Charts show what the published records say, in the drawing, the table and the CSV alike."""

import csv
import re
from xml.etree import ElementTree

import pytest
from cms.api import add_plugin, create_page
from cms.models import PageContent
from django.template.loader import render_to_string
from djangocms_versioning.models import Version

from impact.grades import Grade
from impact.models import Claim, Edition
from organisation.lineage import one_lineage
from organisation.models import Organisation, Source
from portal.exports.charts import chart_at
from tests.support.factory import a_claim, a_figure, a_page_with, a_source, an_organisation
from tests.support.lists import publish_claims, read_list
from tests.support.people import alice, bob

pytestmark = pytest.mark.django_db

FIGURES, PUBLICATIONS = "figures-e10", "publications-harbour-aid-2004-2006"
SLUGS = [FIGURES, PUBLICATIONS, "claims"]


@pytest.fixture(autouse=True)
def reports():
    """Harbour Aid has reports of two years, and none of the year between."""
    aid = an_organisation(profiled=True)
    return [
        a_source(f"Report {date}", kind="report", author=aid, published=date)
        for date in ("2004", "2006-05", "2006")
    ]


def figure_of(slug):
    return render_to_string("components/site/chart.html", {"chart": chart_at(slug), "level": 2})


def drawing_of(slug):
    root = ElementTree.fromstring(figure_of(slug))
    return [[each.text for each in svg.iter("text")] for svg in root.iter("svg")]


def table_of(slug):
    rows = ElementTree.fromstring(figure_of(slug)).iter("tr")
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in rows]


def csv_of(client, slug):
    response = client.get(f"/data/charts/{slug}.csv")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(response.content.decode("utf-8-sig").splitlines()))


def change_participants(**values):
    """Changes the working copy of the figure of participants."""
    claim = Claim.objects.get(number=10)
    figure = claim.figures.get(unit="participants")
    for name, value in values.items():
        setattr(figure, name, value)
    figure.save()
    return claim


def draft_claim():
    claim = a_claim("We zugzwang", organisation=an_organisation(profiled=True))
    a_figure(claim, 77, label="zugzwang", unit="people")
    return claim


def test_the_training_is_drawn_with_the_two_figures_of_the_claim_and_their_qualifiers(client):
    assert drawing_of(FIGURES) == [["over 4,500"], ["over 55"]]
    assert [row[:3] for row in table_of(FIGURES)[1:]] == [
        ["participants in training programmes", "over 4,500 participants", "E10"],
        ["countries that participants came from", "over 55 countries", "E10"],
    ]
    assert [list(row.values()) for row in csv_of(client, FIGURES)] == [
        [
            "participants in training programmes",
            "over",
            "4500",
            "participants",
            "not stated",
            "",
            "http://testserver/evidence/e10/v1/",
        ],
        [
            "countries that participants came from",
            "over",
            "55",
            "countries",
            "not stated",
            "",
            "http://testserver/evidence/e10/v1/",
        ],
    ]


def test_a_figure_that_was_computed_is_told_so_in_the_sentence_the_table_and_the_file(client):
    assert "computed" not in figure_of(FIGURES).lower()
    claim = change_participants(computed_from="over 4,500", computation="counted again")
    claim.publish(by=bob(), reason="Counted again", seen=Claim.AS_STORED)
    [sentence] = chart_at(FIGURES).takeaway
    assert "over 4,500 participants (computed)" in sentence
    assert "over 4,500 participants (computed)" in [row[1] for row in table_of(FIGURES)[1:]]
    origin = "Computed from “over 4,500”: counted again"
    assert origin in figure_of(FIGURES)
    assert [row["Computed"] for row in csv_of(client, FIGURES)].count(origin) == 1


def test_the_two_figures_are_not_drawn_on_one_scale():
    people, countries = chart_at(FIGURES).panels
    assert "Each square counts 100 of the participants." in people.notes
    assert "Each square counts 1 of the countries." in countries.notes
    assert [panel.paths[0][1].count("M") for panel in (people, countries)] == [45, 55]
    assert "scale of its own" in figure_of(FIGURES)


def test_over_is_drawn_as_an_open_end_and_a_plain_number_is_not():
    assert "dashed square stands for “over”" in figure_of(FIGURES)
    claim = change_participants(qualifier="")
    claim.publish(by=bob(), reason="An exact count", seen=Claim.AS_STORED)
    assert "chart-open" not in [css for css, _path in chart_at(FIGURES).panels[0].paths]


def test_claims_are_counted_by_organisation_and_grade(client):
    rows = csv_of(client, "claims")
    shown = {(row["Organisation"], row["Grade"]): int(row["Value"]) for row in rows}
    grades = {label: grade for grade, label in Grade.choices}
    named = {each.named: each for each in Organisation.objects.profiled()}
    for (organisation, label), count in shown.items():
        editions = Edition.objects.current().filter(organisation=named[organisation], grade=grades[label])
        assert editions.count() == count
    assert sum(shown.values()) == Edition.objects.current().count()
    assert len(shown) == len(named) * len(Grade)
    assert [int(text) for drawing in drawing_of("claims") for text in drawing if text.isdigit()] == list(
        shown.values()
    )


def test_every_value_leads_to_the_permanent_addresses_of_what_it_counts(client):
    for slug in ("claims", PUBLICATIONS):
        for row in csv_of(client, slug):
            addresses = row["Addresses"].split()
            assert len(addresses) == int(row["Value"])
    for row in csv_of(client, "claims"):
        assert all(client.get(address).status_code == 200 for address in row["Addresses"].split())


def test_the_working_copy_changes_no_chart_until_bob_publishes_it_and_then_all_at_once(client):
    claim = change_participants(value=5250, qualifier="at least")
    assert "5,250" not in figure_of(FIGURES)
    assert csv_of(client, FIGURES)[0]["Value"] == "4500"
    claim.publish(by=bob(), reason="A newer count", seen=Claim.AS_STORED)
    chart = chart_at(FIGURES)
    assert "at least 5,250 participants" in " ".join(chart.takeaway)
    assert drawing_of(FIGURES)[0] == ["at least 5,250"]
    assert chart.panels[0].paths[0][1].count("M") == 53  # the last is half a square
    assert table_of(FIGURES)[1][1] == "at least 5,250 participants"
    row = csv_of(client, FIGURES)[0]
    assert (row["Qualifier"], row["Value"], row["Addresses"]) == (
        "at least",
        "5250",
        "http://testserver/evidence/e10/v2/",
    )


def test_of_many_claims_the_table_leads_to_the_register_instead_of_to_each(client):
    publish_claims(60, grade="supported", organisation=an_organisation(profiled=True))
    address = "/evidence/?organisation=harbour-aid&grade=supported"
    page = client.get(a_page_with("ChartPlugin", chart="claims")).content.decode()
    assert f'<a href="{address.replace("&", "&amp;")}">In the register</a>' in page
    counted = next(
        row
        for row in csv_of(client, "claims")
        if (row["Organisation"], row["Grade"]) == ("Harbour Aid", "supported")
    )
    assert read_list(client, address).count == f"{counted['Value']} claims"
    assert counted["Addresses"] == f"http://testserver{address}"


def test_a_draft_claim_is_in_no_chart(client):
    an_organisation(profiled=True)  # whose first claim is the draft
    before = [figure_of(slug) for slug in SLUGS]
    claim = draft_claim()
    assert [figure_of(slug) for slug in SLUGS] == before
    claim.publish(by=bob(), seen=Claim.AS_STORED)
    assert f"{claim.reference}<" in figure_of("claims")


def test_what_is_not_on_record_is_said_and_not_drawn(client, reports):
    Source.objects.filter(published__startswith="200").update(published="")
    values = {"organisation": reports[0].author, "first_year": 2004, "last_year": 2006}
    path = a_page_with("ChartPlugin", chart="publications", **values)
    figure = client.get(path).content.decode().split("<main")[1]
    assert "Publications of Harbour Aid, 2004 to 2006" in figure and "Not on record." in figure
    assert "<svg" not in figure and "/data/charts/" not in figure
    assert client.get(f"/data/charts/{PUBLICATIONS}.csv").status_code == 404


def test_a_block_whose_claim_is_not_published_says_nothing(client):
    path = a_page_with("ChartPlugin", chart="figures", heading="How many", claim=draft_claim())
    page = client.get(path).content.decode().split("<main")[1]
    assert "How many" not in page and "zugzwang" not in page and "figure" not in page


def test_no_cell_of_the_csv_is_a_formula(client):
    claim = Claim.objects.get(number=10)
    figure = claim.figures.get(unit="participants")
    for sign in ("=", "+", "-", "@", "\t", "\r"):
        figure.label, figure.unit = f"{sign}1+1", f"{sign}cmd"
        figure.save()
        claim.publish(by=bob(), reason="A label", seen=Claim.AS_STORED)
        sheet = client.get(f"/data/charts/{FIGURES}.csv").content.decode()
        row = next(csv.reader(sheet.splitlines(keepends=True)[1:]))
        assert row[0].startswith("'") and row[3].startswith("'")


def test_hostile_records_break_no_drawing():
    change_participants(value=999999999999999, label="<script>alert(1)</script>" * 8, unit="كتاب").publish(
        by=bob(), reason="Hostile", seen=Claim.AS_STORED
    )
    Organisation.objects.filter(profiled=True).update(official_name="x" * 300, short_name="")
    for slug in SLUGS:
        figure = figure_of(slug)
        ElementTree.fromstring(figure)
        assert "<script>" not in figure
    panel = chart_at(FIGURES).panels[0]
    assert panel.paths[0][1].count("M") <= 100


@pytest.mark.parametrize("slug", SLUGS)
def test_a_chart_is_named_for_screen_readers_and_carries_no_style(slug):
    root = ElementTree.fromstring(figure_of(slug))
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    for svg in root.iter("svg"):
        assert svg.attrib["role"] == "img"
        assert set(svg.attrib["aria-labelledby"].split()) <= set(ids)
        assert all((svg.find(part).text or "").strip() for part in ("title", "desc"))
    assert not any("style" in element.attrib for element in root.iter())
    assert root.attrib["data-record"] == f"portal.chart:{slug}"


@pytest.mark.parametrize("slug", SLUGS)
def test_a_chart_costs_a_fixed_number_of_queries(slug, django_assert_max_num_queries):
    for number in range(3):
        draft_claim().publish(by=bob(), seen=Claim.AS_STORED)
        for author in Organisation.objects.profiled():
            a_source(f"T{number} of {author.slug}", kind="report", author=author, published="2005")
    # As within a request, which loads what became of organisations once.
    with one_lineage(), django_assert_max_num_queries(5):
        figure_of(slug)


def test_a_chart_stands_on_a_page_where_an_editor_puts_it(client):
    page = create_page("Figures", "pages/page.html", "en", created_by=alice())
    content = PageContent.admin_manager.get(page=page)
    add_plugin(
        content.get_placeholders().get(slot="content"),
        "ChartPlugin",
        "en",
        heading="How many came",
        chart="figures",
        claim=Claim.objects.get(number=10),
    )
    Version.objects.get_for_content(content).publish(bob())
    shown = client.get("/figures/").content.decode()
    assert "over 4,500 participants" in shown
    assert "/data/charts/figures-e10.csv" in shown
    assert re.search(r'<h2 class="title" id="how-many-came">How many came</h2>', shown)
    assert "The figures of E10" not in shown
