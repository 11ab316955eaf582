"""The register of the demonstration: how many claims each choice shows."""

import pytest

from tests.support.blocks import in_order, text_of
from tests.support.lists import read_list

pytestmark = pytest.mark.django_db

REGISTER = "/evidence/"


def test_the_register_is_narrowed_by_how_far_shown_organisation_type_and_theme(client):
    shown = read_list(client, REGISTER)
    assert list(shown.rows) == ["How far shown", "Organisation", "Type", "Theme"]
    assert list(shown.rows["Organisation"]) == [
        "All",
        "Coalition to Stop the Use of Child Soldiers "
        "(renamed Child Soldiers International, closed 2019) (12)",
        "Child Soldiers International (closed 2019) (1)",
        "Dallaire Initiative (17)",
    ]
    assert list(shown.rows["How far shown"]) == [
        "All",
        "An independent source supports (2)",
        "A partner supports (6)",
        "Only the organisation says so (19)",
        "Contradicted by another text (3)",
    ]
    assert shown.current == dict.fromkeys(shown.rows, ["All"])
    assert shown.count == "30 claims"
    assert len(shown.references) == 30


def test_each_claim_that_is_contradicted_is_read_beside_what_contradicts_it(client):
    assert f'href="{REGISTER}?shown=contradicted"' in client.get("/").content.decode()
    shown = read_list(client, f"{REGISTER}?shown=contradicted")
    assert shown.references == ["E19", "E24", "E28"]
    assert shown.text.count("Contradicted by a document of its own") == 5
    assert "Gives the interval between the reports as three to four years" in shown.text
    assert "Shop page, Global Report 2001" in shown.text
    assert (
        "Child Soldiers Global Report 2004" in shown.text
        and "Child Soldiers Global Report 2008" in shown.text
    )


def test_the_impact_page_tells_of_themes_then_figures_then_differences_then_claims_then_publications(client):
    html = client.get("/impact/").content.decode()
    parts = [
        'class="sheet-table"',
        ">Figures they give<",
        ">35, over 35 or about 30?<",
        ">The claims<",
        ">Publications</h2>",
    ]
    assert in_order(html, *parts) == parts and "Reach of the training" not in html
    assert len(read_list(client, "/evidence/?theme=training").references) == 3
    assert text_of(html.split("<tbody")[1].split("</tbody>")[0]).count("claims") == 6
