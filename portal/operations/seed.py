from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from portal.search.index import deferred_indexing, reindex
from portal.seeding import SeedError
from portal.seeding.pages import PageSeeder
from portal.seeding.records import RecordSeeder
from portal.seeding.site import SiteSeeder
from portal.seeding.staff import editor, seed_accounts, seed_groups, seed_user
from portal.seeding.starter import is_begun


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
    if is_begun():
        raise SeedError(
            _("This portal was begun with its own pages: the demonstration is not added to them.")
        )
    user = seed_user()
    seed_groups()
    accounts = seed_accounts()
    site = SiteSeeder(user, overwrite)
    records = RecordSeeder(user, editor(), overwrite)
    pages = PageSeeder(user, overwrite)
    # One pass over all is quicker than an update for each record that is saved.
    with deferred_indexing():
        site.load()
        records.load()
        pages.load()
    reindex()
    return SeedResult(
        records.written, pages.written, site.skipped + records.skipped + pages.skipped, accounts
    )
