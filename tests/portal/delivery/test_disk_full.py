"""The disk is full, or the database may only be read: visitors notice nothing, and whoever saves is told in a sentence that nothing was lost."""

import pytest
from django.db import connection
from django.test import Client

from organisation.models import Statement
from tests.support.forms import filled_in
from tests.support.people import alice

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/evidence/",
    "/evidence/e10-training-programmes/",
    "/organisations/coalition/",
    "/search/?q=treaty",
    "/data/claims.csv",
    "/impact/report.pdf",
]
# How the database comes to take nothing more, and how it comes to again; PostgreSQL calls a full disk by the same kind of error as a server that is away.
WAYS = {
    "sqlite": {
        "full": ("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1000000"),
        "read only": ("PRAGMA query_only = on", "PRAGMA query_only = off"),
    },
    "postgresql": {"read only": ("SAVEPOINT before; SET TRANSACTION READ ONLY", "ROLLBACK TO before")},
}[connection.vendor]


def run(statements):
    with connection.cursor() as cursor:
        cursor.execute(statements)


@pytest.mark.parametrize("way", WAYS)
def test_pages_are_read_and_a_save_is_refused_in_a_sentence_until_there_is_room(client, way):
    client = Client(raise_request_exception=False)
    client.force_login(alice())
    vision = Statement.objects.get(organisation__slug="dallaire-initiative", kind="vision")
    address, before = f"/admin/organisation/statement/{vision.pk}/change/", vision.text
    kept = vision.history.count()
    form = filled_in(client.get(address), text="Words that take room. " * 20_000)
    close, open_again = WAYS[way]
    run(close)
    try:
        charlie = Client(raise_request_exception=False)
        assert {path: charlie.get(path).status_code for path in PAGES} == dict.fromkeys(PAGES, 200)
        refused = client.post(address, form, headers={"origin": "http://testserver"})
        assert refused.status_code == 503 and refused["Retry-After"]
        told = refused.content.decode()
        assert "Nothing was saved by the last step, and nothing that was saved before is lost." in told
        assert (
            "This page keeps what you wrote" in told
            and f'<textarea name="text" hidden>\n{form["text"]}</textarea>' in told
        )
    finally:
        run(open_again)
    vision.refresh_from_db()
    assert (vision.text, vision.history.count()) == (before, kept)
    assert client.post(address, form).status_code == 302
    vision.refresh_from_db()
    assert vision.text.startswith("Words that take room.") and vision.history.count() > kept
