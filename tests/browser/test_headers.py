"""The headers of every kind of page are strict, and a visit leaves nothing in the browser."""

from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener, urlopen

import pytest

from tests.support.observatory import score
from tests.support.sampling import every

from .conftest import served

HTTPS = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
# The card of a claim, embedded in other sites by design.
CARDS = "/embed/"
CARD = f"{CARDS}e10/"


@pytest.fixture(scope="module")
def https_site(databases, tmp_path_factory):
    """The site behind a proxy that speaks https."""
    with served(
        databases,
        "https",
        tmp_path_factory.mktemp("https"),
        PORTAL_HTTPS="1",
        PORTAL_PROXIES="1",
        PORTAL_PASSWORD_ONLY="0",
    ) as site:
        yield site


class NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_arguments):
        return None


def get(address, headers=HTTPS):
    try:
        answer = build_opener(NoRedirects).open(Request(address, headers=headers))
    except HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.headers, answer.read()


def test_no_page_leaves_anything_in_the_browser_asks_another_host_or_breaks_its_policy(
    visit, kinds, public_site
):
    charlie = visit()
    for path in every(3, kinds, start=2):
        charlie.goto(path)
        assert charlie.context.cookies() == [], path
        assert charlie.evaluate("localStorage.length + sessionStorage.length") == 0, path


def test_every_kind_of_page_has_130_points_of_the_observatory(https_site, kinds):
    scores = {}
    for path in every(3, kinds):
        if path.startswith(CARDS):  # which others are meant to frame, at the price of 50 points
            continue
        status, headers, body = get(https_site.url + path)
        assert status in (200, 404), path
        scores[path] = score(headers, body.decode())
    assert {path: points for path, points in scores.items() if points < 130} == {}


def test_the_login_and_the_admin_have_100_points_and_cookies_for_this_host_alone(https_site):
    status, headers, body = get(f"{https_site.url}/accounts/login/")
    assert status == 200 and score(headers, body.decode()) >= 100
    [cookie] = headers.get_all("Set-Cookie")
    assert (
        cookie.startswith("__Host-csrf=")
        and {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
        and "Domain" not in cookie
    )


def test_without_https_nothing_is_answered_but_whether_the_server_is_well(https_site):
    status, headers, _body = get(f"{https_site.url}/search/?q=war", {})
    assert (status, headers["Location"]) == (
        301,
        https_site.url.replace("http:", "https:") + "/search/?q=war",
    )
    for path in ("/healthz", "/readyz"):
        assert get(https_site.url + path, {})[0] == 200


def test_files_are_what_they_say_and_run_nothing(public_site, kinds):
    with urlopen(public_site.url) as answer:
        page = answer.read().decode()
    stylesheet = page.partition('<link rel="stylesheet" href="')[2].partition('"')[0]
    for path in (
        stylesheet,
        "/data/claims.csv",
        "/feeds/claims.atom",
        "/sitemap.xml",
        "/robots.txt",
        "/evidence/e10/v1/share.png",
        "/api/v1/claims",
        "/site.webmanifest",
    ):
        status, headers, _body = get(public_site.url + path)
        assert status == 200, path
        assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox", (
            path
        )
        assert headers["X-Content-Type-Options"] == "nosniff" and headers["Cross-Origin-Resource-Policy"], (
            path
        )


def test_what_is_made_for_other_sites_may_be_shown_there_and_nothing_else(public_site):
    shared = {
        path: get(public_site.url + path)[1]["Cross-Origin-Resource-Policy"]
        for path in (
            CARD,
            "/evidence/e10/v1/share.png",
            "/oembed",
            "/api/v1/claims",
            "/data/claims.csv",
            "/",
            "/search/suggest/?q=a",
        )
    }
    assert [path for path, policy in shared.items() if policy == "same-origin"] == [
        "/",
        "/search/suggest/?q=a",
    ]


def test_what_depends_on_something_says_so_in_words_that_caches_understand(public_site, kinds):
    for path in every(3, kinds, start=1):
        vary = get(public_site.url + path)[1].get("Vary", "")
        names = [name.strip() for name in vary.split(",") if vary]
        assert all(name.replace("-", "").isalpha() for name in names), (path, vary)
