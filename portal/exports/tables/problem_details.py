"""An error for programs, as RFC 9457 has it: what went wrong, in a sentence, where a program finds it."""

import json
from http import HTTPStatus

from django.http import HttpResponse

PROBLEM_TYPE = "application/problem+json"


class Problem(Exception):
    """An answer other than the one that was asked for. `errors` are (parameter, sentence)."""

    def __init__(self, status, detail, errors=()):
        super().__init__(detail)
        self.status, self.detail, self.errors = status, detail, errors

    def response(self):
        told = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
        }
        if self.errors:
            told["errors"] = [{"parameter": name, "detail": detail} for name, detail in self.errors]
        return HttpResponse(
            json.dumps(told, ensure_ascii=False), status=self.status, content_type=PROBLEM_TYPE
        )


def refusal(wrongs):
    return Problem(422, " ".join(detail for _name, detail in wrongs), wrongs)
