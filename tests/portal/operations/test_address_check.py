"""The public address is asked as a browser asks it: circles, certificates and strangers are found out."""

import socket
from contextlib import ExitStack, contextmanager

import pytest

from portal.operations import address_check
from tests.browser.site import Site
from tests.support.seeded_database import seeded_site
from tests.support.tls import answering, certificate, proxy_to

pytestmark = pytest.mark.django_db

OK = (200, {}, b"ok\n")


@pytest.fixture
def lead_to(monkeypatch):
    """Returns a function that leads every name to servers of this machine: {port that is meant: its port}.

    `lead_to.asked` are the (name, port) that were meant.
    """
    connect, asked = socket.create_connection, []

    def lead_to(ports):
        def create_connection(address, *rest, **options):
            if address[0] == "127.0.0.1":  # the proxy asks the site
                return connect(address, *rest, **options)
            asked.append(address)
            if address[1] not in ports:
                raise ConnectionRefusedError
            return connect(("127.0.0.1", ports[address[1]]), *rest, **options)

        monkeypatch.setattr(socket, "create_connection", create_connection)

    lead_to.asked = asked
    return lead_to


@pytest.fixture
def internet(lead_to, settings, tmp_path, monkeypatch):
    """Returns a context manager in which `answer` is what https://example.org says; see tests.support.tls."""
    settings.ALLOWED_HOSTS = ["example.org", "www.example.org", "testserver"]
    settings.VAR_DIR, settings.PORTAL_HTTPS, settings.PORTAL_PROXIES = tmp_path, True, 1
    monkeypatch.setenv("PORTAL_PROXIES", "1")

    @contextmanager
    def internet(answer, *names, is_known=True, days=1):
        file = certificate(tmp_path, *(names or ["example.org", "www.example.org"]), days=days)
        if is_known:
            monkeypatch.setenv("SSL_CERT_FILE", str(file))
        with answering(answer, file) as port:
            lead_to({443: port})
            yield

    return internet


def answers_of(paths):
    """Returns the answer of a server that says {path: (status, headers, body)}; what leads on, its target."""
    led = {path: (302, {"Location": each}, b"") for path, each in paths.items() if isinstance(each, str)}
    answers = {"/": OK, "/healthz": OK} | paths | led
    return lambda host, path: answers[path]


@contextmanager
def served(own_site, proxies):
    """Yields the port of the site, served as behind proxies, of which it is told so many."""
    static = own_site.folder / "static"
    if not static.exists():
        static.symlink_to(seeded_site() / "static")
    values = {"PORTAL_HTTPS": "1", "PORTAL_PROXIES": proxies, "PORTAL_HOSTS": "example.org,localhost"}
    environment = own_site.environment | values
    site = Site(own_site.folder, own_site.environment["DATABASE_URL"], **environment)
    try:
        yield int(site.serve().rpartition(":")[2])
    finally:
        site.stop()


@pytest.mark.parametrize(("proxies", "level"), [("0", "WRONG"), ("1", "ok")])
def test_a_site_that_does_not_believe_its_proxy_leads_in_a_circle(
    own_site, internet, before_going_live, proxies, level
):
    with served(own_site, proxies) as port, internet(proxy_to(port)):
        found, sentence = before_going_live("Public address")
    assert found == level
    if level == "WRONG":
        assert sentence == (
            "https://example.org leads in a circle. Set PORTAL_PROXIES to the number of proxies before the "
            "site, and let them send X-Forwarded-Proto."
        )
    else:
        assert sentence == "the site answers at https://example.org."


@pytest.mark.parametrize(
    ("paths", "level", "words"),
    [
        ({}, "ok", "the site answers at https://example.org."),
        ({"/": (404, {}, b"")}, "ok", "the site answers"),
        ({"/": (410, {}, b"")}, "ok", "the site answers"),
        ({"/": "/en/", "/en/": OK}, "ok", "the site answers"),
        ({"/": "/a page/?é=1", "/a%20page/?%C3%A9=1": OK}, "ok", "the site answers"),
        ({"/": "https://www.example.org/en/", "/en/": OK}, "ok", "the site answers"),
        ({"/": "/a/", "/a/": "/"}, "WRONG", "leads in a circle"),
        ({"/": "/1/", "/1/": "/2/", "/2/": "/3/", "/3/": "/4/", "/4/": "/5/", "/5/": OK}, "ok", "answers"),
        (
            {f"/{n or ''}{'/' if n else ''}": f"/{n + 1}/" for n in range(6)} | {"/6/": OK},
            "WRONG",
            "leads in a circle",
        ),
        ({"/": (502, {}, b"")}, "WRONG", "answers with the error 502. Look into the logs of the proxy"),
        ({"/": (400, {}, b"")}, "WRONG", "answers with the error 400."),
        ({"/": (200, {"X-Copy-Made": "1 March 2026"}, b"")}, "WRONG", "the static copy answers"),
        ({"/healthz": (200, {}, b"This name is for sale")}, "WRONG", "something else answers"),
        (
            {"/": "https://example.com/"},
            "WRONG",
            "leads to https://example.com/, which is no address of this site.",
        ),
        ({"/": "ftp://example.org/"}, "WRONG", "leads to ftp://example.org/, which is no address"),
        ({"/": "https://[/"}, "WRONG", "leads to https://[/, which is no address of this site"),
    ],
)
def test_what_the_address_answers_decides(internet, lead_to, before_going_live, paths, level, words):
    with internet(answers_of(paths)):
        found, sentence = before_going_live("Public address")
    assert found == level and words in sentence
    assert {host for host, _port in lead_to.asked} <= {"example.org", "www.example.org"}


def test_a_site_that_answers_to_any_name_asks_nobody_else(settings, internet, lead_to, before_going_live):
    settings.ALLOWED_HOSTS = ["example.org", "*"]
    with internet(answers_of({"/": "https://example.com/"})):
        assert "leads to https://example.com/" in before_going_live("Public address")[1]
    assert {host for host, _port in lead_to.asked} == {"example.org"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (
            {"is_known": False},
            "shows a certificate that browsers refuse (self-signed certificate). Renew it.",
        ),
        ({"days": -1}, "shows a certificate that browsers refuse (certificate has expired)."),
    ],
)
def test_a_certificate_that_browsers_refuse_is_no_https(internet, before_going_live, options, words):
    with internet(answers_of({}), **options):
        level, sentence = before_going_live("Public address")
    assert level == "WRONG" and words in sentence


def test_an_address_whose_name_is_not_the_sites_is_not_asked(
    monkeypatch, internet, lead_to, before_going_live
):
    monkeypatch.setattr(address_check, "public_address", lambda: "https://example.com")
    with internet(answers_of({}), "example.com"):
        level, sentence = before_going_live("Public address")
    assert level == "WRONG" and sentence == (
        "the site does not answer to the name of https://example.com. Write it in PORTAL_HOSTS."
    )
    assert lead_to.asked == []


def test_a_certificate_of_another_name_is_refused(internet, before_going_live):
    with internet(answers_of({}), "example.com"):
        assert "certificate is not valid for 'example.org'" in before_going_live("Public address")[1]


def test_a_server_without_https_and_none_at_all_are_told_apart(internet, lead_to, before_going_live):
    with ExitStack() as stack:
        stack.enter_context(internet(answers_of({})))
        lead_to({443: stack.enter_context(answering(answers_of({})))})
        assert before_going_live("Public address")[1].endswith(
            "speaks no https. Give the proxy a certificate."
        )
        lead_to({})
        level, sentence = before_going_live("Public address")
    assert level == "WRONG" and "https://example.org does not answer this machine." in sentence


def test_by_http_the_address_is_asked_by_http(settings, internet, lead_to, before_going_live):
    settings.PORTAL_HTTPS = False
    with internet(answers_of({})), answering(answers_of({})) as port:
        lead_to({80: port})
        assert before_going_live("Public address") == ("ok", "the site answers at http://example.org.")
    with answering(answers_of({"/": "/"})) as port:
        lead_to({80: port})
        level, sentence = before_going_live("Public address")
    assert level == "WRONG" and sentence.endswith("leads in a circle. Look at the redirects of the proxy.")


@pytest.mark.parametrize(
    ("hosts", "words"),
    [
        (["localhost", "127.0.0.1"], "there is none yet. Write the names of the site in PORTAL_HOSTS."),
        (["localhost", "shelf"], "http://shelf is known in this network only."),
    ],
)
def test_without_a_public_name_nobody_is_asked(settings, lead_to, hosts, words):
    settings.ALLOWED_HOSTS = hosts
    lead_to({})
    finding = address_check.tell(address_check.look())
    assert finding.level == "note" and words in finding.message and lead_to.asked == []
