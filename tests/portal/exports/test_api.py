"""The rows of /api/v1/: in pages by keyset, one by its name, with ETag, CORS and problem details."""

import json

import pytest
from django.utils.text import slugify

from impact.models import Claim
from organisation.models import Milestone
from portal.exports.tables import TABLES
from tests.support.api import read_rows
from tests.support.claims import publish
from tests.support.factory import a_claim, a_reading, an_indicator, an_organisation, published
from tests.support.lists import publish_claims
from tests.support.people import alice, bob
from tests.support.sampling import every

pytestmark = pytest.mark.django_db


def problem_of(response, status):
    """Returns the problem details of a response, after checking what every problem has."""
    problem = response.json()
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json"), problem
    assert problem["status"] == status and problem["detail"].endswith(".")
    assert problem["title"] and problem["type"] == "about:blank"
    assert response["Access-Control-Allow-Origin"] == "*"
    return problem


@pytest.mark.parametrize("name", every(2, list(TABLES), start=1))
def test_every_row_of_the_file_comes_once_and_in_its_order_page_after_page(client, name):
    publish(together_with="Partners")
    for title in ("Boats", "Schools"):
        published(a_reading(an_indicator(title), 40))
    file = json.loads(client.get(f"/data/{name}.json").getvalue())[name]
    assert read_rows(client, f"/api/v1/{name}?limit=3") == file
    assert read_rows(client, f"/api/v1/{name}") == file and len(file) > 3


def test_a_page_leads_to_the_next_in_its_body_and_in_a_header_and_keeps_the_filters(client):
    claims = publish_claims(3, organisation=an_organisation())
    response = client.get("/api/v1/claims?organisation=harbour-aid&limit=2")
    following = response.json()["next"]
    assert (
        response["Link"] == f'<{following}>; rel="next"'
        and "organisation=harbour-aid" in following
        and "limit=2" in following
    )
    assert [row["reference"] for row in response.json()["claims"]] == [each.reference for each in claims[:2]]
    last = client.get("/api/v1/claims?limit=500")
    assert last.json()["next"] is None and "Link" not in last


def a_milestone(title, **values):
    return Milestone.objects.create(
        organisation=an_organisation(profiled=True), slug=slugify(title), title=title, text="Built.", **values
    )


def test_a_row_that_is_added_or_withdrawn_between_two_pages_shifts_no_other(client):
    first = client.get("/api/v1/claims?limit=5").json()
    Claim.objects.get(number=5).withdraw(by=bob(), reason="It was about somebody else", seen=Claim.AS_STORED)
    assert client.get(first["next"]).json()["claims"][0]["reference"] == "E6"
    _one, two, _three = (a_milestone(f"Pier {number}", date=f"180{number}") for number in range(3))
    first = client.get("/api/v1/timeline?limit=2").json()
    assert [row["title"] for row in first["timeline"]] == ["Pier 0", "Pier 1"]
    expected = client.get(first["next"]).json()["timeline"]
    two.delete()
    assert client.get(first["next"]).json()["timeline"] == expected


def test_rows_are_narrowed_by_the_filters_of_each_table(client):
    def references(query):
        return [row["reference"] for row in read_rows(client, f"/api/v1/{query}")]

    a_milestone("Founded")
    publish_claims(1, organisation=an_organisation())
    publish_claims(1, organisation=an_organisation("Lantern Fund"), grade="disputed")
    disputed = publish_claims(3, organisation=an_organisation(), grade="disputed")
    assert (
        references("claims?organisation=harbour-aid&grade=disputed")
        == [claim.reference for claim in disputed]
        == references("claims?grade=disputed&organisation=harbour-aid")
    )
    assert {row["theme"] for row in read_rows(client, "/api/v1/claims?theme=training")} == {"training"}
    assert {row["type"] for row in read_rows(client, "/api/v1/claims?type=context")} == {"context"}
    assert references("figures?claim=e10") == ["E10", "E10"]
    assert {row["relation"] for row in read_rows(client, "/api/v1/evidence?relation=contradicts")} == {
        "contradicts"
    }
    assert {
        row["source"]
        for row in read_rows(client, "/api/v1/evidence?source=opac-text&independence=independent")
    } <= {"opac-text"}
    assert {row["date"][:4] for row in read_rows(client, "/api/v1/timeline?year=2002")} == {"2002"}
    assert {row["published"][:4] for row in read_rows(client, "/api/v1/publications?year=2007")} == {"2007"}
    assert {row["published"] for row in read_rows(client, "/api/v1/publications?year=none")} == {""}
    assert {
        row["organisation_slug"] for row in read_rows(client, "/api/v1/timeline?organisation=harbour-aid")
    } == {"harbour-aid"}
    assert {
        row["body_slug"] for row in read_rows(client, "/api/v1/instruments?body=un-general-assembly")
    } == {"un-general-assembly"}
    assert read_rows(client, "/api/v1/claims?organisation=nobody") == []


def test_one_row_is_found_by_its_name_and_any_edition_of_a_claim_by_its_number(client):
    first = client.get("/api/v1/claims/E10").json()
    publish(statement="Over 5,000")
    assert client.get("/api/v1/claims/e10").json()["statement"] == "Over 5,000"
    earlier = client.get("/api/v1/claims/E10/editions/1").json()
    assert earlier == first | {"state": "earlier"}
    for name in ("organisations", "publications", "instruments"):
        row = read_rows(client, f"/api/v1/{name}")[0]
        assert client.get(f"/api/v1/{name}/{row['slug']}").json() == row


def test_what_is_not_published_is_not_there_and_what_was_withdrawn_is_gone(client):
    draft = a_claim("We zugzwang")
    guesses = [
        "claims/E99",
        f"claims/{draft.reference}",
        "claims/E0",
        "claims/E10/editions/9",
        f"claims/{draft.reference}/editions/1",
    ]
    for path in [*guesses, "organisations/nobody", "publications/x", "instruments/x", "nothing", "claims/"]:
        assert "zugzwang" not in str(problem_of(client.get(f"/api/v1/{path}"), 404))
    statement = publish(10, statement="We zugzwang").statement
    Claim.objects.get(number=10).withdraw(
        by=bob(), reason="It was about somebody else.", seen=Claim.AS_STORED
    )
    for path in ("claims/E10", "claims/E10/editions/1", "claims/E10/editions/7"):
        detail = problem_of(client.get(f"/api/v1/{path}"), 410)["detail"]
        assert "E10 was withdrawn on" in detail and "It was about somebody else" in detail
        assert statement not in detail


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=501",
        "limit=-1",
        "limit=x",
        "limit=1e3",
        "limit=99999999999999999999999",
        "limit=",
        "limit=%00",
        "limit=²",
        "after=x",
        "after=E10",
        "after=-1",
        "after=1~2",
        "after=%00",
        "after=9999999999999999999999",
        "after=1'--",
        "after=%F0%9F%A6%86",
        "after=",
        "colour=red",
        "Limit=1",
        "%00=1",
        "theme=red",
        "theme=%00",
        "grade=Stated",
        "year=2",
        "year=20000",
        "claim=10",
        "claim=E0",
        "organisation=a%00b",
        "organisation=%27%20OR%201=1",
        "organisation=" + "a" * 500,
    ],
)
def test_an_invalid_parameter_is_refused_by_its_name(client, query):
    problem = problem_of(client.get(f"/api/v1/claims?{query}"), 422)
    assert [each["parameter"] for each in problem["errors"]] == [
        query.partition("=")[0].replace("%00", "\x00")
    ]


def test_no_address_takes_an_unknown_parameter(client):
    an_organisation(profiled=True)
    for path in ("", "claims/E10", "claims/E10/editions/1", "organisations/harbour-aid"):
        assert "colour" in problem_of(client.get(f"/api/v1/{path}?colour=red"), 422)["detail"]
    for number in ("0", "x", "-1", "9" * 30):
        problem_of(client.get(f"/api/v1/claims/E10/editions/{number}"), 422)
    problem_of(client.get("/api/v1/organisations/a%00b"), 404)
    problem_of(client.get("/api/v1/claims/" + "9" * 5000), 404)


@pytest.mark.parametrize("after", ["999999999999999999", "0", "00"])
def test_a_cursor_at_which_no_row_stands_is_valid(client, after):
    assert len(client.get(f"/api/v1/claims?after={after}").json()["claims"]) == (
        0 if after.startswith("9") else 30
    )
    assert client.get(
        "/api/v1/figures?after=999999999999999999~999999999999999999~999999999999999999"
    ).json() == {"figures": [], "next": None}


def test_a_matching_etag_is_answered_304_until_something_is_published(client):
    for path in ("", "claims", "claims/E10", "timeline", "openapi.json"):
        response = client.get(f"/api/v1/{path}")
        again = client.get(f"/api/v1/{path}", headers={"If-None-Match": f'"other", {response["ETag"]}'})
        assert (again.status_code, again.content, again["ETag"], again["Access-Control-Allow-Origin"]) == (
            304,
            b"",
            response["ETag"],
            "*",
        )
    etag = client.get("/api/v1/claims")["ETag"]
    publish(statement="Over 5,000")
    assert client.get("/api/v1/claims", headers={"If-None-Match": etag}).status_code == 200


def test_a_program_on_any_site_may_read_and_only_read(client):
    preflight = client.options(
        "/api/v1/claims",
        headers={
            "Origin": "https://example.org",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "if-none-match",
        },
    )
    assert (preflight.status_code, preflight.content, preflight["Access-Control-Allow-Origin"]) == (
        204,
        b"",
        "*",
    )
    assert (
        "GET" in preflight["Access-Control-Allow-Methods"]
        and "If-None-Match" in preflight["Access-Control-Allow-Headers"]
    )
    whole, head = client.get("/api/v1/claims"), client.head("/api/v1/claims")
    assert (head.status_code, head["ETag"], head.content) == (200, whole["ETag"], b"")
    assert (
        "Access-Control-Allow-Credentials" not in whole and "Link" in whole["Access-Control-Expose-Headers"]
    )
    for method in ("post", "put", "patch", "delete", "trace"):
        for path in ("claims", "claims/E10", "openapi.json", "nothing"):
            response = getattr(client, method)(f"/api/v1/{path}")
            problem_of(response, 405)
            assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_no_cookie_is_set_and_a_response_does_not_depend_on_the_user(client):
    visitor = client.get("/api/v1/claims")
    client.force_login(alice())
    staff = client.get("/api/v1/claims", headers={"Accept-Language": "fr"})
    assert visitor.cookies == staff.cookies == {} and visitor.content == staff.content
    assert "Cookie" not in visitor.get("Vary", "")


def test_a_response_costs_the_same_number_of_queries_whatever_it_holds(client, django_assert_max_num_queries):
    publish_claims(60)
    for path, most in [
        *((name, 9) for name in TABLES),
        # A claim comes with whether its organisation is still there.
        ("claims/E10", 6),
        ("claims/E10/editions/1", 6),
        ("claims?limit=500", 5),
        ("evidence?limit=500", 3),
    ]:
        client.get(f"/api/v1/{path}")  # what is looked up once a process
        with django_assert_max_num_queries(most):
            assert client.get(f"/api/v1/{path}").status_code == 200
