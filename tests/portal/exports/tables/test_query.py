"""The parameters of the tables: their limits on both sides, and the sentences of refusal."""

import pytest

from portal.exports.tables import query
from tests.support.lists import publish_claims

pytestmark = pytest.mark.django_db

REFERENCES = "its pattern is ^[Ee][1-9][0-9]{0,8}$."
SLUGS = "its pattern is ^[-a-zA-Z0-9_]{1,100}$."


def test_a_page_has_a_hundred_rows_or_as_many_as_are_asked_for_up_to_five_hundred(client):
    publish_claims(475)
    for parameters, length in {"": 100, "?limit=1": 1, "?limit=99": 99, "?limit=500": 500}.items():
        assert len(client.get(f"/api/v1/claims{parameters}").json()["claims"]) == length


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ("limit=501", "“limit” is at most 500."),
        ("limit=0", "“limit” is at least 1."),
        ("limit=x", "“limit” is not a whole number."),
        ("limit=" + "9" * 5000, "“limit” is not a whole number."),
        (
            "type=red",
            "“type” is none of the values it may have: activity, output, outcome, advocacy, "
            "membership, endorsement, context.",
        ),
        (
            "colour=red",
            "“colour” cannot be asked for here; what can be: "
            "organisation, type, theme, grade, year, claim, after, limit.",
        ),
        ("claim=E0", f"“claim” does not look as it should: {REFERENCES}"),
        ("claim=E1234567890", f"“claim” does not look as it should: {REFERENCES}"),
        ("organisation=" + "a" * 101, f"“organisation” does not look as it should: {SLUGS}"),
        ("year=02", "“year” does not look as it should: its pattern is ^([0-9]{4}|none)$."),
        ("after=1234567890123456789", "“after” does not look as it should: its pattern is ^[0-9]{1,18}$."),
        (
            "limit=0&year=x",
            "“year” does not look as it should: its pattern is ^([0-9]{4}|none)$. “limit” is at least 1.",
        ),
    ],
)
def test_a_refusal_says_which_parameter_is_wrong_and_what_it_may_be(client, parameters, sentence):
    response = client.get(f"/api/v1/claims?{parameters}")
    assert (response.status_code, response.json()["detail"]) == (422, sentence)


@pytest.mark.parametrize(
    "parameters",
    [
        "claim=E123456789",
        "claim=e1",
        "organisation=" + "a" * 100,
        "organisation=A-b_9",
        "year=0002",
        "year=none",
        "after=" + "9" * 18,
        "after=0",
    ],
)
def test_the_longest_and_the_first_that_a_pattern_allows_is_taken(client, parameters):
    assert client.get(f"/api/v1/claims?{parameters}").status_code == 200


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        (
            "/data/claims.csv?limit=5",
            "“limit” cannot be asked for here; what can be: organisation, type, theme, grade, year, claim.",
        ),
        (
            "/data/organisations.csv?year=2002",
            "“year” cannot be asked for here: this address takes nothing after “?”.",
        ),
        ("/api/v1/?x=1", "“x” cannot be asked for here: this address takes nothing after “?”."),
        ("/api/v1/claims/E10?x=1", "“x” cannot be asked for here: this address takes nothing after “?”."),
        ("/api/v1/organisations?year=2002", "“year” cannot be asked for here; what can be: after, limit."),
    ],
)
def test_an_unknown_parameter_is_refused_with_those_that_there_are(client, path, sentence):
    response = client.get(path)
    assert (response.status_code, response.json()["detail"]) == (422, sentence)
    assert [error["detail"] for error in response.json()["errors"]] == [sentence]
    assert (response.json()["title"], response.json()["status"]) == ("Unprocessable Entity", 422)


def test_a_cursor_of_text_holds_two_hundred_signs_and_no_more(client):
    for table, cursor in (("organisations", "a" * 200), ("timeline", f"{'1' * 200}~{'b' * 200}")):
        assert client.get(f"/api/v1/{table}?after={cursor}").status_code == 200
        assert client.get(f"/api/v1/{table}?after={cursor}b").status_code == 422


def test_every_limit_stands_where_the_documentation_has_it(client):
    assert (query.PAGE_SIZE, query.MAX_PAGE_SIZE) == (100, 500)
    [limit] = [
        each
        for each in client.get("/api/v1/openapi.json").json()["paths"]["/api/v1/claims"]["get"]["parameters"]
        if each["name"] == "limit"
    ]
    assert limit["schema"] | {"title": ""} == {
        "default": 100,
        "maximum": 500,
        "minimum": 1,
        "type": "integer",
        "title": "",
        "description": "How many rows a page may have.",
    }
    assert "1–500" in client.get("/api/docs/").content.decode()
