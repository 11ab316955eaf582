"""Where attempts to log in are counted, and codes that were used remembered."""

from django.core.cache.backends.db import DatabaseCache
from django.utils.crypto import salted_hmac


def is_counted(key):
    return str(key).startswith("allauth")


class AttemptsCache(DatabaseCache):
    """What the login counts, in the database; for whatever else asks for a cache, there is none.

    In the database, because the counts hold for all processes and all servers there, and because nobody logs in without it anyway: nothing
    else can fail. No addresses of people stand in it: keys are hashed. The CMS would keep the addresses and menus of pages here, and an old
    one could outlive a publication.
    """

    def make_key(self, key, version=None):
        return salted_hmac(
            "portal.accounts.attempts", super().make_key(key, version), algorithm="sha256"
        ).hexdigest()

    def get_many(self, keys, version=None):
        return super().get_many([key for key in keys if is_counted(key)], version)

    def has_key(self, key, version=None):
        return is_counted(key) and super().has_key(key, version)

    def set(self, key, *arguments, **options):
        if is_counted(key):
            super().set(key, *arguments, **options)

    def add(self, key, *arguments, **options):
        return super().add(key, *arguments, **options) if is_counted(key) else True

    def touch(self, key, *arguments, **options):
        return is_counted(key) and super().touch(key, *arguments, **options)

    def delete(self, key, version=None):
        return is_counted(key) and super().delete(key, version)

    def delete_many(self, keys, version=None):
        super().delete_many([key for key in keys if is_counted(key)], version)
