"""The headers of every response under /api/: CORS, for programs on any site, and an ETag."""

import hashlib
from functools import wraps

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from ..tables.problem_details import Problem

METHODS = "GET, HEAD, OPTIONS"


def read_only_api(view):
    """Answers GET, HEAD and OPTIONS of a view; refuses every other method."""

    @csrf_exempt
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if request.method == "OPTIONS":
            return with_cors(HttpResponse(status=204))
        if request.method not in ("GET", "HEAD"):
            response = Problem(
                405, _("This is read-only: it answers %(methods)s.") % {"methods": METHODS}
            ).response()
            response["Allow"] = METHODS
            return with_cors(response)
        # Ninja's views know no HEAD: they answer it as a GET, and the server then sends the headers alone.
        method, request.method = request.method, "GET"
        response = with_cors(view(request, *args, **kwargs))
        request.method = method
        return with_etag(request, response)

    return wrapper


def with_cors(response):
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Link"
    response["Cache-Control"] = "no-cache"  # a row may be withdrawn at any moment
    if response.status_code == 204:
        response["Allow"] = response["Access-Control-Allow-Methods"] = METHODS
        response["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
        response["Access-Control-Max-Age"] = "86400"
    return response


def with_etag(request, response):
    """Adds an ETag of the content; returns 304 if the request already names it."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    if response.status_code != 200:
        return response
    conditional = get_conditional_response(request, etag=etag, response=response)
    # A 304 is a new response, to which Django copies none of our headers.
    return response if conditional is response else with_cors(conditional)


@read_only_api
def not_found(request):
    return Problem(404, _("There is nothing at this address: /api/v1/ says what there is.")).response()
