from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import client as django_client
from django.utils.translation import gettext as _

from ..backup import OperationError


@dataclass
class Answer:
    """`location` is where a redirect leads; `trouble` why there is no answer to keep."""

    content: bytes = b""
    location: str = ""
    trouble: str = ""
    is_gone: bool = False


class StaticCopyHandler(django_client.ClientHandler):
    def get_response(self, request):
        request.is_mirror = True  # what needs a server is not offered, and the page says that it is a copy
        return super().get_response(request)


class SiteClient:
    """Somebody without an account who asks the site, in this process, by its public address."""

    def __init__(self, origin):
        parts = urlsplit(origin)
        self.client = django_client.Client(headers={"host": parts.netloc}, raise_request_exception=False)
        self.client.handler, self.secure = StaticCopyHandler(), parts.scheme == "https"

    def ask(self, path):
        if path.startswith(settings.STATIC_URL):
            return static_file(path)
        response = self.client.get(path, secure=self.secure)
        if response.status_code in (301, 302, 307, 308):
            return Answer(location=response["Location"])
        if response.status_code != 200:
            return Answer(
                trouble=_("answers %(status)d") % {"status": response.status_code},
                is_gone=response.status_code == 410,
            )
        return Answer(body(response))

    def nothing_here(self):
        """The page at an address where there is none."""
        response = self.client.get("/there-is-no-such-page/", secure=self.secure)
        if response.status_code != 404:
            raise OperationError(
                _("The page for a wrong address answers %(status)d: the last copy stays.")
                % {"status": response.status_code}
            )
        return body(response)


def body(response):
    return b"".join(response) if response.streaming else response.content


def static_file(path):
    """A collected file; one that nobody has collected only where the site shows such files, too."""
    name = unquote(path.removeprefix(settings.STATIC_URL))
    file = Path(staticfiles_storage.path(name))
    if not file.is_file():
        file = Path(finders.find(name) or file)
    try:
        return Answer(file.read_bytes())
    except OSError as error:
        return Answer(trouble=error.strerror)
