"""The public address of the site, which citations and printed documents name."""

from ipaddress import ip_address

from django.conf import settings
from django.http.request import split_domain_port
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy as _

from organisation.models import site_settings

LOOPBACK_HOSTS = {"localhost", "127.0.0.1", "[::1]"}
# What only a machine itself, or the network that it stands in, knows by name (RFC 6761, 6762, 8375).
LOCAL_NAMES = (".localhost", ".local", ".internal", ".home.arpa")
NO_PUBLIC_ADDRESS = _("This site has no public address yet.")


def public_origin(request):
    """Returns the scheme and host under which others reach the site; empty where there is none yet.

    What the settings of the site say wins over any guess. Somebody who asks for a local name, on the machine
    itself, is given the address that others use.
    """
    if not site_settings().public_address and is_public(request.get_host()):
        return request.build_absolute_uri("/").rstrip("/")
    return public_address()


def lasting_origin(request):
    """Returns the scheme and host of the addresses that others keep: the public ones, or those asked at.

    A static copy is made for an address of its own choice, and names that one.
    """
    here = request.build_absolute_uri("/").rstrip("/")
    return here if getattr(request, "is_mirror", False) else public_origin(request) or here


def lasting_address(request, path):
    """Returns the address of a path of this site that others keep."""
    return iri_to_uri(f"{lasting_origin(request)}{path}")


def public_address():
    """Returns the scheme and host that the settings name for others; empty where there is none yet."""
    if address := site_settings().public_address:
        return address
    hosts = (host for host in settings.ALLOWED_HOSTS if is_public(host) and not host.startswith((".", "*")))
    host = next(hosts, "")
    return host and f"{'https' if settings.PORTAL_HTTPS else 'http'}://{host}"


def is_public(host):
    name, _port = split_domain_port(host)
    try:
        return ip_address(name.strip("[]")).is_global
    except ValueError:
        return not f".{name}".endswith(LOCAL_NAMES)
