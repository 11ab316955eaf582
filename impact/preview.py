"""Previews of public pages with a claim's working copy published.

The copy is published for real, the page is rendered, and the transaction is rolled back.
"""

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

# The variables that say where the site is. Cookies and other headers stay behind: the page is a visitor's.
FORWARDED = (
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
    """Yields the edition that the working copy would become; rolls back whatever happens in the block."""
    with transaction.atomic():
        try:
            locked = claim.locked()
            locked.publish_unchecked(by, change=Change.RETIRED if locked.is_to_be_retired else "")
            yield locked.current_edition
        finally:
            transaction.set_rollback(True)


def page_as_published(claim, by, request, address):
    """Returns the response that a visitor would get at an address of this site, marked as a preview."""
    # The middleware of the inner request sets the language and does not set it back.
    with translation.override(translation.get_language()), as_if_published(claim, by):
        response = handler().get_response(visitors_request(request, address))
    return unlisted(
        HttpResponse(response.content, status=response.status_code, content_type=response["Content-Type"])
    )


def unlisted(response):
    """Marks a response that only some may see: no search engine lists it, and no cache stores it."""
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response


@cache
def handler():
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def visitors_request(request, address):
    """Returns the request of somebody without account or cookie for a page of the same site."""
    environ = {
        name: value
        for name, value in request.environ.items()
        if name in FORWARDED or name.startswith("wsgi.")
    }
    path = unquote(address).removeprefix(environ.get("SCRIPT_NAME", ""))
    environ |= {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path.encode().decode("latin-1"),  # as WSGI hands over a path
        "QUERY_STRING": "",
        "wsgi.input": BytesIO(),
    }
    visitors = WSGIRequest(environ)
    visitors.is_preview = True
    return visitors
