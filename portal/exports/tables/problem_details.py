"""Errors for programs, as problem details (RFC 9457)."""

import json
from http import HTTPStatus

from django.http import HttpResponse

PROBLEM_TYPE = "application/problem+json"


class Problem(Exception):
    """An error that answers the request.

    `detail` is a sentence, `errors` are pairs of (parameter, sentence).
    """

    def __init__(self, status, detail, errors=()):
        super().__init__(detail)
        self.status, self.detail, self.errors = status, detail, errors

    def response(self):
        body = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
        }
        if self.errors:
            body["errors"] = [{"parameter": name, "detail": detail} for name, detail in self.errors]
        return HttpResponse(
            json.dumps(body, ensure_ascii=False), status=self.status, content_type=PROBLEM_TYPE
        )


def invalid_parameters(errors):
    """Returns the problem of a request whose parameters have these errors, pairs of (parameter, sentence)."""
    return Problem(422, " ".join(detail for _name, detail in errors), errors)
