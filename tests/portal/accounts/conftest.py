import pytest

from tests.support.people import PASSWORD, alice


@pytest.fixture
def quick_passwords(settings):
    """Replaces the hash that makes guessing slow, for it would make these tests slow, too."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    account = alice()
    account.set_password(PASSWORD)
    account.save()
