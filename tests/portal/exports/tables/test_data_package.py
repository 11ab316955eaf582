"""The data package tells programs the type, the values and the meaning of each field."""

import pytest

from impact.grades import Grade
from tests.support.site_settings import set_up_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def tables(client):
    """Maps the name of each table to its resource."""
    return {each["name"]: each for each in client.get("/data/datapackage.json").json()["resources"]}


def fields(resource):
    return {each["name"]: each for each in resource["schema"]["fields"]}


def test_a_package_says_what_it_is_and_where(client, tables):
    package = client.get("/data/datapackage.json").json()
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert (package["name"], package["title"], package["homepage"]) == (
        "published-records",
        "Children's Rights Up Front",
        "http://testserver/data/",
    )
    assert {name: value for name, value in tables["claims"].items() if name != "schema"} == {
        "name": "claims",
        "title": "Claims",
        "description": "Every claim as it is published now: its current edition.",
        "type": "table",
        "path": "http://testserver/data/claims.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
    }
    assert tables["claims"]["schema"]["$schema"] == "https://datapackage.org/profiles/2.0/tableschema.json"


@pytest.mark.parametrize(
    ("table", "key", "foreign"),
    [
        ("claims", ["reference"], {"organisation_slug": ("organisations", "slug")}),
        ("editions", ["reference", "edition"], {"organisation_slug": ("organisations", "slug")}),
        (
            "figures",
            ["id"],
            {"reference": ("claims", "reference"), "organisation_slug": ("organisations", "slug")},
        ),
        ("indicators", ["reference"], {"organisation_slug": ("organisations", "slug")}),
        (
            "readings",
            ["id"],
            {
                "indicator": ("indicators", "reference"),
                "reference": ("claims", "reference"),
                "organisation_slug": ("organisations", "slug"),
            },
        ),
        ("evidence", ["id"], {"reference": ("claims", "reference")}),
        ("organisations", ["slug"], None),
        ("timeline", ["anchor"], {"organisation_slug": ("organisations", "slug")}),
        ("publications", ["slug"], {"organisation_slug": ("organisations", "slug")}),
        ("instruments", ["slug"], {"body_slug": ("organisations", "slug")}),
        ("stories", ["id"], None),
    ],
)
def test_a_table_names_its_key_and_the_tables_that_it_leads_to(tables, table, key, foreign):
    schema = tables[table]["schema"]
    assert schema["primaryKey"] == key
    assert schema.get("foreignKeys") == (
        foreign
        and [
            {"fields": [name], "reference": {"resource": other, "fields": [column]}}
            for name, (other, column) in foreign.items()
        ]
    )


REQUIRED = {
    "claims": "reference edition address published_at statement wording organisation organisation_slug "
    "grade state change",
    "figures": "id reference edition address label unit organisation organisation_slug",
    "indicators": "reference address title organisation organisation_slug unit measure timing direction "
    "may_be_added_up readings",
    "readings": "id indicator title kind unit reference edition address grade organisation organisation_slug",
    "evidence": "id reference edition address relation independence source source_title source_kind "
    "source_address",
    "organisations": "slug address official_name",
    "timeline": "anchor event title",
    "publications": "slug address kind organisation organisation_slug",
    "instruments": "slug address title",
    "stories": "id story story_title order heading kind text",
}


@pytest.mark.parametrize("table", REQUIRED)
def test_what_is_never_empty_is_required_and_nothing_else(tables, table):
    required = [
        name for name, each in fields(tables[table]).items() if each.get("constraints", {}).get("required")
    ]
    assert required == REQUIRED[table].split()


@pytest.mark.parametrize(
    ("table", "field", "descriptor"),
    [
        ("claims", "edition", {"type": "integer", "constraints": {"required": True}}),
        ("claims", "published_at", {"type": "datetime", "constraints": {"required": True}}),
        ("claims", "address", {"type": "string", "format": "uri", "constraints": {"required": True}}),
        ("claims", "limitations", {"type": "string"}),
        ("claims", "figures", {"type": "string"}),
        (
            "claims",
            "as_of",
            {"type": "string", "constraints": {"pattern": "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"}},
        ),
        ("figures", "value", {"type": "number"}),
        ("evidence", "link", {"type": "string", "format": "uri"}),
        ("organisations", "other_names", {"type": "string"}),
        (
            "figures",
            "qualifier",
            {
                "type": "string",
                "constraints": {
                    "enum": ["exactly", "over", "more than", "at least", "nearly", "about", "up to"]
                },
            },
        ),
        (
            "publications",
            "kind",
            {"type": "string", "constraints": {"required": True, "enum": ["report", "publication"]}},
        ),
        (
            "claims",
            "grade",
            {
                "type": "string",
                "constraints": {"required": True, "enum": Grade.values},
            },
        ),
        (
            "claims",
            "state",
            {
                "type": "string",
                "constraints": {"required": True, "enum": ["current", "corrected", "retired", "earlier"]},
            },
        ),
        (
            "evidence",
            "independence",
            {"type": "string", "constraints": {"required": True, "enum": ["own", "partner", "independent"]}},
        ),
        (
            "evidence",
            "relation",
            {
                "type": "string",
                "constraints": {
                    "required": True,
                    "enum": ["states", "supports", "supports in part", "repeats", "contradicts", "context"],
                },
            },
        ),
    ],
)
def test_a_field_has_its_type_and_its_limits(tables, table, field, descriptor):
    described = fields(tables[table])[field]
    assert {
        name: value for name, value in described.items() if name not in ("name", "description")
    } == descriptor


@pytest.mark.parametrize(
    ("setting", "licences"),
    [
        ("", None),
        ("CC-BY-4.0", [{"name": "CC-BY-4.0"}]),
        ("https://example.org/t", [{"path": "https://example.org/t"}]),
    ],
)
def test_a_licence_is_an_address_or_a_name_or_is_left_out(client, setting, licences):
    set_up_site(licence=setting)
    assert client.get("/data/datapackage.json").json().get("licenses") == licences
