"""The page of a source: what it is, what rests on it, and at which address."""

import pytest

from organisation.models import Mend, Passage, SourceNote, Statement
from tests.support.blocks import in_order, text_of
from tests.support.factory import a_claim, a_source, an_organisation, cite, published

pytestmark = pytest.mark.django_db

TEXT = "We teech pilots.\nWe sial.\nHow we do it\nWhy we do it\nAnd we  teach."


@pytest.fixture
def logbook():
    """Returns a source that a statement cites twice, with mends and notes made from its end backwards."""
    source = a_source("Logbook", text=TEXT)
    statement = Statement.objects.create(
        organisation=an_organisation(), slug="about", kind="about", text="We teach pilots"
    )
    for words in ("We teech pilots.", "We sial."):
        cite(statement, source, passage=Passage.objects.quote(source, words))
    for words, says, shows in (
        ("And we  teach.", "  ", " "),
        ("We sial.", "sial", "sail"),
        ("We teech pilots.", "teech", "teach"),
        ("We teech pilots.", "pilots", ""),
    ):
        Mend.objects.create(
            passage=Passage.objects.quote(source, words), says=says, shows=shows, why=f"Slip of {says}."
        )
    for words in ("Why we do it", "How we do it"):
        SourceNote.objects.create(passage=Passage.objects.quote(source, words), note="A heading alone.")
    return source


def test_what_a_source_says_slips_and_leaves_open_stands_in_the_order_of_its_text(client, logbook):
    html = client.get("/sources/logbook/").content.decode()
    text = text_of(html.split('id="editorial-notes"')[1])
    mends = [
        "line 1 teech teach Slip of teech.",
        "line 1 pilots nothing Slip of pilots.",
        "line 2 sial sail Slip of sial.",
        "line 5",
    ]
    assert in_order(text, *mends) == mends
    notes = text_of(html.split('id="no-record"')[1].split("</section>")[0])
    assert in_order(notes, "How we do it", "Why we do it") == ["How we do it", "Why we do it"]
    rests = html.split('id="rests-on-it"')[1]
    assert rests.count("We teach pilots") == 1
    assert '<li id="L5">' in html and '<li id="L6">' not in html


def test_a_source_has_nothing_of_another_one(client, logbook):
    other = a_source("Diary", text="We row.")
    cite(an_organisation(), other)
    html = client.get("/sources/diary/").content.decode()
    for part in ("editorial-notes", "no-record"):
        assert f'id="{part}"' not in html
    assert "Not on record." in html.split('id="rests-on-it"')[1]


@pytest.mark.parametrize(
    ("kind", "profiled", "right", "wrong"),
    [
        ("report", True, "publications", "sources"),
        ("report", False, "sources", "publications"),
        ("news", True, "sources", "publications"),
    ],
)
def test_a_source_is_read_at_the_address_of_its_kind_and_led_there_from_the_other(
    client, kind, profiled, right, wrong
):
    source = a_source("Tides", kind=kind, author=an_organisation("Lantern Fund", profiled=profiled))
    cite(an_organisation(), source)
    assert client.get(f"/{right}/tides/").status_code == 200
    response = client.get(f"/{wrong}/tides/")
    assert (response.status_code, response["Location"]) == (301, f"/{right}/tides/")
    assert client.get(f"/{right}/shoals/").status_code == 404


def test_a_source_is_public_as_long_as_something_public_cites_it(client):
    source = a_source("Diary")
    claim = a_claim(source=source)
    assert client.get("/sources/diary/").status_code == 404
    published(claim)
    page = client.get("/sources/diary/").content.decode().split('id="rests-on-it"')[1]
    assert page.count(claim.reference) == 1
    published(claim, statement="We taught 41 pilots")
    page = client.get("/sources/diary/").content.decode().split('id="rests-on-it"')[1]
    assert "41 pilots" in page and "40 pilots" not in page
    claim.withdraw(by=claim.current_edition.published_by, reason="Miscounted", seen=claim.AS_STORED)
    assert client.get("/sources/diary/").status_code == 404
