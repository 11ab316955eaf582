import pytest
from impact.models import Claim

pytestmark = pytest.mark.django_db


def found(client, query):
    response = client.get("/search/", {"q": query})
    assert response.status_code == 200
    return response.content.decode()


def test_charlie_finds_a_claim_an_organisation_and_a_source_by_their_words(client):
    assert "/evidence/e10-training-programmes/" in found(client, "4,500 participants")
    assert "/organisations/coalition/" in found(client, "International Coalition")
    assert "/sources/canada-" in found(client, "doctrine")


def test_what_is_not_on_record_is_said_so(client):
    assert "Nothing on record contains these words" in found(client, "zugzwang")


def test_an_unpublished_wording_is_not_found(client):
    Claim.objects.filter(number=10).update(statement="We zugzwang")
    assert "Nothing on record" in found(client, "We zugzwang")


@pytest.mark.parametrize("query", ["", " ", '"', "%", "\\", "<script>", "a\x00b", "’" * 3000, "OR 1=1 --"])
def test_no_query_breaks_the_page(client, query):
    assert "<script>" not in found(client, query).split("<main")[1]
