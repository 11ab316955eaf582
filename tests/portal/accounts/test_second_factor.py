"""Staff need a second factor to do anything; it can be lost, and taken away."""

import time
from unittest.mock import patch

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from tests.support.people import PASSWORD, alice, bob
from tests.support.second_factor import SECRET, code_of, with_app

from .login import DESK, TOO_MANY, is_logged_in, log_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_passwords")]


@pytest.fixture
def strict(settings):
    """Requires the second factor, as a site in production does."""
    settings.PORTAL_PASSWORD_ONLY = False


def addresses():
    claim = reverse("admin:impact_claim_changelist")
    return [
        "/",
        "/about/",
        DESK,
        claim,
        "/admin/search/?q=a",
        "/styleguide/",
        reverse("admin:cms_placeholder_add_plugin"),
        reverse("admin:cms_usersettings_get_toolbar"),
    ]


def test_where_a_password_is_enough_alice_is_told_so(client):
    log_in(client)
    assert client.get(DESK).status_code == 200
    assert "On this site it is enough" in client.get("/accounts/2fa/").content.decode()


def test_without_a_second_factor_alice_can_do_nothing_but_set_one_up(client, strict):
    log_in(client)
    for address in addresses():
        for send in (client.get, client.post):
            answer = send(address)
            assert (answer.status_code, answer.url) == (302, "/accounts/2fa/"), address
    assert "before you go on" in client.get("/accounts/2fa/").content.decode()
    assert client.post("/admin/logout/").url == "/"


def test_alice_sets_an_app_up_with_her_password_once_more_and_gets_recovery_codes(client, strict):
    log_in(client)
    assert client.get("/accounts/2fa/totp/activate/").url.startswith("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/?next=/accounts/2fa/totp/activate/", {"password": PASSWORD})
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    with patch("django.db.transaction.on_commit", lambda function: function()):
        client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    answer = client.get("/accounts/2fa/recovery-codes/")
    assert len(answer.context["unused_codes"]) == 10
    assert is_logged_in(client)  # who has just set it up is not asked for it


def test_the_code_that_sets_an_app_up_lets_nobody_in_afterwards(client, strict):
    log_in(client)
    client.post("/accounts/reauthenticate/?next=/accounts/2fa/totp/activate/", {"password": PASSWORD})
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    with patch("time.time", return_value=time.time()):
        data = {"code": code_of(secret)}
        assert client.post("/accounts/2fa/totp/activate/", data).status_code == 302
        other = Client()
        log_in(other)
        for spelling in (data["code"], f"{data['code'][:3]} {data['code'][3:]}"):
            other.post("/accounts/2fa/authenticate/", {"code": spelling})
            assert not is_logged_in(other)
    with patch("time.time", return_value=time.time() + 60):
        other.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
        assert is_logged_in(other)


@pytest.mark.parametrize("door", ["/accounts/2fa/reauthenticate/", "/accounts/2fa/authenticate/"])
def test_the_code_of_a_login_opens_no_other_door(client, strict, door):
    with_app(alice())
    with patch("time.time", return_value=time.time()):
        log_in(client)
        client.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET)})
        other = client if "re" in door else Client()
        log_in(other) if other is not client else None
        answer = other.post(door, {"code": code_of(SECRET)})
    assert answer.status_code == 200 and answer.context["form"].errors["code"]


def test_a_password_alone_does_not_let_in_whoever_has_a_second_factor(client, strict):
    with_app(alice())
    assert log_in(client).url == "/accounts/2fa/authenticate/"
    assert not is_logged_in(client)


def test_a_code_lets_alice_in_once(client, strict):
    with_app(alice())
    code = code_of(SECRET)
    other = Client()
    with patch("time.time", return_value=time.time()):
        log_in(client), log_in(other)
        assert client.post("/accounts/2fa/authenticate/", {"code": code}).url == DESK
        other.post("/accounts/2fa/authenticate/", {"code": code})
    assert is_logged_in(client) and not is_logged_in(other)


def test_five_wrong_codes_lock_the_second_step(client, strict):
    with_app(alice())
    log_in(client)
    for _attempt in range(5):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    answer = client.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET)})
    assert TOO_MANY in answer.content.decode() and not is_logged_in(client)


def test_a_recovery_code_lets_alice_in_once_in_place_of_the_app(client, strict):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    with_app(alice())
    code = RecoveryCodes.activate(alice()).get_unused_codes()[0]
    for visitor, lets_in in ((Client(), True), (Client(), False)):
        log_in(visitor)
        visitor.post("/accounts/2fa/authenticate/", {"code": code})
        assert is_logged_in(visitor) is lets_in


def test_a_session_from_before_the_second_factor_ends(client, strict):
    log_in(client)
    with_app(alice())
    assert client.get(DESK).url == "/accounts/login/?next=/admin/"
    assert not is_logged_in(client)


def test_even_where_a_password_is_enough_a_second_factor_that_is_there_is_asked_for(client):
    with_app(alice())
    assert log_in(client).url == "/accounts/2fa/authenticate/"


def test_forget_factors_deletes_the_factors_codes_and_sessions_of_a_lost_telephone(client, strict, capsys):
    with_app(alice())
    log_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET)})
    assert is_logged_in(client)
    other = Client()
    other.force_login(with_app(bob()))
    call_command("forget_factors", "editor")
    assert "sets one up at the next login" in capsys.readouterr().out
    assert [each.user for each in Authenticator.objects.all()] == [bob()] and not is_logged_in(client)
    assert list(Session.objects.values_list("pk", flat=True)) == [other.session.session_key]
    with pytest.raises(CommandError, match="^There is no account “dora”.$"):
        call_command("forget_factors", "dora")
    log_in(client)
    assert client.get(DESK).url == "/accounts/2fa/"


def test_only_who_may_change_accounts_takes_a_second_factor_away(client):
    with_app(alice())
    data = {"action": "forget_second_factors", "_selected_action": [alice().pk]}
    client.force_login(get_user_model().objects.get(username="publisher"))
    assert client.post("/admin/auth/user/", data).status_code == 403 and Authenticator.objects.exists()
    client.force_login(get_user_model().objects.create_superuser("admin"))
    assert client.post("/admin/auth/user/", data).status_code == 302 and not Authenticator.objects.exists()


def test_no_page_of_the_admin_shows_the_secret_of_a_factor(client):
    with_app(alice())
    client.force_login(get_user_model().objects.create_superuser("admin"))
    for address in ("/admin/mfa/authenticator/", "/admin/account/emailaddress/"):
        assert client.get(address).status_code == 404


def test_recovery_codes_alone_are_no_second_factor(client, strict):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    RecoveryCodes.activate(alice())
    client.force_login(alice())
    assert client.get(DESK).url == "/accounts/2fa/"


def test_the_api_and_the_pages_of_a_visitor_ask_for_no_second_factor(client, strict):
    for send in (Client().get, client.get):
        assert send("/about/").status_code == send("/api/v1/claims").status_code == 200
    client.force_login(alice())
    assert client.get("/api/v1/claims").status_code == 200
    assert client.get("/about/").url == "/accounts/2fa/"
    assert client.get("/accounts/password/change/").status_code == 200


def test_whoever_is_asked_for_a_factor_anew_comes_back_to_the_whole_address(client, strict):
    client.force_login(with_app(alice()))
    assert client.get("/admin/search/?q=a&b=c").url == "/accounts/login/?next=/admin/search/%3Fq%3Da%26b%3Dc"
