"""The log of errors helps to mend them and holds nothing about anybody."""

import json
import logging
from io import StringIO

import pytest
from django.db import connection

from portal.operations.logging import JSONFormatter
from tests.support.people import alice

pytestmark = pytest.mark.django_db


@pytest.fixture
def log():
    """Returns a function that reads back every line that was logged meanwhile."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JSONFormatter())
    names = ("django", "django.request", "portal", "django.security")
    for name in names:
        logging.getLogger(name).addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    for name in names:
        logging.getLogger(name).removeHandler(handler)


@pytest.fixture
def broken(monkeypatch):
    """Makes search fail with an error that quotes the query."""

    def fail(parameters):
        hidden = "secret of a variable"
        try:
            int(parameters["q"])
        except ValueError as error:
            raise RuntimeError(f"cannot find {parameters['q']} {hidden}") from error

    monkeypatch.setattr("portal.search.views.Results", fail)


def test_a_failing_page_leaves_one_line_that_says_what_and_where(client, broken, log):
    client.raise_request_exception = False
    assert (
        client.get("/search/?q=Charlie+Child", headers={"x-request-id": "0123456789abcdef"}).status_code
        == 500
    )
    (line,) = {json.dumps(line) for line in log()}
    line = json.loads(line)
    assert line["message"] == "Internal Server Error: /search/"
    assert (line["level"], line["logger"], line["path"], line["status"], line["request"]) == (
        "error",
        "django.request",
        "/search/",
        500,
        "0123456789abcdef",
    )
    assert [each["kind"] for each in line["exceptions"]] == ["ValueError", "RuntimeError"]
    assert any(
        frame.startswith("portal/search/views.py:") and frame.endswith(" search")
        for frame in line["exceptions"][1]["frames"]
    )
    assert line["time"].endswith("+00:00")


def test_nothing_in_it_is_about_whoever_asked(client, broken, log):
    client.raise_request_exception = False
    client.force_login(alice())
    client.get(
        "/search/?q=Charlie+Child&email=charlie@example.org",
        headers={
            "user-agent": "Charlies Browser",
            "referer": "https://example.org/charlie",
            "x-forwarded-for": "203.0.113.9",
        },
        REMOTE_ADDR="203.0.113.8",
    )
    lines = json.dumps(log(), ensure_ascii=False)
    assert lines != "[]"
    for secret in (
        "Charlie",
        "charlie",
        "203.0.113",
        "editor",
        "Browser",
        "q=",
        "secret of a variable",
        client.cookies["sessionid"].value,
    ):
        assert secret not in lines, secret


def test_what_a_form_sends_is_not_in_it(client, log, monkeypatch):
    def fail(*_arguments):
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM no_such_table WHERE said = 'Charlie was here'")

    monkeypatch.setattr("portal.search.views.Results", fail)
    client.raise_request_exception = False
    client.get("/search/?q=x")
    assert "Charlie" not in json.dumps(log())


def test_the_secret_of_a_review_stays_secret(client, log, monkeypatch):
    monkeypatch.setattr("impact.views.ReviewLink.hash_of", lambda secret: 1 / 0)
    client.raise_request_exception = False
    assert client.get("/review/abcdefghijklmnop/").status_code == 500
    assert {line["path"] for line in log()} == {"/review/-/"}
    assert "abcdefghijklmnop" not in json.dumps(log())


def test_a_request_that_names_itself_oddly_gets_a_name_of_ours(client, broken, log):
    client.raise_request_exception = False
    client.get("/search/?q=x", headers={"x-request-id": 'forged", "level": "fine'})
    assert len(log()[0]["request"]) == 16 and "forged" not in json.dumps(log())


def test_a_record_without_a_request_is_a_line_as_well(log):
    logging.getLogger("portal").warning("The disk\nis nearly full: %d %%", 95)
    assert log()[-1]["message"] == "The disk\nis nearly full: 95 %"
    assert set(log()[-1]) == {"time", "level", "logger", "message"}
