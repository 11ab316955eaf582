"""Charlie finds 0 marks of what he may not read, in every way out at once, on two servers and in the copy."""

import pytest
from cms.models import Page
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.test import Client

from impact.models import Claim
from organisation.models import Passage
from portal.delivery.generation import SharedMemory, generation
from portal.delivery.page_cache import PageCache
from tests.support.factory import a_claim, a_source, a_statement, an_organisation, cite, published
from tests.support.forms import errors_in
from tests.support.pages import a_page, profile_of, version_of
from tests.support.pdf import PdfDocument
from tests.support.people import alice, bob
from tests.support.proposals import decide, propose
from tests.support.public_site import TELLING, read, sitemap_paths
from tests.support.wsgi import ask

pytestmark = pytest.mark.django_db

MARK = "zugzwang"


@pytest.fixture
def marked():
    """Pages and records that hold the mark and are still open, but for a proposal, which never was."""
    aid = an_organisation(profiled=True)
    above = a_page("Members", slug="members")
    a_page("Below members", f"<p>{MARK}</p>", parent=above, slug="inside")
    quay = a_page("Quay", slug="quay")
    a_page("Below the quay", f"<p>{MARK}</p>", parent=quay, overwrite_url="apart")
    down = a_page("Down", f"<p>We {MARK} by day.</p>", slug="down")
    a_page("Links", '<p><a href="/down/">There</a></p>', slug="links")
    statement = a_statement("A harbour for every ship.", organisation=aid, owner=alice())
    profile_of(aid, ("StatementsPlugin", {"organisation": aid, "kind": "vision"}))
    source = a_source("Log", author=aid, kind="report", text=f"We sail.\nWe {MARK} at night.")
    cite(statement, source, passage=Passage.objects.quote(source, "We sail."))
    claim = a_claim(f"We {MARK} at night", 40, source=source)
    cite(claim, source, passage=Passage.objects.quote(source, f"We {MARK} at night."))
    published(claim)
    published(claim, limitations=f"Some {MARK} only.")
    return above, quay, down, statement, claim


def close(above, quay, down, statement, claim):
    answer = propose(alice(), statement, text=f"A {MARK} for every ship.", in_our_words="on")
    assert answer.status_code == 302, errors_in(answer)
    decide(bob(), "return", reason="Not in the source")
    Page.objects.filter(pk=above.page_id).update(login_required=True)
    for content in (quay, down):
        version_of(content).unpublish(bob())
    claim.refresh_from_db()
    claim.withdraw(bob(), "It could harm somebody.", is_for_safety=True, seen=Claim.AS_STORED)


def ways_out(number):
    pages = sitemap_paths(read(Client(), "/sitemap-pages-1.xml")[3])
    return [
        *dict.fromkeys([*pages, *TELLING]),
        *("/members/inside/", "/apart/", "/down/", "/links/", "/publications/log/", "/sources/"),
        *(f"/evidence/e{number}/{rest}" for rest in ("", "v1/", "v2/", "v1/cite.ris", "v1/share.png")),
        *(f"/embed/e{number}/", f"/oembed?url=http://testserver/evidence/e{number}/"),
        *(f"/search/?q={query}" for query in ("sail", "night", "day", "members+inside", "some+only")),
        *(f"/search/suggest/?q={query}" for query in ("nig", "below")),
        *(f"/data/{name}.{kind}" for name in ("evidence", "editions") for kind in ("csv", "json", "xlsx")),
        *("/api/v1/evidence", f"/api/v1/claims/E{number}", f"/api/v1/claims/E{number}/editions/1"),
    ]


def addresses_with_mark(number):
    client = Client()
    found = [
        address
        for address in ways_out(number)
        if MARK in read(client, address)[3].decode(errors="ignore").lower()
    ]
    pdf = PdfDocument(client.get("/organisations/harbour-aid/report.pdf").content)
    return [*found, *(["the report"] if MARK in pdf.text else [])]


def test_no_way_out_shows_what_is_closed(marked):
    number = marked[-1].number
    assert len(addresses_with_mark(number)) > 15
    close(*marked)
    assert addresses_with_mark(number) == []


def test_two_servers_and_the_static_copy_show_it_no_more(marked, settings, tmp_path, monkeypatch):
    settings.PORTAL_MIRROR = tmp_path
    number = marked[-1].number
    paths = ["/members/inside/", "/apart/", "/down/", f"/evidence/e{number}/v1/", "/publications/log/"]
    monkeypatch.setattr("portal.operations.static_copy.static_copy.start_paths", lambda: paths)
    monkeypatch.setattr("portal.operations.static_copy.crawl.Crawl.linked_paths", lambda *read: [])
    call_command("mirror", verbosity=0)
    servers = [a_server(tmp_path / "generation") for _server in range(2)]
    for server in servers:
        assert all(MARK in get(server, path) for path in paths)
    close(*marked)
    # What a commit does; within the transaction of a test nothing is committed.
    SharedMemory(tmp_path / "generation").bump()
    generation().bump()
    for server in servers:
        assert not [path for path in paths if MARK in get(server, path)]
    call_command("tick")
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert files and not [file for file in files if MARK.encode() in file.read_bytes()]


def a_server(path):
    return PageCache(get_wsgi_application(), SharedMemory(path).current, personal_cookies=["sessionid"])


def get(server, path):
    return ask(server, path)[1].decode().lower()
