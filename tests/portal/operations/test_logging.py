"""The log of errors helps to mend them and holds nothing about anybody."""

import json
import logging
import re
from io import StringIO

import pytest
from django.conf import settings
from django.db import connection
from django.test import RequestFactory

from portal.operations.logging import JSONFormatter, redacted_path, relative_path, request_id
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


@pytest.mark.parametrize(
    ("name", "is_kept"),
    [
        *[("a" * 8, True), ("A1-" + "b" * 61, True), ("a" * 7, False), ("a" * 65, False)],
        *[("abcdefg_", False), ("abc defgh", False), ("abcdefgé", False), ("", False)],
    ],
)
def test_a_request_has_the_name_that_nginx_gave_it_or_one_of_ours_and_keeps_it(name, is_kept):
    request = RequestFactory().get("/", headers={"x-request-id": name})
    first = request_id(request)
    assert (first == name) is is_kept and request_id(request) == first
    assert is_kept or re.fullmatch("[0-9a-f]{16}", first)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/review/hush/", "/review/-/"),
        ("/fr/review/hush/", "/fr/review/-/"),
        ("/pt-br/review/hush/more/", "/pt-br/review/-/more/"),
        ("/about/review/told/", "/about/review/-/"),
        ("/a/b/review/told/", "/a/b/review/told/"),
        ("/reviews/told/", "/reviews/told/"),
    ],
)
def test_an_address_that_was_not_resolved_is_logged_without_the_secret_of_a_review(path, expected):
    request = RequestFactory().get(path)
    request.resolver_match = None
    assert redacted_path(request) == expected


def formatted(message, *arguments, error=None, **extra):
    record = logging.makeLogRecord(
        {"name": "portal", "levelname": "ERROR", "levelno": 40, "msg": message, "args": arguments} | extra
    )
    record.created = 1_700_000_000.5
    record.exc_info = (type(error), error, error.__traceback__) if error else None
    return json.loads(JSONFormatter().format(record))


def test_a_line_has_its_time_to_the_millisecond_and_no_query():
    line = formatted("Not found: /search/?q=Charlie “/a/?b=c” é")
    assert line == {
        "time": "2023-11-14T22:13:20.500+00:00",
        "level": "error",
        "logger": "portal",
        "message": "Not found: /search/ “/a/” é",
    }


def test_a_request_adds_how_it_was_asked_and_answered():
    request = RequestFactory().post("/review/hush/?a=b", headers={"x-request-id": "0123456789"})
    request.resolver_match = None
    line = formatted("Failed: %s", "/review/hush/", request=request)
    assert (line["message"], line["method"], line["path"], line["request"]) == (
        "Failed: /review/-/",
        "POST",
        "/review/-/",
        "0123456789",
    )
    assert "status" not in line and formatted("x", request=request, status_code=404)["status"] == 404
    assert set(formatted("x", request=object())) == {"time", "level", "logger", "message"}


def kinds(raise_them):
    try:
        raise_them()
    except Exception as error:
        return [each["kind"] for each in formatted("x", error=error)["exceptions"]]


def test_an_exception_is_told_with_those_that_led_to_it_the_first_first():
    def while_handling():
        try:
            raise KeyError("hush")
        except KeyError:
            int("hush")

    def because_of():
        raise ValueError("hush") from KeyError("hush")

    def instead_of():
        try:
            raise KeyError("hush")
        except KeyError:
            raise ValueError("hush") from None

    def in_a_circle():
        one, other = ValueError(), KeyError()
        one.__cause__, other.__cause__ = other, one
        raise one

    assert kinds(while_handling) == kinds(because_of) == ["KeyError", "ValueError"]
    assert kinds(instead_of) == ["ValueError"]
    assert kinds(in_a_circle) == ["KeyError", "ValueError"]


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (f"{settings.BASE_DIR}/portal/urls.py", "portal/urls.py"),
        (
            "/home/charlie/.venv/lib/python3.11/site-packages/django/http/__init__.py",
            "django/http/__init__.py",
        ),
        ("/usr/lib/python3.11/json.py", "/usr/lib/python3.11/json.py"),
    ],
)
def test_a_file_is_named_from_the_top_of_the_code_or_of_the_packages(file, expected):
    assert relative_path(file) == expected
