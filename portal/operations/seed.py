from dataclasses import dataclass

from django.conf import settings
from django.contrib.sites.models import Site
from django.db import transaction

from portal.search.index import deferred_indexing, reindex
from portal.seeding.pages import PageSeeder
from portal.seeding.records import RecordSeeder
from portal.seeding.staff import editor, seed_accounts, seed_groups, seed_user


@dataclass
class SeedResult:
    """The numbers written, the titles left as an editor has them, and (name, password) of new accounts."""

    records: int
    pages: int
    skipped: list
    accounts: list


@transaction.atomic
def seed(overwrite=False):
    """Fills the portal from the fixtures and indexes it; all of it, or nothing where a fixture is wrong."""
    Site.objects.filter(pk=settings.SITE_ID).update(name=settings.SITE_NAME)
    user = seed_user()
    seed_groups()
    accounts = seed_accounts()
    records = RecordSeeder(user, editor(), overwrite)
    pages = PageSeeder(user, overwrite)
    # One pass over all is quicker than an update for each record that is saved.
    with deferred_indexing():
        records.load()
        pages.load()
    reindex()
    return SeedResult(records.written, pages.written, records.skipped + pages.skipped, accounts)
