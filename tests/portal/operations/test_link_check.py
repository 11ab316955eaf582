"""The link check connects to the public internet, and nowhere else, whatever an address says."""

import socket
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from unittest.mock import patch

import pytest
from django.core.management import call_command

from organisation.models import Source
from portal.operations import link_check
from portal.operations.link_check import Broken, check
from tests.support.factory import a_source

PUBLIC = "93.184.215.14"


@contextmanager
def canary(answers=()):
    """Starts a local server that records every request; `answers` are (path, (status, Location))."""
    requests = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            requests.append((self.headers["Host"], self.path))
            status, location = dict(answers).get(self.path, (200, ""))
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.end_headers()

        def log_message(self, *arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        serving = Thread(target=server.serve_forever, args=[0.01])
        serving.start()
        try:
            yield server.server_port, requests
        finally:
            server.shutdown()
            serving.join()


def resolving_to(*ip_addresses):
    """Patches the resolver: every host has these IP addresses, one look-up after another."""
    remaining, resolve = list(ip_addresses), socket.getaddrinfo

    def getaddrinfo(host, port, *arguments, **options):
        if host == "127.0.0.1":
            return resolve(host, port, *arguments, **options)
        ip_address = remaining.pop(0) if len(remaining) > 1 else remaining[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip_address, port))]

    return patch("socket.getaddrinfo", getaddrinfo)


@contextmanager
def redirected_to(port):
    """Sends every connection to the canary instead; records the address that it was meant for."""
    connections, connect = [], socket.create_connection

    def create_connection(address, *rest):
        connections.append(address)
        return connect(("127.0.0.1", port), *rest)

    with patch("socket.create_connection", create_connection):
        yield connections


HOSTILE = [
    "http://127.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://[::1]:{port}/",
    "http://0x7f.1:{port}/",
    "http://2130706433:{port}/",
    "http://0:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://127.1:{port}/",
    "http://user@127.0.0.1:{port}/",
    "http://example.org:80@127.0.0.1:{port}/",
]
ELSEWHERE = [
    "http://127.0.0.1/",
    "http://0x7f.1/",
    "http://2130706433/",
    "http://[::1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://192.168.1.1/",
    "http://172.16.0.1/",
    "http://100.64.0.1/",
    "http://0.0.0.0/",
    "http://[fd00::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b:1::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:0:7f00:1::]/",
    "http://[fec0::1]/",
    "http://[::7f00:1]/",
    "http://[::ffff:0:7f00:1]/",
    "http://224.0.0.1/",
    "file:///etc/passwd",
    "gopher://127.0.0.1/",
    "ftp://example.org/",
    "//example.org/",
    "https://",
    "http://[/",
    "https://example.org:22/",
    "javascript:alert(1)",
    "http://example.org:99999/",
]


@pytest.mark.parametrize("address", HOSTILE)
def test_no_notation_of_this_machine_reaches_it(address):
    with canary() as (port, requests), patch.dict(link_check.PORTS, {"http": port}):
        with pytest.raises(Broken):
            check(address.format(port=port))
        assert requests == []


@pytest.mark.parametrize("address", ELSEWHERE)
def test_no_address_that_is_not_public_is_connected_to(address):
    with redirected_to(9) as connections:
        with pytest.raises(Broken):
            check(address)
        assert connections == []


def test_a_host_of_which_one_address_is_not_public_is_not_asked():
    addresses = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip_address, 80)) for ip_address in (PUBLIC, "10.0.0.1")
    ]
    with patch("socket.getaddrinfo", return_value=addresses), redirected_to(9) as connections:
        with pytest.raises(Broken, match="no public address"):
            check("http://example.org/")
        assert connections == []


def test_a_host_that_moves_between_two_look_ups_is_asked_where_it_was_found_good():
    with canary() as (port, requests), resolving_to(PUBLIC, "127.0.0.1"), redirected_to(port) as connections:
        assert check("http://example.org/a?b=c") == 200
        assert (connections, requests) == ([(PUBLIC, 80)], [("example.org", "/a?b=c")])


@pytest.mark.parametrize("target", ["http://127.0.0.1/", "file:///etc/passwd", "http://169.254.169.254/"])
def test_a_redirection_is_looked_at_as_closely(target):
    ip_addresses = (PUBLIC, "127.0.0.1") if "127" in target else (PUBLIC, "169.254.169.254")
    with (
        canary([("/", (302, target))]) as (port, requests),
        resolving_to(*ip_addresses),
        redirected_to(port) as connections,
    ):
        with pytest.raises(Broken):
            check("http://example.org/")
        assert len(requests) == len(connections) == 1


def test_a_redirection_that_goes_round_ends():
    with canary([("/", (302, "/"))]) as (port, requests), resolving_to(PUBLIC), redirected_to(port):
        with pytest.raises(Broken, match="led on more than 5 times"):
            check("http://example.org/")
        assert len(requests) == 6


@pytest.mark.django_db
def test_the_command_prints_what_does_not_answer_and_asks_each_address_once(capsys):
    Source.objects.update(address="", archived="")
    for title, path in (("One", "here"), ("Two", "here"), ("Three", "gone")):
        a_source(title, address=f"http://example.org/{path}")
    with canary([("/gone", (404, ""))]) as (port, requests), resolving_to(PUBLIC), redirected_to(port):
        call_command("check_links")
        assert len(requests) == 2
    assert (
        capsys.readouterr().out
        == "http://example.org/gone: The server answers 404.\n2 addresses were asked. 1 does not answer.\n"
    )


@pytest.mark.parametrize(
    ("status", "location", "is_broken"),
    [
        *[
            (200, "", False),
            (304, "", False),
            (399, "", False),
            (400, "", True),
            (404, "", True),
            (500, "", True),
        ],
        *[(301, "", False), (302, "", False), (300, "/here", False)],
        *[(status, "/here", False) for status in (301, 302, 303, 307, 308)],
    ],
)
def test_an_answer_below_400_is_one(status, location, is_broken):
    answers = [("/", (status, location)), ("/here", (204, ""))]
    with canary(answers) as (port, requests), resolving_to(PUBLIC), redirected_to(port):
        if is_broken:
            with pytest.raises(Broken, match=f"^The server answers {status}.$"):
                check("http://example.org")
        else:
            is_led_on = location and status != 300
            assert check("http://example.org") == (204 if is_led_on else status)
            assert len(requests) == 1 + bool(is_led_on)


@pytest.mark.parametrize(("hops", "is_broken"), [(5, False), (6, True)])
def test_an_address_is_led_on_five_times_at_most(hops, is_broken):
    answers = [(f"/{number}", (302, f"/{number + 1}")) for number in range(hops)]
    with canary(answers) as (port, requests), resolving_to(PUBLIC), redirected_to(port):
        if is_broken:
            with pytest.raises(Broken):
                check("http://example.org/0")
        else:
            assert check("http://example.org/0") == 200
        assert len(requests) == 6


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        *[("93.184.215.14", True), ("2606:2800:220:1::1", True), ("10.0.0.1", False), ("224.0.0.1", False)],
        *[("127.0.0.1", False), ("100.64.0.1", False), ("169.254.1.1", False), ("0.0.0.0", False)],
        *[("ff0e::1", False), ("fe80::1%eth0", False), ("::ffff:93.184.215.14", False)],
        *[("2002:5db8:d70e::1", False), ("2001:0:5db8:d70e::1", False), ("64:ff9b::5db8:d70e", False)],
        *[("64:ff9b:1::7f00:1", False), ("fec0::1", False), ("::7f00:1", False), ("::1", False)],
        *[("1fff:ffff::1", False), ("2000::1", True), ("2001:1ff::1", False), ("2001:200::1", True)],
        *[("2001:db8::1", False), ("3fff:fff::1", False), ("3fff:1000::1", True), ("4000::1", False)],
    ],
)
def test_an_address_is_public_or_not(address, expected):
    assert link_check.is_public(address) is expected


@pytest.mark.django_db
def test_the_command_asks_for_copies_too_in_order_and_counts_what_does_not_answer(capsys, monkeypatch):
    Source.objects.update(address="", archived="")
    a_source("One", address="http://c.example/", archived="http://a.example/")
    a_source("Two", address="http://b.example/")

    def check(address):
        if "b." not in address:
            raise Broken("No.")

    monkeypatch.setattr("portal.operations.link_check.check", check)
    call_command("check_links")
    assert capsys.readouterr().out.splitlines() == [
        "http://a.example/: No.",
        "http://c.example/: No.",
        "3 addresses were asked. 2 do not answer.",
    ]


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_an_address_of_ipv6_is_asked_like_any_other(scheme):
    with canary() as (port, requests), redirected_to(port) as connections:
        address = f"{scheme}://[2606:4700::6810:84e5]/x"
        if scheme == "http":
            assert check(address) == 200
            assert requests == [("[2606:4700::6810:84e5]", "/x")]
        else:
            with pytest.raises(Broken, match="does not answer as it should"):
                check(address)
        assert connections == [("2606:4700::6810:84e5", link_check.PORTS[scheme])]


@contextmanager
def dripping(drops):
    """Starts a local server that answers in drops, a twentieth of a second apart, until nobody listens."""

    def answer(connection):
        with connection, suppress(OSError):
            connection.recv(1000)
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
            for _drop in range(drops):
                connection.sendall(b"X-Drop: 1\r\n")
                Event().wait(0.05)
            connection.sendall(b"\r\n")

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = Thread(target=lambda: answer(server.accept()[0]))
        thread.start()
        yield server.getsockname()[1]
        thread.join()


@pytest.mark.parametrize(("drops", "limit", "is_broken"), [(2, 30, False), (99, 0.3, True)])
def test_a_server_that_drips_is_not_waited_for(monkeypatch, drops, limit, is_broken):
    monkeypatch.setattr(link_check, "LIMIT", limit)
    with dripping(drops) as port, resolving_to(PUBLIC), redirected_to(port):
        if is_broken:
            with pytest.raises(Broken, match="does not answer as it should"):
                check("http://example.org/")
        else:
            assert check("http://example.org/") == 200
