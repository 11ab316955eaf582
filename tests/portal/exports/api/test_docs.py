"""The documentation for people shows the limits, the values and an example of each address."""

import re

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def sections(client):
    """Maps the path of each address of the API to the HTML of its section."""
    page = client.get("/api/docs/").content.decode()
    return {
        re.match(r"([^<]+)</code>", part)[1]: part.split("</section>")[0]
        for part in page.split("GET ")[1:]
        if re.match(r"/api[^<]+</code>", part)
    }


def test_only_an_address_with_an_example_for_each_of_its_parts_gives_one(sections):
    examples = {path: re.findall(r'href="(/api/v1/[^"#]*)"', part) for path, part in sections.items()}
    assert "/api/v1/claims/E1" in examples["/api/v1/claims/{reference}"]
    assert "/api/v1/claims/E1/editions/1" in examples["/api/v1/claims/{reference}/editions/{number}"]
    assert "/api/v1/claims" in examples["/api/v1/claims"]
    assert examples["/api/v1/organisations/{slug}"] == []


def test_a_parameter_says_between_which_numbers_of_which_values_or_in_which_pattern_it_stands(sections):
    claims = sections["/api/v1/claims"]
    assert "1–500" in claims and "^([0-9]{4}|none)$" in claims
    assert [
        each
        for each in ("disputed", "supported", "partner in part", "organisation only", "unsourced")
        if each not in claims
    ] == []
    assert f"1–{2**31 - 1}" in sections["/api/v1/claims/{reference}/editions/{number}"]
    assert "How many rows a page may have." in claims
    assert "limit" not in sections["/api/v1/claims/{reference}"]


def test_every_status_of_an_answer_is_explained(client):
    page = client.get("/api/docs/").content.decode()
    for status, meaning in {
        200: "What was asked for.",
        304: "Nothing has changed since the answer whose ETag was sent with If-None-Match.",
        404: "Nothing published has this name.",
        410: "The claim was withdrawn; the answer says when and why.",
        422: "The address asks for something that cannot be asked for; the answer says what.",
    }.items():
        assert re.search(rf"{status}\b(?:(?!\d{{3}}).)*?{re.escape(meaning)}", page, re.DOTALL), status
