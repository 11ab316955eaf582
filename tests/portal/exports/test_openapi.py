"""The OpenAPI schema of the API, and the documentation that is made from it."""

import jsonschema_rs
import pytest

from impact.models import Claim
from portal.exports.tables import TABLES
from tests.support.api import read_rows
from tests.support.claims import publish
from tests.support.crawl import Page
from tests.support.people import bob

pytestmark = pytest.mark.django_db


@pytest.fixture
def schema(client):
    return client.get("/api/v1/openapi.json").json()


def test_the_schema_describes_every_path_and_every_response(client, schema):
    assert schema["openapi"].startswith("3.1") and set(schema) >= {"info", "paths", "components"}
    assert {f"/api/v1/{name}" for name in TABLES} < set(schema["paths"])
    for path, methods in schema["paths"].items():
        assert list(methods) == ["get"] and methods["get"]["summary"], path
        responses = methods["get"]["responses"]
        assert {"200", "304", "422"} <= set(responses), path
        assert all(
            list(responses[status]["content"]) == ["application/problem+json"]
            for status in responses
            if status >= "400"
        ), path
        assert all(parameter["description"] for parameter in methods["get"]["parameters"]), path
    operation_ids = [methods["get"]["operationId"] for methods in schema["paths"].values()]
    assert len(set(operation_ids)) == len(operation_ids)


def test_every_response_is_as_the_schema_describes_it(client, schema):
    publish(together_with="Partners")
    Claim.objects.get(number=11).withdraw(by=bob(), reason="It was about somebody else", seen=Claim.AS_STORED)
    slugs = {
        name: read_rows(client, f"/api/v1/{name}")[0]["slug"]
        for name in ("organisations", "publications", "instruments")
    }
    for path, methods in schema["paths"].items():
        slug = slugs.get(path.split("/")[3], "")
        for values in (
            {"reference": "E10", "number": 1, "slug": slug},
            {"reference": "E11", "number": 1, "slug": "x"},
            {"reference": "x", "number": "x", "slug": "x"},
        ):
            for query in ("", "?x=1"):
                response = client.get(path.format(**values) + query)
                content = methods["get"]["responses"][str(response.status_code)]["content"][
                    response["Content-Type"].partition(";")[0]
                ]
                response_schema = {
                    "$schema": "https://json-schema.org/draft/2020-12/schema",
                    "components": schema["components"],
                    **content["schema"],
                }
                jsonschema_rs.validator_for(response_schema).validate(response.json())


def test_the_documentation_names_every_parameter_and_loads_nothing_from_other_hosts(client, schema):
    page = client.get("/api/docs/").content.decode()
    for path, methods in schema["paths"].items():
        part = page.split(f"GET {path}</code>")[1].split("</section>")[0]
        assert [
            each["name"] for each in methods["get"]["parameters"] if f">{each['name']}</code>" not in part
        ] == []
    assert 'href="/api/v1/openapi.json"' in page
    assert [link for link in Page(page).links if "://" in link] == [] and client.get("/api/docs")[
        "Location"
    ] == "/api/docs/"
    assert [
        link for link in Page(page).links if link.startswith("/api/") and client.get(link).status_code != 200
    ] == []
