"""The OpenAPI document says of each field of a row which type, values and pattern it has."""

import pytest

from impact.grades import Grade

pytestmark = pytest.mark.django_db

DATE = "^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$"
KINDS = ["states", "supports", "supports in part", "repeats", "contradicts", "context"]


@pytest.fixture
def schemas(client):
    return client.get("/api/v1/openapi.json").json()["components"]["schemas"]


@pytest.mark.parametrize(
    ("row", "field", "expected"),
    [
        ("Claim", "edition", {"type": "integer"}),
        ("Claim", "statement", {"type": "string"}),
        ("Claim", "as_of", {"type": "string", "pattern": DATE}),
        ("Claim", "published_at", {"type": "string", "format": "date-time"}),
        ("Claim", "address", {"type": "string", "format": "uri"}),
        ("Claim", "grade", {"type": "string", "enum": Grade.values}),
        ("Claim", "figures", {"type": "array", "items": {"$ref": "#/components/schemas/FigureOfClaim"}}),
        ("Figure", "value", {"type": "string", "pattern": r"^(-?[0-9]+(\.[0-9]+)?)?$"}),
        (
            "Figure",
            "qualifier",
            {
                "type": "string",
                "enum": ["", "exactly", "over", "more than", "at least", "nearly", "about", "up to"],
            },
        ),
        ("Citation", "relation", {"type": "string", "enum": KINDS}),
        ("Citation", "link", {"type": "string"}),
        ("Organisation", "other_names", {"type": "array", "items": {"type": "string"}}),
    ],
)
def test_a_field_has_the_type_of_its_column(schemas, row, field, expected):
    described = schemas[row]["properties"][field]
    assert {
        name: value for name, value in described.items() if name not in ("title", "description")
    } == expected
    assert described["description"].endswith(".")
    assert field in schemas[row]["required"]


def test_a_page_holds_its_rows_under_the_name_of_their_table_and_perhaps_a_next(schemas):
    page = schemas["ClaimRows"]
    assert page["required"] == ["claims"] and set(page["properties"]) == {"claims", "next"}
    assert page["properties"]["claims"]["items"] == {"$ref": "#/components/schemas/Claim"}
    following = page["properties"]["next"]
    assert following["format"] == "uri" and {"type": "null"} in following["anyOf"]


def test_a_parameter_has_the_pattern_or_the_values_of_its_filter_and_no_default(client):
    operation = client.get("/api/v1/openapi.json").json()["paths"]["/api/v1/evidence"]["get"]
    parameters = {each["name"]: each["schema"] for each in operation["parameters"]}
    assert list(parameters) == [
        "organisation",
        "relation",
        "independence",
        "source",
        "claim",
        "after",
        "limit",
    ]
    assert parameters["relation"]["enum"] == KINDS
    assert parameters["claim"]["pattern"] == "^[Ee][1-9][0-9]{0,8}$"
    assert parameters["after"]["pattern"] == "^[0-9]{1,18}~[0-9]{1,18}~[0-9]{1,18}$"
    assert [name for name, schema in parameters.items() if "default" in schema] == ["limit"]
    assert [each["name"] for each in operation["parameters"] if each.get("required")] == []


def test_every_answer_may_be_a_refusal_as_problem_details_or_nothing_new(client):
    for path, methods in client.get("/api/v1/openapi.json").json()["paths"].items():
        responses = methods["get"]["responses"]
        expected = {"200", "304", "422"} | ({"404"} if "{" in path else set())
        assert set(responses) == expected | ({"410"} if "/claims/{" in path else set()), path
        assert responses["304"] == {"description": "Not Modified"}


def test_programs_know_each_address_by_its_name_and_its_table(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    names = {
        path: (methods["get"]["operationId"], methods["get"].get("tags")) for path, methods in paths.items()
    }
    tables = (
        "claims editions figures indicators readings evidence organisations timeline publications "
        "instruments stories"
    ).split()
    assert names == (
        {"/api/v1/": ("tables", None)}
        | {f"/api/v1/{table}": (table, [table]) for table in tables}
        | {
            f"/api/v1/{table}/{{slug}}": (f"one-of-{table}", [table])
            for table in ("organisations", "publications", "instruments")
        }
        | {
            "/api/v1/claims/{reference}": ("one-of-claims", ["claims"]),
            "/api/v1/claims/{reference}/editions/{number}": ("one-of-editions", ["editions"]),
        }
    )


def test_every_address_in_the_list_of_tables_is_said_to_be_one(schemas):
    assert schemas["TableLink"]["properties"]["address"]["format"] == "uri"
    assert [schemas["Tables"]["properties"][name]["format"] for name in ("openapi", "documentation")] == [
        "uri"
    ] * 2
    assert schemas["ProblemDetails"]["required"] == ["type", "title", "status", "detail"]
