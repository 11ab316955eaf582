"""Asks the public address of the site as a visitor's browser does, and says what comes of it.

Only names that PORTAL_HOSTS gives the site are asked, wherever a redirect leads: what is typed into a form,
or sent by another server, reaches no other host.
"""

import ssl
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.http.request import validate_host
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.delivery.public_address import public_address

from .finding import note, ok, wrong
from .slow_check import SlowCheck

TIMEOUT, MAX_REDIRECTS = 5, 5  # seconds of silence, hops
REDIRECTS = (301, 302, 303, 307, 308)
CONNECTIONS = {"http": HTTPConnection, "https": HTTPSConnection}
COPY_HEADER = "X-Copy-Made"  # nginx sends it with the static copy


class Failure(Exception):
    """Ends the asking; `args` are the kind of failure and a detail for its sentence."""


def look():
    """Returns {address, failure, detail} of the public address; no failure if it answers as it should."""
    facts = {"address": public_address(), "failure": "", "detail": ""}
    if is_askable(facts["address"]):
        try:
            ask(facts["address"])
        except Failure as failure:
            facts["failure"], facts["detail"] = failure.args
    return facts


def is_askable(address):
    # A name without a dot is one of this network alone; a colon is one of IPv6.
    return not {".", ":"}.isdisjoint(urlsplit(address).hostname or "")


def is_own(host):
    names = [name for name in settings.ALLOWED_HOSTS if name != "*"]
    return validate_host(f"[{host}]" if ":" in host else host, names)


def ask(address):
    """Opens the first page of an address, led on as a browser is; raises Failure unless this site answers."""
    if not is_own(urlsplit(address).hostname or ""):
        raise Failure("unknown name", "")
    url, seen = f"{address}/", set()
    while url not in seen and len(seen) <= MAX_REDIRECTS:
        seen.add(url)
        response, _body = fetch(url)
        location = response.getheader("Location")
        if response.status not in REDIRECTS or not location:
            return require_this_site(url, response)
        url = target(url, location)
    raise Failure("loop", "")


def target(url, location):
    try:
        return iri_to_uri(urljoin(url, location))
    except ValueError:
        raise Failure("elsewhere", location[:100]) from None


def require_this_site(url, response):
    """Raises Failure unless it is this site, and not a copy of it, that has answered with a page."""
    if response.getheader(COPY_HEADER):
        raise Failure("copy", "")
    if response.status >= 400 and response.status not in (404, 410):  # a site without a home page is one, too
        raise Failure("status", str(response.status))
    _response, body = fetch(urljoin(url, "/healthz"))
    if body.strip() != b"ok":
        raise Failure("other site", "")


def fetch(url):
    """Returns the response to a GET, and the beginning of its body."""
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme, parts.hostname or "", parts.port
    except ValueError:
        scheme, host, port = "", "", None
    if scheme not in CONNECTIONS or not is_own(host):
        raise Failure("elsewhere", url[:100])
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection = CONNECTIONS[scheme](host, port, timeout=TIMEOUT)
    try:
        connection.request("GET", path, headers={"User-Agent": "Address check"})
        response = connection.getresponse()
        return response, response.read(100)
    except ssl.SSLCertVerificationError as error:
        raise Failure("certificate", error.verify_message) from error
    except ssl.SSLError as error:
        raise Failure("no https", "") from error
    except (OSError, HTTPException, ValueError) as error:
        raise Failure("silence", "") from error
    finally:
        connection.close()


def tell(facts):
    if not facts["address"]:
        return note(_("Public address: there is none yet. Write the names of the site in PORTAL_HOSTS."))
    if not is_askable(facts["address"]):
        return note(
            _(
                "Public address: %(address)s is known in this network only. "
                "Write a public name in PORTAL_HOSTS."
            )
            % facts
        )
    if not facts["failure"]:
        return ok(_("Public address: the site answers at %(address)s.") % facts)
    return wrong(sentences()[facts["failure"]] % facts)


def sentences():
    """Returns {kind of failure: sentence with its address and detail}."""
    return {
        "unknown name": _(
            "Public address: the site does not answer to the name of %(address)s. Write it in PORTAL_HOSTS."
        ),
        "loop": _(
            "Public address: %(address)s leads in a circle. Set PORTAL_PROXIES to the number of proxies "
            "before the site, and let them send X-Forwarded-Proto."
        )
        if settings.PORTAL_HTTPS
        else _("Public address: %(address)s leads in a circle. Look at the redirects of the proxy."),
        "copy": _(
            "Public address: the static copy answers at %(address)s, because the site does not. "
            "Start the site."
        ),
        "status": _(
            "Public address: %(address)s answers with the error %(detail)s. Look into the logs of the proxy "
            "and of the site."
        ),
        "other site": _(
            "Public address: something else answers at %(address)s. Let its name (DNS) and the proxy lead to "
            "this site."
        ),
        "elsewhere": _(
            "Public address: %(address)s leads to %(detail)s, which is no address of this site. Write its "
            "name in PORTAL_HOSTS, or correct the redirect."
        ),
        "certificate": _(
            "Public address: %(address)s shows a certificate that browsers refuse (%(detail)s). Renew it."
        ),
        "no https": _(
            "Public address: what answers at %(address)s speaks no https. Give the proxy a certificate."
        ),
        "silence": _(
            "Public address: %(address)s does not answer this machine. Look at its name (DNS), the firewall "
            "and the proxy."
        ),
    }


PUBLIC_ADDRESS = SlowCheck(
    name="public-address",
    title=gettext_lazy("Public address"),
    basis=lambda: [public_address(), settings.PORTAL_HTTPS, settings.PORTAL_PROXIES, settings.ALLOWED_HOSTS],
    look=look,
    tell=tell,
)
