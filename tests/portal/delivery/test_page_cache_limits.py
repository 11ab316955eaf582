"""The page cache keeps apart what differs, keeps what may be kept, and stops at each of its limits."""

import gzip
from unittest.mock import patch

import pytest

from tests.support.cached_site import Site

MIDNIGHT = 4_102_444_800


@pytest.fixture
def site():
    return Site()


def is_cached(site, *arguments, **options):
    """Asks twice, and returns true if the page was rendered once."""
    before = len(site.rendered)
    for _visit in range(2):
        site.get(*arguments, **options)
    return len(site.rendered) == before + 1


@pytest.mark.parametrize(
    "key",
    [
        *["after", "before", "format", "grade", "kind", "maxheight", "maxwidth"],
        *["organisation", "page", "q", "theme", "type", "url", "year"],
    ],
)
def test_every_key_of_a_query_that_a_page_reads_reaches_it(site, key):
    assert site.get(query=f"{key}=1&x=2")[2] == f"words {key}=1".encode()
    assert site.get(query=f"{key}=2")[2] == f"words {key}=2".encode()
    assert site.get(query=f"{key}=")[2] == f"words {key}=".encode()


def test_keys_are_sorted_and_the_values_of_one_key_keep_their_order(site):
    assert site.get(query="year=2&q=b&grade=3&q=a")[2] == b"words grade=3&q=b&q=a&year=2"
    assert site.get(query="q=b&q=a&year=2&grade=3")[2] == b"words grade=3&q=b&q=a&year=2"
    assert len(site.rendered) == 1


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        *[
            (path, False)
            for path in (
                *["/admin", "/admin/x/", "/accounts/2fa/", "/cms_login/", "/cms_wizard/create/", "/api/v1/"],
                *[
                    "/review/s/",
                    "/static/css/site.css",
                    "/healthz",
                    "/readyz",
                    "/pt-br/review/s/",
                    "/es/admin",
                ],
                *["/data/claims.csv", "/data/grade-of_a.json", "/fr/data/claims.csv"],
            )
        ],
        *[
            (path, True)
            for path in (
                *["/", "/administration/", "/reviews/", "/about/admin/", "/data/", "/data/charts/grades.csv"],
                *["/api/", "/api/v10/", "/healthz-of-towns/", "/french/admin/", "/feeds/claims.atom"],
            )
        ],
    ],
)
def test_what_is_for_everybody_is_cached_and_what_is_not_is_not(site, path, expected):
    assert is_cached(site, path) is expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [(status, True) for status in (200, 301, 302, 404, 410)]
    + [(status, False) for status in (201, 206, 303, 307, 400, 403, 405, 429, 500, 502, 503)],
)
def test_a_response_is_cached_by_its_status(site, status, expected):
    site.status = f"{status} Said"
    assert is_cached(site) is expected


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        ({"host": "LOCALHOST"}, True),
        ({"host": "elsewhere"}, False),
        ({"scheme": "https"}, False),
        ({"path": "/other/"}, False),
        ({"x_forwarded_proto": "https"}, False),
        ({"x_forwarded_proto": "http"}, False),
        ({"x_forwarded_proto": "ftp"}, True),
        ({"cookie": "xsessionid=1; csrftoken; nosessionid=2"}, True),
    ],
)
def test_one_page_is_kept_apart_from_another_by_all_that_it_depends_on(site, other, is_same):
    site.get()
    site.get(**other)
    assert (len(site.rendered) == 1) is is_same


def test_django_is_asked_for_the_page_as_anybody_would(site):
    site.get("/a/", "q=1&x=2", "HEAD", host="LocalHost", x_forwarded_proto="https", content_length="5")
    [environ] = site.rendered
    assert {name: environ[name] for name in ("REQUEST_METHOD", "PATH_INFO", "QUERY_STRING")} == {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/a/",
        "QUERY_STRING": "q=1",
    }
    assert (environ["HTTP_HOST"], environ["HTTP_X_FORWARDED_PROTO"]) == ("localhost", "https")
    assert environ["wsgi.input"].read() == b"" and "CONTENT_LENGTH" not in environ


@pytest.mark.parametrize(
    "media_type",
    [
        *[
            "text/html",
            "text/csv; charset=utf-8",
            "image/svg+xml",
            "application/json",
            "application/javascript",
        ],
        *["application/atom+xml", "application/manifest+json", "application/ld+json", "application/xml"],
    ],
)
def test_text_is_compressed(site, media_type):
    site.content_type = media_type
    _status, headers, body = site.get(accept_encoding="gzip")
    assert gzip.decompress(body) == b"words " and headers["Content-Type"] == media_type


@pytest.mark.parametrize("media_type", ["image/png", "application/pdf", "font/woff2", "application/zip"])
def test_what_is_compressed_by_itself_is_sent_as_it_is(site, media_type):
    site.content_type = media_type
    _status, headers, body = site.get(accept_encoding="gzip")
    assert body == b"words " and "Content-Encoding" not in headers and not headers["ETag"].endswith('-gzip"')


@pytest.mark.parametrize(
    ("accepted", "is_compressed"),
    [
        *[("gzip", True), ("br, gzip;q=0.5", True), ("gzip; q=1.0", True), ("gzip;q=0.01", True)],
        *[("br", False), ("gzip;q=0", False), ("gzip ; q=0.0, br", False), ("deflate, gzip;q=0.000", False)],
    ],
)
def test_it_is_compressed_for_who_accepts_it(site, accepted, is_compressed):
    assert ("Content-Encoding" in site.get(accept_encoding=accepted)[1]) is is_compressed


def test_the_cache_replaces_the_headers_by_which_django_speaks_of_caching(site):
    names = ["Accept-Ranges", "Content-Length", "ETag", "Expires", "Last-Modified", "Pragma", "Vary"]
    site.headers = [*[(name, "django's") for name in names], ("Link", "kept")]
    site.cache_control = [("Cache-Control", "private, max-age=5")]
    headers = site.get()[1]
    assert "django's" not in headers.values()
    assert set(headers) == {"Content-Type", "Link", "Content-Length", "ETag", "Cache-Control", "Vary"}
    assert headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_the_entity_tag_stands_for_body_headers_and_status(site):
    tags = {site.get()[1]["ETag"]}
    for number, change in enumerate(
        ({"text": "others"}, {"headers": [("Link", "x")]}, {"status": "404 Not Found"}), 2
    ):
        vars(site).update(change, generation=number)
        tags.add(site.get()[1]["ETag"])
    assert len(tags) == 4


def test_only_a_page_that_is_found_is_answered_304_and_one_of_several_tags_is_enough(site):
    tag = site.get()[1]["ETag"]
    assert site.get(if_none_match=f'"another", {tag}', method="HEAD")[0] == "304 Not Modified"
    assert site.get(if_none_match='"another"')[0] == "200 OK"
    site.status, site.generation = "404 Not Found", 2
    tag = site.get()[1]["ETag"]
    assert site.get(if_none_match=tag)[::2] == ("404 Not Found", b"words ")


def test_who_has_a_session_is_sent_one_header_that_forbids_every_cache(site):
    site.cache_control = [("cache-control", "public, max-age=3600")]
    headers = site.get(cookie="sessionid=1")[1]
    assert {name: value for name, value in headers.items() if name.lower() == "cache-control"} == {
        "Cache-Control": "no-store, private"
    }


@pytest.mark.parametrize(("seconds", "renderings"), [(0, 1), (86_399, 1), (86_400, 2)])
def test_a_page_is_kept_until_midnight(site, seconds, renderings):
    for moment in (MIDNIGHT, MIDNIGHT + seconds):
        with patch("portal.delivery.page_cache.time.time", return_value=moment):
            site.get()
    assert len(site.rendered) == renderings


@pytest.mark.parametrize(
    ("status", "expected"), [(500, "200 OK"), (502, "200 OK"), (503, "200 OK"), (403, "403 Said")]
)
def test_the_page_of_yesterday_stands_in_for_a_failure_and_for_nothing_else(site, status, expected):
    site.get()
    site.status = f"{status} Said"
    with patch("portal.delivery.page_cache.time.time", return_value=MIDNIGHT):
        assert site.get()[0] == expected
        assert site.closed == 1 + (expected == "200 OK")  # what is not handed on
        assert site.get(method="HEAD")[0] == expected
        assert site.get("/other/")[0] == f"{status} Said"
        site.generation = None
        assert site.get()[0] == f"{status} Said"


def test_a_page_during_whose_rendering_something_was_published_takes_no_room(site):
    def publish():
        site.generation += 1

    site.while_rendering = publish
    site.get()
    assert not site.cache.store.responses


def test_what_is_streamed_is_handed_on_and_what_is_not_is_closed(site):
    site.is_streamed = True
    assert not is_cached(site) and site.closed == 0
    assert site.get(method="HEAD")[2] == b"" and site.closed == 1
    site.is_streamed = False
    assert is_cached(site) and site.closed == 2


def test_a_page_that_cannot_be_rendered_is_tried_again(site):
    def fail():
        raise RuntimeError

    site.while_rendering = fail
    with pytest.raises(RuntimeError):
        site.get()
    site.while_rendering = lambda: None
    assert site.get()[2] == b"words " and not site.cache.rendering


def test_the_longest_address_that_is_cached(site):
    query = "q=" + "a" * (500 - len("/towns/") - len("q="))
    assert is_cached(site, "/towns/", query) and not is_cached(site, "/towns/", query + "a")


def largest(site):
    """Lets the site answer with the largest response that is cached: its two representations have 4 MB."""
    site.content_type, site.text = "image/png", "w" * (4_000_000 // 2 - 1_000 - len(" "))


def test_the_largest_response_that_is_cached(site):
    largest(site)
    assert is_cached(site)
    site.text += "w"
    assert not is_cached(site, "/larger/")


def paths_held(site):
    return [key.path for key in site.cache.store.responses]


def test_the_cache_holds_sixteen_of_the_largest_responses_and_makes_room_for_the_next(site):
    largest(site)
    paths = [f"/{number}/" for number in range(17)]
    for path in paths[:16]:
        site.get(path)
    site.generation = 2
    site.get(paths[15])  # takes the place of the old one
    assert paths_held(site) == paths[:16] and site.cache.store.bytes == 64_000_000
    site.get(paths[16])
    assert len(paths_held(site)) == 16 and site.cache.store.bytes == 64_000_000


def test_a_page_that_was_read_again_has_a_second_chance(site, monkeypatch):
    for path in ("/1/", "/2/", "/3/"):
        site.get(path)
    store = site.cache.store
    monkeypatch.setattr("portal.delivery.page_cache.MAX_CACHE_BYTES", store.bytes)
    for response in store.responses.values():
        response.recently_used = False
    site.get("/1/")
    site.get("/4/")
    assert paths_held(site) == ["/3/", "/4/", "/1/"]
    site.get("/5/")
    assert paths_held(site) == ["/4/", "/1/", "/5/"]
