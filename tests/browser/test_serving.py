"""The served site keeps visitors and staff apart, shows changes at once, and survives failures."""

import http.client
import os
import signal
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.support.redis import redis
from tests.support.sampling import every, in_turn
from tests.support.seeded_database import session_key

from .conftest import served
from .site import wait_until_ready

CHANGE = """
from organisation.models import Statement
vision = Statement.objects.get(organisation__slug="dallaire-initiative", kind="vision")
vision.text = {text!r}
vision.save()
"""
TAKE_DOWN = """
from django.contrib.auth import get_user_model
from impact.models import Claim
publisher = get_user_model().objects.get(username="publisher")
Claim.objects.get(number=10).withdraw(by=publisher, reason="For this test", seen=Claim.AS_STORED)
"""
CHOOSE_LOOK = """
from organisation.models import SiteSettings
row = SiteSettings.objects.get()
row.paper_light = "#fdf6e3"
row.full_clean()
row.save()
"""
SEEN_WITHIN = 5  # seconds, after which a change or a withdrawal must have reached the visitor


class Visitor:
    """A visitor who opens a connection for each page."""

    def __init__(self, url, cookie=""):
        self.host, self.cookie = urlsplit(url).netloc, cookie

    def get(self, path, **headers):
        connection = http.client.HTTPConnection(self.host, timeout=60)
        try:
            connection.request(
                "GET", path, headers=headers | ({"Cookie": self.cookie} if self.cookie else {})
            )
            answer = connection.getresponse()
            return (
                answer.status,
                {name.lower(): value for name, value in answer.getheaders()},
                answer.read().decode(errors="replace"),
            )
        finally:
            connection.close()

    def sees(self, text, path="/"):
        """Returns whether a page comes to hold a text within the time allowed."""
        return self.gets(lambda answer: text in answer[2], path)

    def gets(self, is_expected, path):
        """Returns whether a page gives an expected answer within the time allowed."""
        until = time.monotonic() + SEEN_WITHIN
        while time.monotonic() < until:
            if is_expected(self.get(path)):
                return True
        return False


def test_the_page_cache_is_the_same_before_and_after_staff_have_read_it(public_site, kinds):
    url = public_site.url
    charlie, alice = Visitor(url), Visitor(url, f"sessionid={session_key('editor')}")
    paths = ["/", *every(4, kinds, start=3), "/evidence/e10/", "/feeds/claims.atom"]
    before = {path: charlie.get(path) for path in paths if path != "/nowhere/"}
    own = {path: alice.get(path) for path in before}
    after = {path: charlie.get(path) for path in before}
    assert "cms-toolbar" in own["/"][2] and "cms-toolbar" not in before["/"][2]
    assert {path for path, answer in after.items() if answer[2] != before[path][2]} == set()
    for status, headers, _body in before.values():
        assert status in (200, 301, 302) and "set-cookie" not in headers
        assert headers["cache-control"] == "public, max-age=0, must-revalidate"
        assert headers["vary"] == "Accept-Encoding" or "html" not in headers["content-type"]
    assert {answer[1]["cache-control"] for answer in own.values()} == {"no-store, private"}


def test_with_the_database_gone_what_was_read_is_still_there(databases, tmp_path, browser):
    with served(databases, "gone", tmp_path, CHOOSE_LOOK) as site:
        charlie = Visitor(site.url)
        pages = ["/", "/evidence/", "/support/", "/timeline/"]
        read = {path: charlie.get(path)[2] for path in pages}
        databases.make_unreachable("gone", tmp_path)
        assert {path: charlie.get(path)[2] for path in pages} == read
        status, headers, body = charlie.get("/sources/")
        assert (status, headers["retry-after"]) == (
            503,
            "30",
        ) and "This page is not available for a moment" in body
        assert colour_of_paper(browser, f"{site.url}/sources/") == "rgb(253, 246, 227)"
        databases.make_reachable("gone", tmp_path)
        assert charlie.get("/evidence/e10/")[0] == 301


def colour_of_paper(browser, address):
    page = browser.new_page()
    page.goto(address)
    colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.close()
    return colour


@pytest.fixture(scope="module")
def two_servers(databases, tmp_path_factory):
    folder = tmp_path_factory.mktemp("shared")
    with redis() as shared, served(databases, "shared", folder, REDIS_URL=shared.address) as site:
        yield shared, site, [Visitor(site.url), Visitor(site.serve())]


def test_a_process_that_the_system_kills_for_want_of_memory_is_replaced(two_servers):
    _redis, site, visitors = two_servers
    server = site.servers[0]
    [worker] = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    os.kill(int(worker), signal.SIGKILL)
    wait_until_ready(f"{site.url}/readyz", server)
    assert visitors[0].get("/")[0] == 200


def test_servers_that_share_redis_show_a_change_at_once(two_servers):
    _redis, site, visitors = two_servers
    assert all(visitor.get("/")[0] == 200 for visitor in visitors)
    site.manage("shell", "--verbosity=0", "-c", CHANGE.format(text="A vision for this test"))
    assert all(visitor.sees("A vision for this test") for visitor in visitors)


def test_what_is_taken_down_is_gone_from_every_server(two_servers):
    _redis, site, visitors = two_servers
    pages = [
        "/evidence/e10-training-programmes/",
        "/evidence/e10/v1/",
        "/embed/e10/",
        "/evidence/e10/v1/share.png",
    ]
    for visitor in visitors:
        [visitor.get(path) for path in pages]
    site.manage("shell", "--verbosity=0", "-c", TAKE_DOWN)
    assert all(
        visitor.gets(lambda answer: answer[0] in (404, 410), path) for visitor in visitors for path in pages
    )


@pytest.mark.parametrize("failure, recovery", in_turn([("stop", "start"), ("freeze", "thaw")]))
def test_without_redis_pages_are_there_and_nothing_old_comes_back_with_it(two_servers, failure, recovery):
    redis, site, visitors = two_servers
    assert all(visitor.get("/")[0] == 200 for visitor in visitors)
    getattr(redis, failure)()
    site.manage("shell", "--verbosity=0", "-c", CHANGE.format(text=f"{failure}: a vision without Redis"))
    assert all(visitor.sees(f"{failure}: a vision without Redis") for visitor in visitors)
    getattr(redis, recovery)()
    site.manage("shell", "--verbosity=0", "-c", CHANGE.format(text=f"{recovery}: a vision with Redis"))
    assert all(visitor.sees(f"{recovery}: a vision with Redis") for visitor in visitors)
