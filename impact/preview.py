"""A public page as it would be with a claim's working copy published: it is published for real, the page is rendered, and all is rolled back."""

from contextlib import contextmanager
from functools import cache
from io import BytesIO
from urllib.parse import unquote

from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.http import HttpResponse
from django.utils import translation

from .models import Change

# Of a request, what says where the site is; never who asks.
KEPT = (
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
    "SCRIPT_NAME",
    "REMOTE_ADDR",
    "HTTP_HOST",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
)


@contextmanager
def as_if_published(claim, by):
    """The edition that the working copy would become. Whatever happens in the block, nothing of it stays."""
    with transaction.atomic():
        try:
            locked = claim.locked()
            yield locked.put_before_readers(by, change=Change.RETIRED if locked.is_to_be_retired else "")
        finally:
            transaction.set_rollback(True)


def page_as_published(claim, by, request, address):
    """What a visitor would be answered at an address of this site, marked as a preview."""
    with translation.override(translation.get_language()), as_if_published(claim, by):
        answer = site().get_response(visitors_request(request, address))
    return unlisted(
        HttpResponse(answer.content, status=answer.status_code, content_type=answer["Content-Type"])
    )


def unlisted(response):
    """For pages that only some may see: no search engine lists them, and no cache keeps them."""
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response


@cache
def site():
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def visitors_request(request, address):
    """The request of somebody without account or cookie for a page of the same site."""
    environ = {
        name: value for name, value in request.environ.items() if name in KEPT or name.startswith("wsgi.")
    }
    path = unquote(address).removeprefix(environ.get("SCRIPT_NAME", ""))
    environ |= {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path.encode().decode("latin-1"),  # as WSGI hands over a path
        "QUERY_STRING": "",
        "wsgi.input": BytesIO(),
    }
    visit = WSGIRequest(environ)
    visit.is_preview = True
    return visit
