"""The headers of the API: methods, CORS and ETags."""

import pytest

from tests.support.factory import a_claim, published

pytestmark = pytest.mark.django_db

METHODS = "GET, HEAD, OPTIONS"


def test_a_preflight_request_is_told_what_may_be_asked_for_a_day(client):
    response = client.options("/api/v1/claims")
    assert response.status_code == 204
    assert {
        name: response.get(name)
        for name in (
            "Allow",
            "Access-Control-Allow-Methods",
            "Access-Control-Allow-Headers",
            "Access-Control-Max-Age",
            "Access-Control-Expose-Headers",
        )
    } == {
        "Allow": METHODS,
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": "Accept, If-None-Match",
        "Access-Control-Max-Age": "86400",
        "Access-Control-Expose-Headers": "ETag, Link",
    }
    assert "Access-Control-Allow-Methods" not in client.get("/api/v1/claims")


def test_whoever_writes_is_refused_in_a_sentence(client):
    response = client.post("/api/v1/claims", {}, content_type="application/json")
    assert (response.status_code, response["Allow"], response["Access-Control-Allow-Origin"]) == (
        405,
        METHODS,
        "*",
    )
    assert response.json()["detail"] == f"This is read-only: it answers {METHODS}."


def test_an_etag_names_the_content_and_no_refusal_is_answered_with_304(client):
    claim = published(a_claim())
    address = f"/api/v1/claims/{claim.reference}"
    first = client.get(address)
    for known, status in ((first["ETag"], 304), (f"W/{first['ETag']}", 304), ("*", 304), ('"other"', 200)):
        response = client.get(address, headers={"If-None-Match": known})
        assert response.status_code == status and response["ETag"] == first["ETag"]
        assert response["Access-Control-Expose-Headers"] == "ETag, Link"
    assert len(first["ETag"]) == 34
    assert client.get("/api/v1/claims/E1")["ETag"] != first["ETag"]
    refused = client.get("/api/v1/claims/E999")
    again = client.get("/api/v1/claims/E999", headers={"If-None-Match": refused["ETag"]})
    assert (again.status_code, again.content) == (404, refused.content)


def test_a_head_request_has_the_headers_of_the_page_alone(client):
    whole, head = (getattr(client, method)("/api/v1/claims?limit=1") for method in ("get", "head"))
    assert (head.status_code, head.content) == (200, b"")
    for name in ("ETag", "Link", "Content-Type"):
        assert head[name] == whole[name]


@pytest.mark.parametrize("path", ["/api/", "/api/v2/", "/api/v1/nothing", "/api/docsx", "/api/docs/x"])
def test_an_address_where_nothing_is_says_where_to_begin(client, path):
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response.json()["detail"] == "There is nothing at this address: /api/v1/ says what there is."
    assert response["Access-Control-Allow-Origin"] == "*"
    assert client.post(path).status_code == 405
