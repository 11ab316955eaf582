"""Checks that the documents of sources are still there, and connects to the public internet alone.

An address is what somebody typed. The machine that checks it may stand behind a firewall, next to a database
or in a data centre whose own addresses give keys away. So the host of every address, and of each hop of a
redirect, is resolved first, and the connection goes to the very IP address that was found to be public.
"""

import ipaddress
import socket
import ssl
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from time import monotonic
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext as _

from organisation.models import Source

TIMEOUT, MAX_REDIRECTS = 10, 5  # seconds of silence, hops
LIMIT = 30  # seconds for an address with all its hops: a server that drips is never silent
PORTS = {"http": 80, "https": 443}
HEADERS = {"User-Agent": "Link check", "Accept": "*/*", "Accept-Encoding": "identity"}
# All that is given to anybody; what stands outside wraps an address of IPv4 or belongs to a site.
PUBLIC_IPV6 = ipaddress.ip_network("2000::/3")
# Teredo and its neighbours, which are for protocols, and two that stand in books.
NOT_PUBLIC = [ipaddress.ip_network(each) for each in ("2001::/23", "2001:db8::/32", "3fff::/20")]
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
    ends = monotonic() + LIMIT
    for _hop in range(MAX_REDIRECTS + 1):
        status, location = request(address, ends)
        if status not in REDIRECTS or not location:
            if status >= 400:
                raise Broken(_("The server answers %(status)d.") % {"status": status})
            return status
        address = urljoin(address, location)
    raise Broken(_("It is led on more than %(number)d times.") % {"number": MAX_REDIRECTS})


def request(address, ends):
    """Returns the status and the Location of one response, which has to come before `ends`."""
    try:
        parts = urlsplit(address)
        scheme, host, port = parts.scheme, parts.hostname, parts.port
    except ValueError:
        raise Broken(_("This is no address.")) from None
    if scheme not in PORTS or not host or port not in (None, PORTS[scheme]):
        raise Broken(_("Only http and https at their usual ports are asked."))
    connection = connection_to(scheme, host, public_ip_address(host, PORTS[scheme]))
    limit = Timer(max(ends - monotonic(), 0), cut, [connection])
    try:
        limit.start()
        connection.request(
            "GET", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), headers=HEADERS
        )
        response = connection.getresponse()
        if monotonic() > ends:
            raise TimeoutError  # headers that were cut look as if they had ended
        return response.status, response.getheader("Location")
    except (OSError, HTTPException, ValueError):
        raise Broken(_("The server does not answer as it should.")) from None
    finally:
        limit.cancel()
        connection.close()
        if connection.twin:
            connection.twin.close()


def cut(connection):
    """Ends a connection on which another thread waits; TLS does not know of the twin."""
    with suppress(OSError, AttributeError):
        connection.twin.shutdown(socket.SHUT_RDWR)


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
    """Returns true if an address leads to the public internet, and by no way of the network elsewhere."""
    address = ipaddress.ip_address(ip_address.partition("%")[0])  # without the zone of IPv6
    if address.version == 6 and (
        address not in PUBLIC_IPV6 or address.sixtofour or any(address in network for network in NOT_PUBLIC)
    ):
        return False
    return address.is_global and not address.is_multicast


def connection_to(scheme, host, ip_address):
    """Returns a connection to an IP address; the server is asked by the host's name, and must prove it.

    The port is named, or http.client would look for one in an address of IPv6.
    """
    if scheme == "http":
        connection = HTTPConnection(host, PORTS[scheme], timeout=TIMEOUT)
        wrap = None
    else:
        context = ssl.create_default_context()
        connection = HTTPSConnection(host, PORTS[scheme], timeout=TIMEOUT, context=context)
        wrap = context.wrap_socket

    # In place of http.client's own, which would resolve the host anew and might get another address.
    def connect():
        plain = socket.create_connection((ip_address, PORTS[scheme]), TIMEOUT)
        connection.twin = plain.dup()
        connection.sock = wrap(plain, server_hostname=host) if wrap else plain

    connection.connect, connection.twin = connect, None
    return connection
