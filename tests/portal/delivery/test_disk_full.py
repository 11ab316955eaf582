"""With a full disk or a read-only database, pages are served, and a refused save does not lose the form."""

import pytest
from django.db import connection
from django.test import Client

from tests.support.factory import a_source, a_statement, an_organisation, cite
from tests.support.forms import filled_in
from tests.support.pages import profile_of
from tests.support.people import alice, bob
from tests.support.proposals import decide

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/evidence/",
    "/evidence/e10-training-programmes/",
    "/organisations/harbour-aid/",
    "/search/?q=treaty",
    "/data/claims.csv",
    "/impact/report.pdf",
]
# SQL that makes the database refuse writes, and SQL that undoes it. PostgreSQL reports a full disk by the
# same kind of error as an unavailable server.
FAILURES = {
    "sqlite": {
        "full": ("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1000000"),
        "read only": ("PRAGMA query_only = on", "PRAGMA query_only = off"),
    },
    "postgresql": {"read only": ("SAVEPOINT before; SET TRANSACTION READ ONLY", "ROLLBACK TO before")},
}[connection.vendor]


def execute(statements):
    with connection.cursor() as cursor:
        cursor.execute(statements)


@pytest.mark.parametrize("failure", FAILURES)
def test_pages_are_served_and_a_save_is_refused_until_the_database_accepts_writes(failure):
    client = Client(raise_request_exception=False)
    client.force_login(alice())
    profile_of(an_organisation(profiled=True))
    vision = a_statement(owner=alice())
    cite(vision, a_source())
    address, before = f"/admin/organisation/statement/{vision.pk}/change/", vision.text
    versions = vision.history.count()
    form = filled_in(client.get(address), text="Words that take room. " * 20_000)
    refuse_writes, accept_writes = FAILURES[failure]
    execute(refuse_writes)
    try:
        charlie = Client(raise_request_exception=False)
        assert {path: charlie.get(path).status_code for path in PAGES} == dict.fromkeys(PAGES, 200)
        refused = client.post(address, form, headers={"origin": "http://testserver"})
        assert refused.status_code == 503 and refused["Retry-After"]
        page = refused.content.decode()
        assert "Nothing was saved by the last step, and nothing that was saved before is lost." in page
        assert (
            "This page keeps what you wrote" in page
            and f'<textarea name="text" hidden>\n{form["text"]}</textarea>' in page
        )
    finally:
        execute(accept_writes)
    vision.refresh_from_db()
    assert (vision.text, vision.history.count()) == (before, versions)
    assert client.post(address, form).status_code == 302
    decide(bob())
    vision.refresh_from_db()
    assert vision.text.startswith("Words that take room.") and vision.history.count() > versions
