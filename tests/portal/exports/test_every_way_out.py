"""The kinds of records, and each way out of the site for each: none may be forgotten where a kind is new."""

import json

import pytest

from advocacy.models import Ask, Fold, Instrument, StoryOfChange
from impact.models import Claim, Highlight, Indicator
from organisation.models import (
    Affiliation,
    Milestone,
    Organisation,
    Record,
    Source,
    Statement,
    Succession,
)
from portal.exports.sitemap import SECTIONS
from portal.exports.tables import TABLES
from portal.search.documents import DOCUMENT_TYPES
from tests.support.factory import a_reading, an_absence, an_indicator, published

pytestmark = pytest.mark.django_db

# Of each kind of record: the tables that have a row of it, its section of the sitemap, and its kind of hit.
# “None” stands where it has no page of its own, or is found with the record that it belongs to.
WAYS_OUT = {
    Organisation: ({"organisations"}, None, "organisation"),
    Source: ({"publications", "evidence"}, "sources", "source"),
    Statement: (set(), None, "statement"),
    Milestone: ({"timeline"}, None, "milestone"),
    Succession: ({"timeline"}, None, None),
    Affiliation: (set(), None, "affiliation"),
    Claim: ({"claims", "editions", "figures", "evidence"}, "claims", "claim"),
    Highlight: (set(), None, None),
    Indicator: ({"indicators", "readings"}, "indicators", "indicator"),
    Instrument: ({"instruments", "timeline"}, "instruments", "instrument"),
    Ask: (set(), None, "ask"),
    StoryOfChange: ({"stories"}, None, None),
    Fold: ({"stories"}, None, None),
}


def test_every_kind_of_record_has_its_ways_out_and_none_is_forgotten():
    kinds = set(Record.__subclasses__())
    assert {each.__name__ for each in kinds ^ set(WAYS_OUT)} == set()
    assert set().union(*(tables for tables, _section, _hit in WAYS_OUT.values())) == set(TABLES)
    assert {section for _tables, section, _hit in WAYS_OUT.values()} - {None} == set(SECTIONS) - {"pages"}
    assert {hit for _tables, _section, hit in WAYS_OUT.values()} - {None} == set(DOCUMENT_TYPES) - {"page"}


@pytest.fixture
def indicator():
    """An indicator with two readings, one of which is a draft, and an absence."""
    children = an_indicator("Children of the lighthouse", how_counted="By lamplight.")
    parts = [("sex", "girls", "725"), ("sex", "boys", "withheld for safety")]
    published(a_reading(children, 1234, "2023", as_written="1,234", parts=parts))
    a_reading(children, 4321, "2024", as_written="4,321")
    an_absence(children, "2025")
    return children


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8-sig")


def rows(client, name, indicator):
    table = json.loads(read(client, f"/data/{name}.json"))[name]
    key = "reference" if name == "indicators" else "indicator"
    return [row for row in table if row[key] == indicator.reference]


def test_a_reading_has_the_same_value_by_every_way_out_and_a_draft_has_none(client, indicator):
    [reading] = rows(client, "readings", indicator)
    assert (reading["value"], reading["starts"], reading["ends"], reading["kind"]) == (
        "1234",
        "2023",
        "2023",
        "actual",
    )
    assert reading["parts"] == ["sex, girls: 725", "sex, boys: withheld for safety"]
    for path in (
        "/data/readings.csv",
        "/data/figures.csv",
        f"/api/v1/readings?indicator={indicator.reference}",
        indicator.get_absolute_url(),
    ):
        text = read(client, path).replace("1,234", "1234").replace("4,321", "4321")
        assert "1234" in text and "4321" not in text, path


def test_an_absence_leaves_with_its_reason_and_never_as_a_zero(client, indicator):
    [row] = rows(client, "indicators", indicator)
    assert row["absences"] == ["2025: not collected"] and row["readings"] == 1
    assert "Not collected." in read(client, indicator.get_absolute_url())
    values = [each["value"] for each in rows(client, "readings", indicator)]
    assert values == ["1234"]


def test_an_indicator_is_found_and_listed(client, indicator):
    assert indicator.get_absolute_url() in read(client, "/search/?q=lighthouse")
    assert indicator.get_absolute_url() in read(client, f"/search/?q={indicator.reference}")
    assert indicator.get_absolute_url() in read(client, "/sitemap.xml")
