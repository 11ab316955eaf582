"""A session begins with the login, is extended by use, and ends at the server."""

import time
from unittest.mock import patch

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.test import Client

from tests.support.people import PASSWORD

from .login import DESK, LOGIN, is_logged_in, log_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_passwords")]


def test_the_session_is_a_new_one_after_the_login(client):
    # The challenge of a passkey is stored in a session.
    client.get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"})
    before = client.cookies["sessionid"].value
    log_in(client)
    assert client.cookies["sessionid"].value != before and not Session.objects.filter(pk=before).exists()


def test_logging_out_ends_the_session_at_the_server(client):
    log_in(client)
    session_key = client.cookies["sessionid"].value
    client.post("/admin/logout/")
    client.cookies["sessionid"] = session_key
    assert not is_logged_in(client)


def test_a_new_password_ends_every_other_session(client):
    other = Client()
    log_in(client), log_in(other)
    new = "a new password of Alice's"
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert is_logged_in(client) and not is_logged_in(other)
    assert log_in(Client(), password=new).status_code == 302


def test_whoever_is_made_inactive_is_logged_out_by_the_next_request(client):
    log_in(client)
    get_user_model().objects.filter(username="editor").update(is_active=False)
    assert not is_logged_in(client)
    assert log_in(client).url == "/accounts/inactive/"


def test_a_session_ends_eight_hours_after_the_last_request(client):
    log_in(client)
    began = time.time()
    assert client.get(DESK).status_code == 200
    ends = Session.objects.get().expire_date
    assert 7.8 * 3600 < ends.timestamp() - began < 8.1 * 3600
    with patch("django.utils.timezone.now", return_value=ends):
        assert not is_logged_in(client)


def test_a_session_in_use_is_extended_at_most_every_ten_minutes(client, django_assert_num_queries):
    log_in(client)
    client.get(DESK)
    ends = Session.objects.get().expire_date
    client.get(DESK)
    assert Session.objects.get().expire_date == ends
    touched = client.session["touched"]
    with patch("portal.accounts.second_factor.time.time", return_value=touched + 600):
        client.get(DESK)
    assert Session.objects.get().expire_date == ends
    with patch("portal.accounts.second_factor.time.time", return_value=touched + 601):
        client.get(DESK)
    assert Session.objects.get().expire_date > ends and client.session["touched"] == touched + 601


def test_the_cookies_are_out_of_reach_of_scripts_and_other_sites(client):
    client.get(LOGIN)
    log_in(client)
    assert set(client.cookies) == {"sessionid", "csrftoken"}
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"], cookie["domain"], cookie["path"]) == (
            True,
            "Lax",
            "",
            "/",
        ), cookie


def test_the_session_ends_with_the_browser_too_and_reading_the_api_does_not_extend_it(client):
    log_in(client)
    assert client.cookies["sessionid"]["max-age"] == "" and client.session["_session_expiry"] == 0
    before = Session.objects.get().session_data
    client.get("/api/v1/claims")
    assert Session.objects.get().session_data == before
