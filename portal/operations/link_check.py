"""Whether the documents that sources name are still where they were: asked only of the public internet, whatever an address says.

An address is what somebody typed. The machine that asks may stand behind a firewall, beside a database or in a data centre whose own
addresses give keys away: so every address is looked up first, each hop of a redirection, too, and the connection goes to the very number that
was found good.
"""

import ipaddress
import socket
import ssl
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext as _

SECONDS, REDIRECTIONS = 10, 5
PORTS = {"http": 80, "https": 443}
HEADERS = {"User-Agent": "Margin link check", "Accept": "*/*", "Accept-Encoding": "identity"}


class Broken(Exception):
    """Why an address does not answer, in a sentence."""


def check(address):
    """The status of what an address leads to; nothing of it is read. Raises Broken."""
    for _hop in range(REDIRECTIONS + 1):
        status, location = ask(address)
        if status not in (301, 302, 303, 307, 308) or not location:
            if status >= 400:
                raise Broken(_("The server answers %(status)d.") % {"status": status})
            return status
        address = urljoin(address, location)
    raise Broken(_("It is led on more than %(number)d times.") % {"number": REDIRECTIONS})


def ask(address):
    """The status and the Location of one answer."""
    try:
        parts = urlsplit(address)
        scheme, host, port = parts.scheme, parts.hostname, parts.port
    except ValueError:
        raise Broken(_("This is no address.")) from None
    if scheme not in PORTS or not host or port not in (None, PORTS[scheme]):
        raise Broken(_("Only http and https at their usual ports are asked."))
    connection = connection_to(scheme, host, public_number(host, PORTS[scheme]))
    try:
        connection.request(
            "GET", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), headers=HEADERS
        )
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location")
    except (OSError, HTTPException, ValueError):
        raise Broken(_("The server does not answer as it should.")) from None
    finally:
        connection.close()


def public_number(host, port):
    """The number that a host stands at; one that is not public, among whatever others, makes the whole host none to be asked."""
    try:
        found = [entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, ValueError):
        raise Broken(_("There is no such host.")) from None
    if not all(is_public(number) for number in found):
        raise Broken(_("It stands at no public address, so it is not asked."))
    return found[0]


def is_public(number):
    address = ipaddress.ip_address(number.partition("%")[0])
    if address.version == 6:
        # Notations that wrap another address, which the network may unwrap.
        wrapped = (
            address.ipv4_mapped
            or address.sixtofour
            or address.teredo
            or address in ipaddress.ip_network("64:ff9b::/96")
        )
        if wrapped:
            return False
    return address.is_global and not address.is_multicast


def connection_to(scheme, host, number):
    """A connection to a number, which is asked by, and must prove, the name of the host."""
    if scheme == "http":
        connection = HTTPConnection(host, timeout=SECONDS)
        wrap = None
    else:
        context = ssl.create_default_context()
        connection = HTTPSConnection(host, timeout=SECONDS, context=context)
        wrap = context.wrap_socket

    def connect():
        plain = socket.create_connection((number, PORTS[scheme]), SECONDS)
        connection.sock = wrap(plain, server_hostname=host) if wrap else plain

    connection.connect = connect
    return connection
