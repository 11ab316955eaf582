"""Fixtures for every test: above all a copy of the seeded site, which each test leaves as it found it."""

import gc
import os
import sqlite3
from contextlib import closing, contextmanager

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sites.models import Site
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client, override_settings

from .support.crawl import crawl
from .support.people import PASSWORD
from .support.sampling import without_drill_only
from .support.seeded_database import (
    DEMONSTRATION,
    STARTER,
    administer,
    cached_pages,
    seeded_site,
    seeded_template,
)
from .support.site_settings import set_up_site

# Their files take longest, and come first, so that at the end no worker waits long for another. The first of
# all makes the seeded site.
FIRST = ["tests/test_markup.py", "tests/portal/"]
OF_THE_SITE = {"db", "transactional_db", "django_db_setup"}
PLAIN_STATIC_FILES = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.hookimpl(trylast=True)  # after pytest-django, which puts last what needs no database
def pytest_collection_modifyitems(config, items):
    """Leaves out what is for the drill alone, and orders the files, of which each worker takes the next.

    While the first worker makes the seeded site, the others run what needs none. Files that run in a browser
    are spread among those that do not, for they wait half their time.
    """
    items[:], left = without_drill_only(items)
    config.hook.pytest_deselected(items=left)
    items.sort(key=lambda item: [not item.nodeid.startswith(each) for each in FIRST])
    files = list(dict.fromkeys(item.location[0] for item in items))
    with_site = {item.location[0] for item in items if is_of_the_site(item)}
    without = [file for file in files[1:] if file not in with_site]
    in_browser = [file for file in files if file.startswith("tests/browser/")]
    others = [file for file in files if file not in {*in_browser, *without}]
    place = {file: n / len(group) for group in (in_browser, others) for n, file in enumerate(group)}
    place |= {file: -1 for file in without} | {file: -2 for file in files[:1]}
    items.sort(key=lambda item: place[item.location[0]])


def is_of_the_site(item):
    """Returns true if a test needs the seeded site, in its database or in a browser."""
    of_database = item.get_closest_marker("django_db") or OF_THE_SITE & set(item.fixturenames)
    return of_database or item.location[0].startswith("tests/browser/")


def pytest_runtestloop():
    """Keeps the search for garbage from what stays to the end, which takes a tenth of the time."""
    gc.freeze()
    gc.set_threshold(50_000)


@pytest.fixture(scope="session", autouse=True)
def settings_for_tests():
    """Serves static files as they are, lets staff in by password, and lets a failing plugin fail its page."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a folder that is not there
    with override_settings(
        STORAGES=settings.STORAGES | {"staticfiles": PLAIN_STATIC_FILES},
        PORTAL_ADMIN_PASSWORD=PASSWORD,
        PORTAL_PASSWORD_ONLY=True,
        CMS_CATCH_PLUGIN_500_EXCEPTION=False,
    ):
        yield


@pytest.fixture
def alone(db):
    """One person saves at once what readers see: proposals have tests of their own."""
    set_up_site(one_person_alone=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """The site as a newcomer finds it: a copy of the seeded database for this process."""
    with django_db_blocker.unblock(), copied_database(connection):
        yield


@contextmanager
def copied_database(connection, site=DEMONSTRATION):
    own = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        connection.settings_dict["NAME"] = "file:margin-tests?mode=memory&cache=shared"
        connection.ensure_connection()
        replace_content(connection, site)
        yield
        return
    server, name = os.environ["DATABASE_URL"], f"tests_{site}_{os.getpid()}"
    administer(server, f'CREATE DATABASE "{name}" TEMPLATE "{seeded_template(server, site)}"')
    connection.settings_dict["NAME"] = name
    yield
    connection.close()
    connection.settings_dict["NAME"] = own
    administer(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def replace_content(connection, site):
    """Makes the SQLite database in memory, of which there is one, equal to that of a seeded site."""
    with closing(sqlite3.connect(seeded_site(site) / "portal.sqlite3")) as seeded:
        seeded.backup(connection.connection)


@pytest.fixture(scope="module")
def starter_site(django_db_setup, django_db_blocker):
    """A portal of one's own as it begins, in place of the seeded site, for all tests of a module."""
    with django_db_blocker.unblock(), other_site(STARTER):
        yield


@contextmanager
def other_site(site):
    """Puts a copy of another site in place of the demonstration, as long as it is needed."""
    connection.close()  # of PostgreSQL; a database in memory stays open
    with copied_database(connection, site):
        forget_other_site()
        yield
    if connection.vendor == "sqlite":
        replace_content(connection, DEMONSTRATION)
    forget_other_site()


def forget_other_site():
    for clear in (cache.clear, ContentType.objects.clear_cache, Site.objects.clear_cache):
        clear()


@pytest.fixture(scope="session")
def seeded_pages(django_db_setup, django_db_blocker):
    """Returns {path: Page} of the seeded site, crawled once for tests that change nothing before reading."""

    def read():
        with django_db_blocker.unblock(), transaction.atomic():
            pages, broken = crawl(Client())
            transaction.set_rollback(True)
        assert broken == []
        assert len(pages) > 100
        return pages

    return cached_pages(read)
