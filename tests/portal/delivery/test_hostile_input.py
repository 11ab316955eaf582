"""Hostile addresses, headers and forms are answered plainly, and redirect nobody to another site."""

import pytest
from django.test import Client

from tests.support.factory import a_claim, a_source
from tests.support.people import PASSWORD, alice, bob
from tests.support.sampling import every

pytestmark = pytest.mark.django_db

LISTS = [
    "/",
    "/evidence/",
    "/search/",
    "/search/suggest/",
    "/publications/",
    "/timeline/",
    "/corrections/",
    "/timeline.csv",
    "/timeline.ics",
    "/data/claims.csv",
    "/api/v1/claims",
    "/oembed",
    "/feeds/claims.atom",
]
STAFF_LISTS = [
    "/admin/impact/claim/",
    "/admin/organisation/source/",
    "/admin/search/",
    "/admin/auth/user/",
    "/admin/djangocms_versioning/pagecontentversion/",
]
HOSTILE_QUERIES = [
    "_connector=OR%201=1",
    "claim__organisation__regex=.*",
    "x__regex=(a%2B)%2B$",
    "order_by=password",
    "o=1.a",
    "q=%00%01",
    "a.b=1",
    "q=%FF%FE",
    "page=-1",
    "page=99999999999999999999",
    "after=%00",
    "organisation[]=1",
    "grade=%27%20OR%20%271",
    "__class__=1",
    "limit=999999999999999999999",
    "format=../../etc",
    "e=1",
    "_to_field=password",
    "_popup=1%22%3E",
    "p=99999999999999999999",
    "q=" + "a" * 5000,
    "toolbar_on=1",
    "edit=1",
    "structure=1",
    "preview=1",
    "language=../../x",
]
OTHER_SITES = [
    "//evil.example",
    "/\\evil.example",
    "https:evil.example",
    "https://evil.example/",
    "\thttps://evil.example",
    "///evil.example",
    "javascript:alert(1)",
    "https://testserver@evil.example/",
]


def some_queries(addresses, address):
    """Returns a third of the queries, which another address has in turn; in the drill all of them."""
    return every(3, HOSTILE_QUERIES, start=addresses.index(address) % 3)


@pytest.mark.parametrize("address", LISTS)
def test_no_query_breaks_a_list(address):
    client = Client(raise_request_exception=False)
    queries = some_queries(LISTS, address)
    statuses = {query[:60]: client.get(f"{address}?{query}").status_code for query in queries}
    # 501 is what oEmbed asks for where a format is not provided.
    expected = (200, 301, 302, 400, 404, 422, 501)
    assert {query: status for query, status in statuses.items() if status not in expected} == {}
    assert client.cookies == {}


@pytest.mark.parametrize("address", STAFF_LISTS)
def test_no_query_breaks_a_list_of_the_admin_or_reads_a_password(address):
    client = Client(raise_request_exception=False)
    client.force_login(bob())
    statuses = {
        query[:60]: client.get(f"{address}?{query}").status_code
        for query in [*some_queries(STAFF_LISTS, address), "groups__user__password__startswith=pbkdf2"]
    }
    assert {query: status for query, status in statuses.items() if status >= 500} == {}


@pytest.mark.parametrize(
    "address",
    [
        "/%00",
        "/sources/%00/",
        "/evidence/e10/v1/%00",
        "/about%00/",
        "/feeds/%00",
        "/embed/%00/",
        "/data/charts/%00.csv",
        "/review/%00/",
        "/admin/%00/",
        "/static/%00",
    ],
)
def test_an_address_with_a_null_byte_is_not_found(client, address):
    client.force_login(bob())
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "testserver:80@evil.example", "", "a" * 300]
)
def test_a_forged_host_header_is_refused(client, settings, host):
    settings.ALLOWED_HOSTS = ["testserver"]
    assert client.get("/", headers={"Host": host}).status_code == 400


def test_no_forwarding_header_changes_a_page(client):
    plain = client.get("/evidence/e10-training-programmes/").content
    for headers in (
        {"X-Forwarded-Host": "evil.example"},
        {"X-Original-URL": "/admin/"},
        {"X-Rewrite-URL": "/admin/"},
        {"Forwarded": "host=evil.example"},
        {"X-Forwarded-Proto": "https"},
        {"X-Forwarded-Port": "444"},
    ):
        assert client.get("/evidence/e10-training-programmes/", headers=headers).content == plain, headers


@pytest.mark.parametrize("target", OTHER_SITES)
def test_there_is_no_open_redirect(client, target):
    requests = [
        lambda: Client().post("/accounts/login/", {"login": "editor", "password": PASSWORD, "next": target}),
        lambda: Client().get("/accounts/login/", {"next": target}),
        lambda: Client().get("/cms_login/", {"next": target}),
        lambda: Client().get("/admin/login/", {"next": target}),
        lambda: client.get("/accounts/login/", {"next": target}),
        lambda: client.get("/admin/cms/placeholder/object/1/edit/1/", {"redirect": target}),
        lambda: client.post("/accounts/logout/", {"next": target}),
    ]
    client.force_login(alice())
    for number, send in enumerate(requests):
        location = send().get("Location", "/")
        assert location.startswith("/") and not location.startswith(("//", "/\\")), (number, location)


@pytest.mark.parametrize(
    ("hidden", "absent"),
    [
        ("/evidence/e9998/", "/evidence/e9999/"),
        ("/sources/a-hidden-one/", "/sources/an-absent-one/"),
        ("/api/v1/claims/E9998", "/api/v1/claims/E9999"),
    ],
)
def test_what_is_hidden_cannot_be_told_from_what_is_absent(client, hidden, absent):
    a_claim("A draft", number=9998)
    a_source("Nobody cites it", slug="a-hidden-one", kind="news")
    one, other = client.get(hidden), client.get(absent)
    name, no_name = hidden.strip("/").rsplit("/", 1)[1], absent.strip("/").rsplit("/", 1)[1]
    assert one.status_code == other.status_code == 404
    assert one.content.decode().replace(name, no_name) == other.content.decode()
    assert {key: value for key, value in one.items() if key not in ("ETag", "Content-Length")} == {
        key: value for key, value in other.items() if key not in ("ETag", "Content-Length")
    }
