"""Staff log in at one address, with accounts that are made in the admin."""

import pytest
from django.contrib.auth import get_user_model

from tests.support.people import PASSWORD

from .login import DESK, LOGIN, is_logged_in, log_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_passwords")]


@pytest.mark.parametrize("address", ["/admin/login/", "/admin/", "/cms_login/", "/admin/impact/claim/"])
def test_whoever_is_not_logged_in_is_redirected_to_the_one_login(client, address):
    assert client.get(address).status_code == 302
    assert client.get(address, follow=True).request["PATH_INFO"] == LOGIN


@pytest.mark.parametrize("address", ["/admin/login/", "/cms_login/", "/admin/"])
def test_no_other_address_takes_a_password(client, address):
    client.post(address, {"username": "editor", "password": PASSWORD, "login": "editor"})
    assert not is_logged_in(client)


def test_nobody_can_make_an_account_or_have_a_password_sent(client):
    for name in (
        "signup",
        "password/reset",
        "email",
        "confirm-email",
        "social/signup",
        "login/code",
        "2fa/webauthn/signup",
    ):
        assert client.get(f"/accounts/{name}/").status_code == 404, name


def test_the_login_redirects_alice_to_where_she_wanted_to_go(client):
    answer = client.post(LOGIN, {"login": "editor", "password": PASSWORD, "next": "/admin/impact/claim/"})
    assert (answer.status_code, answer.url) == (302, "/admin/impact/claim/")


def test_somebody_without_rights_logs_in_and_reads_nothing_of_the_admin(client):
    get_user_model().objects.create_user("charlie", password=PASSWORD)
    assert log_in(client, account="charlie").url == DESK
    assert client.get(DESK, follow=True).status_code == 403
