"""What every test shares: a database that holds the seeded site, which each test leaves as it found it."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings

from .support.crawl import crawl
from .support.people import PASSWORD

PLAIN_STATIC_FILES = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.fixture(scope="session", autouse=True)
def settings_for_tests():
    """No collected files are needed, the staff's password is known and enough, and a plugin that fails fails its page."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a folder that is not there
    with override_settings(
        STORAGES=settings.STORAGES | {"staticfiles": PLAIN_STATIC_FILES},
        PORTAL_ADMIN_PASSWORD=PASSWORD,
        PORTAL_PASSWORD_ONLY=True,
        CMS_CATCH_PLUGIN_500_EXCEPTION=False,
    ):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The site as a newcomer finds it."""
    with django_db_blocker.unblock():
        call_command("seed", verbosity=0)


@pytest.fixture(scope="session")
def seeded_pages(django_db_setup, django_db_blocker):
    """Every page of the seeded site by its path, read once for all tests that change nothing before they read."""
    with django_db_blocker.unblock(), transaction.atomic():
        pages, broken = crawl(Client())
        transaction.set_rollback(True)
    assert broken == []
    assert len(pages) > 100
    return pages
