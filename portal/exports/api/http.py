"""How every address under /api/ answers: to programs on any site, with an ETag, and with a problem where there is nothing to give."""

import hashlib
from functools import wraps

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from ..tables.problem_details import Problem

METHODS = "GET, HEAD, OPTIONS"


def read_only_api(view):
    @csrf_exempt
    @wraps(view)
    def answer(request, *args, **kwargs):
        if request.method == "OPTIONS":
            return open_to_all(HttpResponse(status=204))
        if request.method not in ("GET", "HEAD"):
            refused = Problem(
                405, _("This is read-only: it answers %(methods)s.") % {"methods": METHODS}
            ).response()
            refused["Allow"] = METHODS
            return open_to_all(refused)
        # To the views a question for the head alone is one for the whole; the server sends no more than was asked for.
        method, request.method = request.method, "GET"
        response = open_to_all(view(request, *args, **kwargs))
        request.method = method
        return with_etag(request, response)

    return answer


def open_to_all(response):
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Link"
    if response.status_code == 204:
        response["Allow"] = response["Access-Control-Allow-Methods"] = METHODS
        response["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
        response["Access-Control-Max-Age"] = "86400"
    return response


def with_etag(request, response):
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    answer = (
        get_conditional_response(request, etag=etag, response=response)
        if response.status_code == 200
        else response
    )
    return answer if answer is response else open_to_all(answer)


@read_only_api
def not_found(request):
    return Problem(404, _("There is nothing at this address: /api/v1/ says what there is.")).response()
