"""Checks that the documents of sources are still there, and connects to the public internet alone.

An address is what somebody typed. The machine that checks it may stand behind a firewall, next to a database
or in a data centre whose own addresses give keys away. So the host of every address, and of each hop of a
redirect, is resolved first, and the connection goes to the very IP address that was found to be public.
"""

import ipaddress
import socket
import ssl
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext as _

from organisation.models import Source

TIMEOUT, MAX_REDIRECTS = 10, 5  # seconds, hops
PORTS = {"http": 80, "https": 443}
HEADERS = {"User-Agent": "Margin link check", "Accept": "*/*", "Accept-Encoding": "identity"}
REDIRECTS = (301, 302, 303, 307, 308)


class Broken(Exception):
    """Says in a sentence why an address does not answer."""


def check_sources():
    """Yields (address, reason) for each address that a source names; the reason is empty if it answers."""
    pairs = Source.objects.values_list("address", "archived")
    for address in sorted({address for pair in pairs for address in pair if address}):
        try:
            check(address)
        except Broken as reason:
            yield address, str(reason)
        else:
            yield address, ""


def check(address):
    """Returns the status of what an address leads to, unread; raises Broken if it does not answer."""
    for _hop in range(MAX_REDIRECTS + 1):
        status, location = request(address)
        if status not in REDIRECTS or not location:
            if status >= 400:
                raise Broken(_("The server answers %(status)d.") % {"status": status})
            return status
        address = urljoin(address, location)
    raise Broken(_("It is led on more than %(number)d times.") % {"number": MAX_REDIRECTS})


def request(address):
    """Returns the status and the Location of one response."""
    try:
        parts = urlsplit(address)
        scheme, host, port = parts.scheme, parts.hostname, parts.port
    except ValueError:
        raise Broken(_("This is no address.")) from None
    if scheme not in PORTS or not host or port not in (None, PORTS[scheme]):
        raise Broken(_("Only http and https at their usual ports are asked."))
    connection = connection_to(scheme, host, public_ip_address(host, PORTS[scheme]))
    try:
        connection.request(
            "GET", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), headers=HEADERS
        )
        response = connection.getresponse()
        return response.status, response.getheader("Location")
    except (OSError, HTTPException, ValueError):
        raise Broken(_("The server does not answer as it should.")) from None
    finally:
        connection.close()


def public_ip_address(host, port):
    """Returns the IP address of a host; Broken if any of its addresses is not public."""
    try:
        addresses = [entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, ValueError):
        raise Broken(_("There is no such host.")) from None
    if not all(is_public(address) for address in addresses):
        raise Broken(_("It stands at no public address, so it is not asked."))
    return addresses[0]


def is_public(ip_address):
    address = ipaddress.ip_address(ip_address.partition("%")[0])  # without the zone of IPv6
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


def connection_to(scheme, host, ip_address):
    """Returns a connection to an IP address; the server is asked by the host's name, and must prove it."""
    if scheme == "http":
        connection = HTTPConnection(host, timeout=TIMEOUT)
        wrap = None
    else:
        context = ssl.create_default_context()
        connection = HTTPSConnection(host, timeout=TIMEOUT, context=context)
        wrap = context.wrap_socket

    # In place of http.client's own, which would resolve the host anew and might get another address.
    def connect():
        plain = socket.create_connection((ip_address, PORTS[scheme]), TIMEOUT)
        connection.sock = wrap(plain, server_hostname=host) if wrap else plain

    connection.connect = connect
    return connection
