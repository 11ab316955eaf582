"""A site moves from SQLite to PostgreSQL in one command, and its pages stay the same."""

import json
import os
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.support.older_database import TO_OLDER
from tests.support.postgresql import postgresql
from tests.support.sampling import WHOLE_IS_ASKED, every
from tests.support.seeded_database import address as address_of
from tests.support.seeded_database import administer, seeded_template

pytestmark = pytest.mark.django_db

PATHS = [
    *("/", "/evidence/", "/impact/", "/evidence/e10/v1/", "/timeline/", "/sitemap.xml"),
    *("/search/?q=child+soldiers", "/corrections/", "/data/evidence.json", "/data/editions.csv"),
    *("/feeds/claims.atom", "/publications/"),
]
# Hashes what a visitor gets at these paths, then saves records: they must get ids that no other has.
HASH_PAGES_AND_SAVE = f"""
import hashlib, json
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client, override_settings
from impact.models import Claim
from organisation.models import Milestone, Organisation, Source
PATHS = [
    *{every(3, PATHS)},
    Organisation.objects.profiled().order_by("pk").first().get_absolute_url(),
    Source.objects.public().order_by("pk").first().get_absolute_url(),
]
PLAIN = {{"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
override_settings(STORAGES=settings.STORAGES | {{"staticfiles": PLAIN}}).enable()
client = Client(headers={{"host": "localhost"}})
def read(path):
    response = client.get(path)
    assert response.status_code == 200, path
    return hashlib.sha256(b"".join(response) if response.streaming else response.content).hexdigest()
pages = {{path: read(path) for path in PATHS}}
publisher = get_user_model().objects.get(username="publisher")
Claim.objects.get(number=10).publish(by=publisher, reason="It can be saved", seen=Claim.AS_STORED)
Milestone.objects.create(organisation=Organisation.objects.first(), date="2026", title="Moved", text="Moved")
print(json.dumps(pages))
"""

# Two files with every byte there is, the second larger than what is copied at once of other tables.
STORE_FILES = """
from organisation.models import StoredFile
for times in (1, 5_000):
    StoredFile.objects.store(bytes(range(256)) * times, "image/webp")
"""
READ_FILES = """
from organisation.models import StoredFile
print(sorted(len(file.read()) for file in StoredFile.objects.all()))
"""


TABLES = """
SELECT string_agg(format('%I', tablename), ', ') FROM pg_tables
WHERE schemaname = 'public' AND tablename <> 'django_migrations'
"""


@contextmanager
def empty_database():
    """Yields the address of a PostgreSQL database without a row, and in the drill without a table.

    To make all tables takes longest; here the last migration alone is missing.
    """
    with postgresql() as server:
        if WHOLE_IS_ASKED:
            yield server
            return
        administer(server, f'CREATE DATABASE moved TEMPLATE "{seeded_template(server)}"')
        database = address_of(server, "moved")
        [[tables]] = administer(database, TABLES)
        for statement in (f"TRUNCATE {tables} CASCADE", *TO_OLDER):
            administer(database, statement)
        yield database


def hash_pages_and_save(site):
    return json.loads(site.manage("shell", "--verbosity=0", "-c", HASH_PAGES_AND_SAVE).splitlines()[-1])


def test_a_site_moves_with_every_row_and_page_and_can_be_written_afterwards(own_site):
    if connection.vendor == "postgresql":
        refused = own_site.run("move_to_postgresql", os.environ["DATABASE_URL"])
        assert (
            refused.stderr == "CommandError: This site runs on PostgreSQL already: "
            "to move it to another server, restore a backup there.\n"
        )
        assert refused.returncode == 1
        return
    own_site.manage("shell", "--verbosity=0", "-c", STORE_FILES)
    before = (
        own_site.execute("SELECT COUNT(*) FROM impact_edition"),
        own_site.execute("SELECT COUNT(*) FROM cms_pagecontent"),
    )
    with empty_database() as address:
        output = own_site.manage("move_to_postgresql", address)
        assert "Moved: " in output and "as many as here" in output
        sqlite_environment = own_site.environment
        own_site.environment = sqlite_environment | {"DATABASE_URL": address}
        assert (
            own_site.execute("SELECT COUNT(*) FROM impact_edition"),
            own_site.execute("SELECT COUNT(*) FROM cms_pagecontent"),
        ) == before
        files = own_site.manage("shell", "--verbosity=0", "-c", READ_FILES)
        assert files.splitlines()[-1] == "[256, 1280000]"
        on_postgresql = hash_pages_and_save(own_site)
        own_site.environment = sqlite_environment
        assert hash_pages_and_save(own_site) == on_postgresql
        refused = own_site.run("move_to_postgresql", address)
        name = address.rpartition("/")[2]
        assert refused.stderr == (
            f"CommandError: The database “{name}” holds records already: name an empty one.\n"
        )


@pytest.mark.parametrize(
    "address", ["mysql://margin:hush@localhost/margin", "postgres://margin:hush@localhost"]
)
def test_an_address_of_something_else_is_refused_without_repeating_it(address):
    with pytest.raises(CommandError, match="is not the address of a PostgreSQL database") as refusal:
        call_command("move_to_postgresql", address)
    assert "hush" not in str(refusal.value)


def test_without_an_address_the_command_asks_for_one(monkeypatch):
    monkeypatch.delenv("MOVE_TO", raising=False)
    with pytest.raises(CommandError, match="Where to"):
        call_command("move_to_postgresql")
