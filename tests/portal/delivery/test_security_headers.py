"""Every response says what a browser may do with it: by its kind, and by who reads it."""

import pytest
from cms.admin.forms import ChangePageForm
from cms.models import PageContent
from django.contrib.auth import get_user_model

from tests.support.people import alice

pytestmark = pytest.mark.django_db

PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
    "frame-ancestors 'none'"
)
CARD = PAGE.replace("frame-ancestors 'none'", "frame-ancestors *")
STAFF = (
    PAGE.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
    .replace("img-src 'self'", "img-src 'self' data:")
    .replace("frame-ancestors 'none'", "frame-ancestors 'self'; frame-src 'self'")
)
FILE = "default-src 'none'; frame-ancestors 'none'; sandbox"
PDF = (
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
PERMISSIONS = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
    "microphone=(), midi=(), payment=(), usb=()"
)


def policy(response):
    return set(response["Content-Security-Policy"].split("; "))


@pytest.mark.parametrize(
    ("path", "expected", "frames", "resource"),
    [
        ("/", PAGE, "DENY", "same-origin"),
        ("/there-is-no-such-page/", PAGE, "DENY", "same-origin"),
        ("/impact/report.pdf", PDF, "DENY", "same-origin"),
        ("/feeds/claims.atom", FILE, "DENY", "same-origin"),
        ("/sitemap.xml", FILE, "DENY", "same-origin"),
        ("/healthz", FILE, "DENY", "same-origin"),
        ("/data/claims.csv", FILE, "DENY", "cross-origin"),
        ("/api/v1/claims/E10", FILE, "DENY", "cross-origin"),
        ("/embed/e10/", CARD, None, "cross-origin"),
        ("/accounts/login/", STAFF, "SAMEORIGIN", "same-origin"),
        ("/admin/", STAFF, "SAMEORIGIN", "same-origin"),
    ],
)
def test_a_visitor_is_sent_the_policy_of_what_is_asked_for(client, path, expected, frames, resource):
    response = client.get(path)
    is_redirected = response.status_code == 302
    assert policy(response) == set(expected.split("; "))
    assert response.get("X-Frame-Options") == frames or is_redirected
    assert response["Cross-Origin-Resource-Policy"] == resource
    assert response["Permissions-Policy"] == PERMISSIONS
    assert response["X-Content-Type-Options"] == "nosniff"
    is_for_staff = expected == STAFF
    assert (response.get("Cache-Control") == "private, no-store") is is_for_staff


@pytest.mark.parametrize(
    ("path", "is_for_staff"),
    [
        *[(path, True) for path in ("/fr/admin/", "/pt-br/accounts/x/", "/admin/impact/", "/accounts/none/")],
        *[
            (path, False)
            for path in ("/administration/", "/about/admin/", "/deutsch/admin/", "/my-accounts/")
        ],
    ],
)
def test_the_pages_of_staff_are_known_by_their_address(client, path, is_for_staff):
    response = client.get(path)
    assert policy(response) == set((STAFF if is_for_staff else PAGE).split("; "))
    assert (response.get("Cache-Control") == "private, no-store") is is_for_staff


def test_whoever_is_logged_in_reads_pages_with_the_editor_on_them_and_no_cache_keeps_them(client):
    client.force_login(get_user_model().objects.create_user("charlie"))
    for path, expected, frames in (("/", STAFF, "SAMEORIGIN"), ("/embed/e10/", CARD, None)):
        response = client.get(path)
        assert policy(response) == set(expected.split("; ")), path
        assert (response["Cache-Control"], response.get("X-Frame-Options")) == ("private, no-store", frames)


def test_who_has_a_cookie_and_is_not_logged_in_is_a_visitor(client):
    client.cookies["sessionid"] = "of-yesterday"
    response = client.get("/")
    assert policy(response) == set(PAGE.split("; ")) and response["X-Frame-Options"] == "DENY"


def test_no_editor_can_let_other_sites_frame_a_page(client):
    assert "xframe_options" not in ChangePageForm.declared_fields
    assert [
        fields for _title, fields in ChangePageForm.fieldsets if "xframe_options" in fields["fields"]
    ] == []
    client.force_login(alice())
    PageContent.admin_manager.update(xframe_options=1)
    client.logout()
    assert client.get("/about/")["X-Frame-Options"] == "DENY"
