"""The one door for staff: how it opens, how it locks, and when it shuts behind somebody."""

import time
from datetime import timedelta
from unittest.mock import patch

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.models import Attempt
from tests.support.people import PASSWORD, alice
from tests.support.second_factor import SECRET, code_of, with_app

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
WRONG = "not the password at all"
TOO_MANY = "Too many failed login attempts. Try again later."
DESK = "/admin/"


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """The hash that makes guessing slow would make these tests slow, too."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    account = alice()
    account.set_password(PASSWORD)
    account.save()


def log_in(client, account="editor", password=PASSWORD, **sent):
    return client.post(LOGIN, {"login": account, "password": password}, **sent)


def is_in(client):
    return client.get(DESK).status_code == 200


@pytest.fixture
def strict(settings):
    """A site as it is served to the world: a password is not enough."""
    settings.PORTAL_PASSWORD_ONLY = False


@pytest.mark.parametrize("address", ["/admin/login/", "/admin/", "/cms_login/", "/admin/impact/claim/"])
def test_whoever_is_not_logged_in_is_led_to_the_one_door(client, address):
    assert client.get(address).status_code == 302
    assert client.get(address, follow=True).request["PATH_INFO"] == LOGIN


@pytest.mark.parametrize("address", ["/admin/login/", "/cms_login/", "/admin/"])
def test_no_other_address_takes_a_password(client, address):
    client.post(address, {"username": "editor", "password": PASSWORD, "login": "editor"})
    assert not is_in(client)


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


def test_alice_is_led_on_to_where_she_wanted_to_go(client):
    answer = client.post(LOGIN, {"login": "editor", "password": PASSWORD, "next": "/admin/impact/claim/"})
    assert (answer.status_code, answer.url) == (302, "/admin/impact/claim/")


def test_after_five_wrong_passwords_not_even_the_right_one_is_taken_from_there(client):
    for _attempt in range(5):
        assert "are not correct" in log_in(client, password=WRONG).content.decode()
    answers = [log_in(client, password=password).content.decode() for password in (WRONG, PASSWORD)]
    assert [TOO_MANY in answer for answer in answers] == [True, True]
    assert not is_in(client)


def lock(client, **sent):
    for _attempt in range(6):
        log_in(client, password=WRONG, **sent)


def test_an_account_is_locked_for_the_address_that_guessed_and_open_for_every_other(client):
    lock(client)
    assert TOO_MANY in log_in(client).content.decode()
    assert log_in(client, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_naming_other_addresses_in_a_header_opens_nothing(client):
    for attempt in range(6):
        log_in(
            client,
            password=WRONG,
            headers={"X-Forwarded-For": f"192.0.2.{attempt}", "X-Real-IP": f"192.0.2.{attempt}"},
        )
    assert TOO_MANY in log_in(client, headers={"X-Forwarded-For": "198.51.100.1"}).content.decode()


def test_behind_a_proxy_of_ours_only_what_the_proxy_says_counts(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for attempt in range(6):
        log_in(client, password=WRONG, headers={"X-Forwarded-For": f"192.0.2.{attempt}, 198.51.100.1"})
    assert (
        TOO_MANY in log_in(client, headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.1"}).content.decode()
    )
    assert log_in(client, headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}).status_code == 302


def test_a_lock_ends_after_five_minutes(client):
    lock(client)
    with patch("time.time", return_value=time.time() + 301):
        assert log_in(client).status_code == 302


def test_a_clock_that_was_a_day_ahead_keeps_nobody_out_once_it_is_right_again(client):
    tomorrow = timezone.now() + timedelta(days=1)
    with (
        patch("time.time", return_value=tomorrow.timestamp()),
        patch("django.core.cache.backends.db.tz_now", return_value=tomorrow),
    ):
        lock(client)
    assert TOO_MANY in log_in(client).content.decode()
    call_command("tick")
    assert log_in(client).status_code == 302


def test_one_address_cannot_go_through_the_accounts_one_after_another(client):
    for number in range(10):
        log_in(client, account=f"somebody-{number}", password=WRONG)
    assert TOO_MANY in log_in(client).content.decode()


def test_a_wrong_password_and_an_unknown_account_are_answered_alike(client):
    page, other = (
        log_in(Client(), account=account, password=WRONG).content.decode() for account in ("editor", "edited")
    )
    without_token = [
        text.split("csrfmiddlewaretoken")[0] + text.split("errornote")[1][:80] for text in (page, other)
    ]
    assert without_token[0] == without_token[1]


def test_an_unknown_account_costs_the_server_as_much_as_a_wrong_password(client):
    with patch(
        "django.contrib.auth.hashers.MD5PasswordHasher.encode", autospec=True, return_value="md5$salt$other"
    ) as hashed:
        log_in(client, account="nobody-of-this-name", password=WRONG)
        for_nobody = hashed.call_count
        log_in(client, password=WRONG)
    assert (for_nobody, hashed.call_count - for_nobody) == (1, 1)


def test_what_is_counted_names_neither_accounts_nor_addresses_and_is_forgotten(client):
    log_in(client, password=WRONG, REMOTE_ADDR="192.0.2.77")
    kept = " ".join(f"{attempt.cache_key} {attempt.value}" for attempt in Attempt.objects.all())
    assert kept and "192.0.2.77" not in kept and "editor" not in kept
    with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(minutes=6)):
        call_command("tick")
    assert not Attempt.objects.exists()


def test_nothing_but_the_login_is_kept_in_the_cache(django_assert_num_queries):
    from django.core.cache import cache

    with django_assert_num_queries(0):
        cache.set("menu", "old"), cache.set_many({"a": 1}), cache.delete("menu"), cache.delete_many(["menu"])
        assert (
            cache.get("menu"),
            cache.get_many(["a"]),
            cache.add("menu", 1),
            cache.has_key("menu"),
            cache.touch("menu"),
        ) == (None, {}, True, False, False)


def test_the_session_is_a_new_one_after_the_login(client):
    client.get(
        "/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"}
    )  # which begins a session
    before = client.cookies["sessionid"].value
    log_in(client)
    assert client.cookies["sessionid"].value != before and not Session.objects.filter(pk=before).exists()


def test_logging_out_ends_the_session_at_the_server(client):
    log_in(client)
    kept = client.cookies["sessionid"].value
    client.post("/admin/logout/")
    client.cookies["sessionid"] = kept
    assert not is_in(client)


def test_a_new_password_ends_every_other_session(client):
    other = Client()
    log_in(client), log_in(other)
    new = "a new password of Alice's"
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert is_in(client) and not is_in(other)
    assert log_in(Client(), password=new).status_code == 302


def test_whoever_is_made_inactive_is_out_with_the_next_request(client):
    log_in(client)
    get_user_model().objects.filter(username="editor").update(is_active=False)
    assert not is_in(client)
    assert log_in(client).url == "/accounts/inactive/"


def test_a_session_ends_eight_hours_after_the_last_request(client):
    log_in(client)
    began = time.time()
    assert client.get(DESK).status_code == 200
    ends = Session.objects.get().expire_date
    assert 7.8 * 3600 < ends.timestamp() - began < 8.1 * 3600
    with patch("django.utils.timezone.now", return_value=ends):
        assert not is_in(client)


def test_a_session_that_is_used_is_put_off_at_most_every_ten_minutes(client, django_assert_num_queries):
    log_in(client)
    client.get(DESK)
    ends = Session.objects.get().expire_date
    client.get(DESK)
    assert Session.objects.get().expire_date == ends
    with patch("time.time", return_value=time.time() + 601):
        client.get(DESK)
    assert Session.objects.get().expire_date > ends


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


# The second factor.


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
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    answer = client.get("/accounts/2fa/recovery-codes/")
    assert len(answer.context["unused_codes"]) == 10


def test_a_password_alone_does_not_let_in_whoever_has_a_second_factor(client, strict):
    with_app(alice())
    assert log_in(client).url == "/accounts/2fa/authenticate/"
    assert not is_in(client)


def test_a_code_lets_alice_in_once(client, strict):
    with_app(alice())
    code = code_of(SECRET)
    other = Client()
    with patch("time.time", return_value=time.time()):
        log_in(client), log_in(other)
        assert client.post("/accounts/2fa/authenticate/", {"code": code}).url == DESK
        other.post("/accounts/2fa/authenticate/", {"code": code})
    assert is_in(client) and not is_in(other)


def test_codes_cannot_be_tried_out(client, strict):
    with_app(alice())
    log_in(client)
    for _attempt in range(5):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    answer = client.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET)})
    assert TOO_MANY in answer.content.decode() and not is_in(client)


def test_a_recovery_code_lets_alice_in_once_in_place_of_the_app(client, strict):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    with_app(alice())
    code = RecoveryCodes.activate(alice()).get_unused_codes()[0]
    for visitor, lets_in in ((Client(), True), (Client(), False)):
        log_in(visitor)
        visitor.post("/accounts/2fa/authenticate/", {"code": code})
        assert is_in(visitor) is lets_in


def test_a_session_from_before_the_second_factor_ends(client, strict):
    log_in(client)
    with_app(alice())
    assert client.get(DESK).url == "/accounts/login/?next=/admin/"
    assert not is_in(client)


def test_even_where_a_password_is_enough_a_second_factor_that_is_there_is_asked_for(client):
    with_app(alice())
    assert log_in(client).url == "/accounts/2fa/authenticate/"


def test_a_lost_telephone_is_forgotten_with_its_codes_and_sessions(client, strict, capsys):
    with_app(alice())
    log_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET)})
    assert is_in(client)
    call_command("forget_factors", "editor")
    assert "sets one up at the next login" in capsys.readouterr().out
    assert not Authenticator.objects.exists() and not is_in(client)
    log_in(client)
    assert client.get(DESK).url == "/accounts/2fa/"


def test_only_who_may_change_accounts_takes_a_second_factor_away(client):
    with_app(alice())
    sent = {"action": "forget_second_factors", "_selected_action": [alice().pk]}
    client.force_login(get_user_model().objects.get(username="publisher"))
    assert client.post("/admin/auth/user/", sent).status_code == 403 and Authenticator.objects.exists()
    client.force_login(get_user_model().objects.create_superuser("admin"))
    assert client.post("/admin/auth/user/", sent).status_code == 302 and not Authenticator.objects.exists()


def test_no_page_of_the_admin_shows_the_secret_of_a_factor(client):
    with_app(alice())
    client.force_login(get_user_model().objects.create_superuser("admin"))
    for address in ("/admin/mfa/authenticator/", "/admin/account/emailaddress/"):
        assert client.get(address).status_code == 404


def test_somebody_without_rights_gets_no_further_than_the_door(client):
    get_user_model().objects.create_user("charlie", password=PASSWORD)
    assert log_in(client, account="charlie").url == DESK
    assert client.get(DESK, follow=True).status_code == 403
