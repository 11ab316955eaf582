"""Requests the public site in this process, as a visitor without an account would."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http.request import split_domain_port, validate_host
from django.test import client as django_client
from django.utils.translation import gettext as _

from ..backup import OperationError


@dataclass
class Answer:
    """The content of an address, or where it redirects to, or the error that it answers with."""

    content: bytes = b""
    location: str = ""
    error: str = ""
    is_missing: bool = False  # there is nothing for visitors
    is_gone: bool = False


class StaticCopyHandler(django_client.ClientHandler):
    def get_response(self, request):
        request.is_mirror = True  # what needs a server is not offered, and the page says that it is a copy
        return super().get_response(request)


class SiteClient:
    """Requests paths at the public origin of the site: scheme and host, without a slash at the end."""

    def __init__(self, origin):
        parts = urlsplit(origin)
        self.client = django_client.Client(headers={"host": parts.netloc}, raise_request_exception=False)
        self.client.handler, self.is_secure = StaticCopyHandler(), parts.scheme == "https"

    def get(self, path):
        if path.startswith(settings.STATIC_URL):
            return static_file(path)
        response = self.client.get(path, secure=self.is_secure)
        if response.status_code in (301, 302, 307, 308):
            return Answer(location=response["Location"])
        if response.status_code != 200:
            return Answer(
                error=_("answers %(status)d") % {"status": response.status_code},
                is_missing=response.status_code < 500,
                is_gone=response.status_code == 410,
            )
        return Answer(body_of(response))

    def not_found_page(self):
        response = self.client.get("/there-is-no-such-page/", secure=self.is_secure)
        if response.status_code != 404:
            raise OperationError(
                _("The page for a wrong address answers %(status)d: the last copy stays.")
                % {"status": response.status_code}
            )
        return body_of(response)


def body_of(response):
    return b"".join(response) if response.streaming else response.content


def static_file(path):
    """Returns a collected file; where the site shows files that nobody has collected, one of those, too."""
    name = unquote(path.removeprefix(settings.STATIC_URL))
    file = Path(staticfiles_storage.path(name))
    if not file.is_file():
        file = Path(finders.find(name) or file)
    try:
        return Answer(file.read_bytes())
    except OSError as error:
        return Answer(error=error.strerror)


def origin_of(address):
    """Returns scheme and host of the site; OperationError for an address that it does not answer to.

    Without an address it is the first name of PORTAL_HOSTS that is no pattern.
    """
    if not address:
        host = next((host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))), "")
        address = f"{'https' if settings.PORTAL_HTTPS else 'http'}://{host}"
    parts = urlsplit(address)
    host, _port = split_domain_port(parts.netloc)
    if (
        parts.scheme not in ("http", "https")
        or not host
        or parts.path.strip("/")
        or not validate_host(host, settings.ALLOWED_HOSTS)
    ):
        sentence = _(
            "“%(address)s” is not an address of this site: "
            "write --address=https://name with a name that stands in PORTAL_HOSTS."
        )
        raise OperationError(sentence % {"address": address})
    return f"{parts.scheme}://{parts.netloc}"
