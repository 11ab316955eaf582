"""The page cache serves a visitor what everybody may read, and nothing that has changed since."""

import gzip
import threading
from unittest.mock import patch

import pytest
from cms.plugin_pool import plugin_pool

from organisation.block_plugins import FacetedPlugin
from portal.delivery.page_cache import MAX_CACHE_BYTES
from tests.support.cached_site import Site


@pytest.fixture
def site():
    return Site()


def test_a_page_is_rendered_once_a_generation(site):
    assert [site.get()[2] for _visit in range(3)] == [b"words "] * 3
    assert len(site.rendered) == 1
    site.text, site.generation = "other words", 2
    assert site.get()[2] == b"other words " and len(site.rendered) == 2


def test_a_page_is_rendered_anew_on_the_next_day(site):
    site.get()
    with patch("portal.delivery.page_cache.time.time", return_value=4_102_444_800):
        site.get()
    assert len(site.rendered) == 2


def test_a_response_during_whose_rendering_something_was_published_is_not_cached(site):
    def publish():
        site.generation += 1

    site.while_rendering = publish
    site.get()
    site.while_rendering = lambda: None
    site.text = "new words"
    assert site.get()[2] == b"new words "


def test_simultaneous_requests_for_a_page_are_coalesced(site):
    begun, may_end, bodies = threading.Event(), threading.Event(), []

    def wait():
        begun.set()
        may_end.wait(10)

    site.while_rendering = wait
    visitors = [threading.Thread(target=lambda: bodies.append(site.get()[2])) for _number in range(6)]
    visitors[0].start()
    begun.wait(10)
    for visitor in visitors[1:]:
        visitor.start()
    may_end.set()
    for visitor in visitors:
        visitor.join(10)
    assert bodies == [b"words "] * 6 and len(site.rendered) == 1


def test_other_caches_ask_each_time_whatever_the_view_says(site):
    site.cache_control = [("Cache-Control", "public, max-age=3600")]
    assert site.get()[1]["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_other_caches_store_only_what_its_view_calls_immutable(site):
    year = "public, max-age=31536000, immutable"
    site.cache_control = [("Cache-Control", year)]
    for accept_encoding in ("identity", "gzip"):
        headers = site.get(accept_encoding=accept_encoding)[1]
        assert headers["Cache-Control"] == year
        status, again, _body = site.get(accept_encoding=accept_encoding, if_none_match=headers["ETag"])
        assert (status, again["Cache-Control"]) == ("304 Not Modified", year)


def test_a_browser_that_has_the_page_is_answered_304_until_it_changes(site):
    _status, headers, _body = site.get()
    assert (
        headers["Cache-Control"] == "public, max-age=0, must-revalidate"
        and headers["Vary"] == "Accept-Encoding"
    )
    status, again, body = site.get(if_none_match=headers["ETag"])
    assert (status, again["ETag"], body) == ("304 Not Modified", headers["ETag"], b"")
    site.text, site.generation = "new words", 2
    assert site.get(if_none_match=headers["ETag"])[0] == "200 OK"


def test_the_gzipped_and_the_plain_representation_have_an_etag_each(site):
    _status, plain, text = site.get(accept_encoding="identity")
    _status, gzipped, body = site.get(accept_encoding="gzip, br")
    assert gzip.decompress(body) == text and gzipped["Content-Encoding"] == "gzip"
    assert plain["ETag"] != gzipped["ETag"] and int(gzipped["Content-Length"]) == len(body)
    assert "Content-Encoding" not in site.get(accept_encoding="gzip;q=0")[1]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_head_is_answered_as_get_without_its_body_and_ranges_are_ignored(site, method):
    site.get(method=method)
    status, headers, body = site.get(method="HEAD")
    assert (status, headers["Content-Length"], body) == ("200 OK", "6", b"")
    assert site.get(range="bytes=0-1")[::2] == ("200 OK", b"words ")
    assert len(site.rendered) == 1


def test_query_keys_that_no_page_reads_are_not_part_of_the_cache_key(site):
    for query in ("", "utm_source=mail", "fbclid=1&utm_source=a", "toolbar_on", "a.b=%00"):
        assert site.get(query=query)[2] == b"words "
    assert len(site.rendered) == 1
    assert site.get(query="q=war&utm_source=mail")[2] == b"words q=war"
    assert site.get(query="x=1&q=war")[2] == b"words q=war" and len(site.rendered) == 2


@pytest.mark.django_db
def test_every_key_that_narrows_a_list_or_orders_it_reaches_the_page(site):
    lists = [plugin for plugin in plugin_pool.get_all_plugins() if issubclass(plugin, FacetedPlugin)]
    facets = [facet.key for plugin in lists for facet in plugin().facets(plugin().everything(None))]
    assert {"shown", "organisation", "year"} <= set(facets)
    for key in [*facets, "order", "after", "before"]:
        assert site.get(query=f"{key}=x")[2] == f"words {key}=x".encode()


def test_no_header_of_a_visitor_poisons_what_others_read(site):
    sent = dict.fromkeys(
        [
            "x_forwarded_host",
            "x_original_url",
            "forwarded",
            "accept_language",
            "user_agent",
            "referer",
            "x_http_method_override",
        ],
        "evil",
    )
    site.get(**sent, cookie="theme=dark", x_forwarded_proto="evil")
    [environ] = site.rendered
    assert "evil" not in environ.values() and "HTTP_COOKIE" not in environ
    site.get()
    assert len(site.rendered) == 1


@pytest.mark.parametrize("headers", [{"cookie": "theme=dark; sessionid=abc"}, {"cookie": "csrftoken=abc"}])
def test_a_response_to_somebody_with_a_session_is_neither_cached_nor_from_the_cache(site, headers):
    site.text = "for Alice"
    assert site.get(**headers)[1]["Cache-Control"] == "no-store, private"
    site.text = "for everybody"
    assert site.get()[2] == b"for everybody "
    site.text = "for Alice"
    assert site.get(**headers)[2] == b"for Alice "


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/x.css",
        "/fr/admin/login/",
        "/accounts/login/",
        "/review/secret/",
        "/api/v1/claims",
        "/data/claims.csv",
    ],
)
def test_addresses_that_are_not_for_everybody_are_not_cached(site, path):
    site.get(path)
    site.get(path)
    assert len(site.rendered) == 2


@pytest.mark.parametrize(
    "status, headers",
    [
        ("200 OK", [("Set-Cookie", "csrftoken=abc")]),
        ("500 Internal Server Error", []),
        ("503 Service Unavailable", []),
        ("400 Bad Request", []),
    ],
)
def test_a_response_with_a_cookie_or_an_error_is_not_cached(site, status, headers):
    site.status, site.headers = status, headers
    assert site.get()[0] == status and site.get(method="HEAD")[2] == b""
    assert len(site.rendered) == 2


@pytest.mark.parametrize(
    "status, headers, cache_control",
    [
        ("200 OK", [("Set-Cookie", "csrftoken=abc")], "no-store, private"),
        ("400 Bad Request", [], "no-store, private"),
        ("206 Partial Content", [], "public, max-age=0, must-revalidate"),
    ],
)
def test_a_proxy_is_told_whether_a_response_is_for_everybody(status, headers, cache_control):
    site = Site()
    site.status, site.headers, site.cache_control = status, headers, []
    assert site.get()[1]["Cache-Control"] == cache_control


def test_a_request_with_credentials_is_not_answered_from_the_cache(site):
    site.get()
    site.get(authorization="Basic abc")
    assert len(site.rendered) == 2


def test_a_post_is_not_answered_from_the_cache(site):
    site.get()
    site.get(method="POST")
    assert len(site.rendered) == 2


def test_nothing_is_cached_while_the_generation_is_unknown(site):
    site.generation = None
    site.text = "old"
    site.get()
    site.text = "new"
    assert site.get()[2] == b"new "


def test_the_stale_page_of_yesterday_is_served_while_the_database_is_unavailable(site):
    site.get()
    site.status = "503 Service Unavailable"
    with patch("portal.delivery.page_cache.time.time", return_value=4_102_444_800):
        assert site.get()[::2] == ("200 OK", b"words ")
        site.generation = 2  # something was published or taken down since
        assert site.get()[0] == "503 Service Unavailable"


def test_a_flood_of_addresses_does_not_evict_a_page_that_people_read(site):
    site.text = "w" * 100_000
    for number in range(3 * MAX_CACHE_BYTES // 100_000):
        site.get(f"/{number}/")
        if number % 50 == 0:
            site.get("/")
    assert site.cache.store.bytes <= MAX_CACHE_BYTES
    rendered = len(site.rendered)
    site.get("/")
    assert len(site.rendered) == rendered


def test_a_long_address_is_answered_and_not_cached(site):
    site.get("/", query=f"q={'a' * 600}")
    assert not site.cache.store.responses
