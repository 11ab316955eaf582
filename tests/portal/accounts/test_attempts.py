"""The cache of the login stores what the login counts, and nothing else that anybody gives it."""

import pytest
from django.core.cache import cache

from portal.accounts.attempts import is_of_login
from portal.models import Attempt

pytestmark = pytest.mark.django_db

OURS, OTHER = "allauth:rl:login", "menu:allauth"


def test_what_the_login_counts_is_stored_read_extended_and_deleted():
    cache.set(OURS, 1)
    assert cache.add("allauth:2", 2) and not cache.add("allauth:2", 3)
    assert cache.get_many([OURS, "allauth:2", "allauth:3"]) == {OURS: 1, "allauth:2": 2}
    assert (cache.has_key(OURS), cache.touch(OURS), cache.has_key("allauth:3")) == (True, True, False)
    assert (cache.delete(OURS), cache.delete(OURS)) == (True, False)
    cache.delete_many(["allauth:2"])
    assert not Attempt.objects.exists()


def test_nothing_else_is_stored_even_beside_it():
    cache.set_many({OTHER: 1, OURS: 2})
    assert cache.add(OTHER, 1) is True
    assert Attempt.objects.count() == 1 and cache.get_many([OTHER, OURS]) == {OURS: 2}
    cache.delete_many([OTHER, OURS])
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(("key", "expected"), [(OURS, True), (OTHER, False), ("", False), (5, False)])
def test_the_keys_of_the_login_are_known_by_their_beginning(key, expected):
    assert is_of_login(key) is expected


def test_a_key_stands_in_the_table_as_a_hash_and_so_does_its_version():
    cache.set("allauth:editor", 1)
    cache.set("allauth:editor", 2, version=2)
    keys = list(Attempt.objects.values_list("cache_key", flat=True))
    assert [len(key) for key in keys] == [64, 64] and len(set(keys)) == 2
