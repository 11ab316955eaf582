"""The login limits the rate of wrong passwords, by account and by address."""

import time
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from portal.models import Attempt
from tests.support.people import PASSWORD

from .login import TOO_MANY, WRONG_PASSWORD, is_logged_in, log_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_passwords")]


def test_five_wrong_passwords_lock_an_account_even_for_the_right_one(client):
    for _attempt in range(5):
        assert "are not correct" in log_in(client, password=WRONG_PASSWORD).content.decode()
    answers = [log_in(client, password=password).content.decode() for password in (WRONG_PASSWORD, PASSWORD)]
    assert [TOO_MANY in answer for answer in answers] == [True, True]
    assert not is_logged_in(client)


def lock(client):
    for _attempt in range(6):
        log_in(client, password=WRONG_PASSWORD)


def test_an_account_is_locked_for_one_address_and_open_for_every_other(client):
    lock(client)
    assert TOO_MANY in log_in(client).content.decode()
    assert log_in(client, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_a_forged_x_forwarded_for_does_not_open_a_lock(client):
    for attempt in range(6):
        log_in(
            client,
            password=WRONG_PASSWORD,
            headers={"X-Forwarded-For": f"192.0.2.{attempt}", "X-Real-IP": f"192.0.2.{attempt}"},
        )
    assert TOO_MANY in log_in(client, headers={"X-Forwarded-For": "198.51.100.1"}).content.decode()


def test_behind_a_proxy_of_ours_the_address_that_the_proxy_adds_counts(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for attempt in range(6):
        log_in(
            client, password=WRONG_PASSWORD, headers={"X-Forwarded-For": f"192.0.2.{attempt}, 198.51.100.1"}
        )
    assert (
        TOO_MANY in log_in(client, headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.1"}).content.decode()
    )
    assert log_in(client, headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}).status_code == 302


def test_a_lock_ends_after_five_minutes(client):
    lock(client)
    with patch("time.time", return_value=time.time() + 290):
        assert TOO_MANY in log_in(client).content.decode()
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


def test_one_address_cannot_try_one_account_after_another(client):
    for number in range(10):
        log_in(client, account=f"somebody-{number}", password=WRONG_PASSWORD)
    assert TOO_MANY in log_in(client).content.decode()


def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(client):
    page, other = (
        log_in(Client(), account=account, password=WRONG_PASSWORD).content.decode()
        for account in ("editor", "edited")
    )
    without_token = [
        text.split("csrfmiddlewaretoken")[0] + text.split("errornote")[1][:80] for text in (page, other)
    ]
    assert without_token[0] == without_token[1]


def test_an_unknown_account_costs_the_server_as_much_as_a_wrong_password(client):
    with patch(
        "django.contrib.auth.hashers.MD5PasswordHasher.encode", autospec=True, return_value="md5$salt$other"
    ) as hashed:
        log_in(client, account="nobody-of-this-name", password=WRONG_PASSWORD)
        of_unknown_account = hashed.call_count
        log_in(client, password=WRONG_PASSWORD)
    assert (of_unknown_account, hashed.call_count - of_unknown_account) == (1, 1)


def test_a_rate_limit_names_neither_account_nor_address_and_expires(client):
    log_in(client, password=WRONG_PASSWORD, REMOTE_ADDR="192.0.2.77")
    rows = " ".join(f"{attempt.cache_key} {attempt.value}" for attempt in Attempt.objects.all())
    assert rows and "192.0.2.77" not in rows and "editor" not in rows
    with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(minutes=6)):
        call_command("tick")
    assert not Attempt.objects.exists()


def test_the_cache_stores_nothing_but_rate_limits(django_assert_num_queries):
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
