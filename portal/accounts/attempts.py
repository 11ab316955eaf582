"""Stores the rate limits of logins, and the codes that were used already."""

from django.core.cache.backends.db import DatabaseCache
from django.utils.crypto import salted_hmac


def is_of_login(key):
    """Returns true for the keys under which allauth counts failed logins and remembers used codes."""
    return str(key).startswith("allauth")


class AttemptsCache(DatabaseCache):
    """A cache in the database that stores what the login counts, and nothing for anybody else.

    In the database, because there the counts hold for all processes and servers, and without it nobody logs
    in anyway: no further service can fail. Keys are hashed, so that no account or IP address stands in the
    table. The CMS would cache the addresses and menus of pages here, and an old one could outlive a
    publication.
    """

    def make_key(self, key, version=None):
        return salted_hmac(
            "portal.accounts.attempts", super().make_key(key, version), algorithm="sha256"
        ).hexdigest()

    def get_many(self, keys, version=None):
        return super().get_many([key for key in keys if is_of_login(key)], version)

    def has_key(self, key, version=None):
        return is_of_login(key) and super().has_key(key, version)

    def set(self, key, *arguments, **options):
        if is_of_login(key):
            super().set(key, *arguments, **options)

    def add(self, key, *arguments, **options):
        return super().add(key, *arguments, **options) if is_of_login(key) else True

    def touch(self, key, *arguments, **options):
        return is_of_login(key) and super().touch(key, *arguments, **options)

    def delete(self, key, version=None):
        return is_of_login(key) and super().delete(key, version)

    def delete_many(self, keys, version=None):
        super().delete_many([key for key in keys if is_of_login(key)], version)
