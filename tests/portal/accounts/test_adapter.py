"""The address by which failed logins are counted is the one that our outermost proxy saw."""

import pytest
from allauth.core.internal.ratelimit import get_ip
from django.test import RequestFactory

SENDER = "192.0.2.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, None, SENDER),
        (0, "198.51.100.1", SENDER),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        (2, "198.51.100.1", SENDER),
        (2, "203.0.113.9, 198.51.100.1", "203.0.113.9"),
        (2, "10.0.0.9, 203.0.113.9, 198.51.100.1", "203.0.113.9"),
    ],
)
def test_the_address_that_counts_depends_on_the_number_of_our_proxies(settings, proxies, forwarded, expected):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    request = RequestFactory().post("/accounts/login/", headers=headers, REMOTE_ADDR=SENDER)
    assert get_ip(request) == expected


def test_a_server_that_is_told_no_address_counts_all_together():
    request = RequestFactory().post("/accounts/login/", REMOTE_ADDR="")
    assert get_ip(request) == "unknown"
