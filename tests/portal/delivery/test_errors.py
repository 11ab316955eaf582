"""A page that fails because the database is away says so and keeps the form; any other fault is ours."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from allauth.core.internal.ratelimit import respond_429
from django.db import DataError, InterfaceError, OperationalError
from django.test import Client

from organisation.look import Look
from tests.support.looks import LEGAL, fields_of
from tests.support.people import alice
from tests.support.site_settings import set_up_site

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


def test_whoever_asks_too_often_reads_it_on_a_page_like_that_of_any_other_fault(rf):
    request = rf.get("/accounts/password/reset/")
    response = respond_429(request)
    page = response.content.decode()
    assert response.status_code == 429 and "<h1>Too many attempts</h1>" in page
    assert "Wait a minute, then try again." in page and "css/tokens.css" in page and "admin" not in page


def test_a_search_is_no_form_that_comes_back(failing):
    response = failing(OperationalError()).post("/search/", {"q": "zugzwang"}, headers=ORIGIN)
    assert "zugzwang" not in response.content.decode()
    client = failing(OperationalError())
    client.force_login(alice())
    assert client.get("/search/").status_code == 503


# In which colours


@pytest.fixture
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path


def style_and_policy(response):
    """Returns the colours that stand on a page, and the source of styles that its policy allows besides."""
    styles = re.findall(r"<style>(.*?)</style>", response.content.decode(), re.DOTALL)
    policy = re.search(r"style-src ([^;]*)", response["Content-Security-Policy"])[1]
    return "".join(styles), policy.removeprefix("'self'").strip()


@pytest.mark.parametrize("error", [OperationalError(), ValueError()])
def test_a_page_that_fails_wears_the_colours_that_visitors_saw_last(failing, error, folder):
    set_up_site(**fields_of(LEGAL["harbour"]))
    assert Client().get("/").status_code == 200
    client = failing(error)
    style, source = style_and_policy(client.get("/search/?q=war"))
    assert f"--violet: light-dark({LEGAL['harbour'].light.accent}, {LEGAL['harbour'].dark.accent});" in style
    assert source == f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"
    set_up_site(**fields_of(LEGAL["lantern"]))
    assert Client().get("/about/").status_code == 200
    assert LEGAL["lantern"].light.paper in style_and_policy(client.get("/search/?q=war"))[0]
    set_up_site(**fields_of(Look()))
    assert Client().get("/contact/").status_code == 200
    assert style_and_policy(client.get("/search/?q=war")) == ("", "")


def test_a_page_that_fails_does_without_colours_that_cannot_be_read(failing, folder):
    client = failing(OperationalError())
    assert style_and_policy(client.get("/search/?q=war")) == ("", "")
    (folder / "last-look.css").write_bytes(b"\xff\xfe")
    assert style_and_policy(client.get("/search/?q=war")) == ("", "")


def test_a_full_disk_costs_no_page(folder, monkeypatch):
    def refuse(*_arguments, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("portal.delivery.last_look.tempfile.mkstemp", refuse)
    set_up_site(**fields_of(LEGAL["harbour"]))
    assert Client().get("/").status_code == 200 and not list(folder.iterdir())


def test_the_page_of_a_visitor_allows_no_style_of_its_own(folder):
    assert style_and_policy(Client().get("/")) == ("", "")
