"""A page that fails because the database is away says so and keeps the form; any other fault is ours."""

import pytest
from django.db import DataError, InterfaceError, OperationalError
from django.test import Client

from tests.support.people import alice

pytestmark = pytest.mark.django_db

ORIGIN = {"origin": "http://testserver"}
AWAY, OURS = "The database cannot be reached or written to.", "The fault is ours and has been logged."


def with_attributes(error, **attributes):
    vars(error).update(attributes)
    return error


def caused_by(error, cause):
    error.__cause__ = cause
    return error


@pytest.fixture
def failing(monkeypatch):
    """Returns a client and lets search and every review fail with an error."""

    def fail_with(error):
        def fail(*_arguments):
            raise error

        monkeypatch.setattr("portal.search.views.Results", fail)
        monkeypatch.setattr("impact.views.ReviewLink.hash_of", fail)
        return Client(raise_request_exception=False)

    return fail_with


@pytest.mark.parametrize(
    ("error", "is_away"),
    [
        (OperationalError("the server closed the connection"), True),
        (InterfaceError("connection already closed"), True),
        (with_attributes(OperationalError(), sqlite_errorname="SQLITE_BUSY"), True),
        (caused_by(OperationalError(), with_attributes(Exception(), sqlite_errorname="SQLITE_FULL")), True),
        (caused_by(OperationalError(), with_attributes(Exception(), sqlite_errorname="SQLITE_ERROR")), False),
        (caused_by(RuntimeError(), with_attributes(Exception(), pgcode="25006")), True),
        (caused_by(RuntimeError(), with_attributes(Exception(), pgcode="42601")), False),
        (caused_by(RuntimeError(), OperationalError()), False),
        (DataError("value too long"), False),
        (ValueError("a slip"), False),
    ],
)
def test_an_error_is_told_for_what_it_is(failing, error, is_away):
    response = failing(error).get("/search/?q=war")
    page = response.content.decode()
    assert (response.status_code, response.headers.get("Retry-After")) == (
        (503, "30") if is_away else (500, None)
    )
    assert (AWAY in page, OURS in page) == (is_away, not is_away)
    assert "Try again in a minute." in page and "Send it again" not in page


@pytest.mark.parametrize("error", [OperationalError(), InterfaceError()])
def test_what_a_reviewer_wrote_comes_back_while_the_database_is_away(failing, error):
    response = failing(error).post("/review/a-secret/?a=1", {"note": "The year is missing"}, headers=ORIGIN)
    page = response.content.decode()
    assert response.status_code == 503 and "The year is missing" in page and "Send it again" in page
    assert 'action="/review/a-secret/?a=1"' in page


def test_a_fault_of_ours_shows_nothing_of_a_form(failing):
    response = failing(ValueError()).post(
        "/review/a-secret/", {"note": "The year is missing"}, headers=ORIGIN
    )
    assert response.status_code == 500 and "The year is missing" not in response.content.decode()


def test_a_search_is_no_form_that_comes_back(failing):
    response = failing(OperationalError()).post("/search/", {"q": "zugzwang"}, headers=ORIGIN)
    assert "zugzwang" not in response.content.decode()
    client = failing(OperationalError())
    client.force_login(alice())
    assert client.get("/search/").status_code == 503
