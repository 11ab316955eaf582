"""The addresses of the API: the list of tables, claims by reference, editions by number, and what is gone."""

import pytest

from portal.exports.tables import TABLES
from tests.support.factory import a_claim, a_source, an_organisation, published
from tests.support.people import bob

pytestmark = pytest.mark.django_db

API = "http://testserver/api/v1"


def detail_of(response):
    return response.status_code, response.json()["detail"]


def test_the_first_address_leads_to_every_table_and_to_both_descriptions(client):
    body = client.get("/api/v1/").json()
    assert [each["name"] for each in body["tables"]] == [
        "claims",
        "editions",
        "figures",
        "indicators",
        "readings",
        "evidence",
        "organisations",
        "timeline",
        "publications",
        "instruments",
        "stories",
    ]
    assert body["tables"][2] == {
        "name": "figures",
        "title": "Figures",
        "holds": str(TABLES["figures"].description),
        "address": f"{API}/figures",
    }
    assert (body["openapi"], body["documentation"]) == (
        f"{API}/openapi.json",
        "http://testserver/api/docs/",
    )


def test_editions_are_found_by_number_and_a_number_without_one_is_not_there(client):
    claim = published(a_claim("One"))
    published(claim, statement="Two")
    address = f"/api/v1/claims/{claim.reference}"
    assert client.get(address).json()["edition"] == 2
    for number, words in ((1, "One"), (2, "Two")):
        body = client.get(f"{address}/editions/{number}").json()
        assert (body["edition"], body["statement"], body["reference"]) == (number, words, claim.reference)
    for number in (3, 2**31 - 1):
        assert detail_of(client.get(f"{address}/editions/{number}")) == (
            404,
            f"Nothing published is called “{claim.reference}, {number}”.",
        )
    assert detail_of(client.get(f"{address}/editions/0")) == (422, "“number” is at least 1.")
    assert detail_of(client.get(f"{address}/editions/{2**31}")) == (422, f"“number” is at most {2**31 - 1}.")


def test_what_was_withdrawn_says_when_and_why_and_what_never_was_published_is_unknown(client):
    claim, draft = published(a_claim()), a_claim("We hid")
    claim.withdraw(by=bob(), reason="It was not so.", seen=claim.AS_STORED)
    step = claim.withdrawal
    gone = f"{claim.reference} was withdrawn on {step.at:%Y-%m-%d}: It was not so."
    for path in ("", "/editions/1", "/editions/9"):
        assert detail_of(client.get(f"/api/v1/claims/{claim.reference}{path}")) == (410, gone)
        unknown = f"Nothing published is called “{draft.reference}”."
        assert detail_of(client.get(f"/api/v1/claims/{draft.reference}{path}")) == (404, unknown)
    assert client.get(f"/api/v1/claims/{claim.reference}").json()["title"] == "Gone"


@pytest.mark.parametrize("table", ["organisations", "publications", "instruments"])
def test_an_unknown_name_is_said_in_the_refusal(client, table):
    assert detail_of(client.get(f"/api/v1/{table}/nobody")) == (
        404,
        "Nothing published is called “nobody”.",
    )


def test_a_source_that_is_no_publication_is_none_in_the_api(client):
    aid = an_organisation(profiled=True)
    a_source("Report", kind="report", author=aid)
    a_source("News", kind="news", author=aid)
    assert client.get("/api/v1/publications/report").status_code == 200
    assert client.get("/api/v1/publications/news").status_code == 404


def test_letters_beyond_ascii_are_written_as_they_are(client):
    claim = published(a_claim("Ça a marché"))
    assert "Ça a marché" in client.get(f"/api/v1/claims/{claim.reference}").content.decode()
    assert "“é”" in client.get("/api/v1/organisations/é").content.decode()
