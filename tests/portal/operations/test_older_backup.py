"""A backup of an earlier version is restored, and has what that version had not."""

import pytest
from django.db import connection

from tests.support.sampling import drill_only

pytestmark = pytest.mark.django_db

OF_TERMS = "SELECT id FROM auth_permission WHERE codename LIKE '%\\_term' ESCAPE '\\'"


@drill_only(
    "tests/upgrades/test_upgrade.py::test_every_row_is_there_with_what_it_said",
    "tests/portal/operations/test_backup.py"
    "::test_a_site_with_records_is_replaced_only_on_request_and_its_database_is_kept",
)
def test_an_older_backup_is_brought_up_to_date_with_the_code(own_site, tmp_path):
    # SQLite drops no column that a constraint names.
    for app, before in (("advocacy", "0005"), ("organisation", "0016"), ("impact", "0012")):
        own_site.manage("migrate", app, before)
    own_site.execute("DROP TABLE portal_pagestep")
    own_site.execute("ALTER TABLE portal_documentimport DROP COLUMN notices")
    own_site.execute("UPDATE portal_chartblock SET heading = ''")
    own_site.execute("UPDATE portal_chartblock SET chart = 'training' WHERE chart = 'values'")
    for name in indexes_of(own_site, "portal_chartblock"):
        own_site.execute(f'DROP INDEX "{name}"')
    for column in ("claim_id", "organisation_id", "first_year", "last_year"):
        own_site.execute(f"ALTER TABLE portal_chartblock DROP COLUMN {column}")
    own_site.execute("DELETE FROM django_migrations WHERE app = 'portal' AND name >= '0006'")
    for name in ("sitesettings", "historicalsitesettings", "term", "historicalterm"):
        own_site.execute(f"DROP TABLE organisation_{name}")
    own_site.execute("DELETE FROM django_migrations WHERE app = 'organisation' AND name >= '0012'")
    own_site.execute("DELETE FROM django_migrations WHERE app = 'impact' AND name >= '0011'")
    own_site.execute(f"DELETE FROM auth_group_permissions WHERE permission_id IN ({OF_TERMS})")
    own_site.execute(f"DELETE FROM auth_permission WHERE id IN ({OF_TERMS})")
    own_site.manage("backup", str(tmp_path))
    own_site.manage("restore", str(tmp_path), "--replace")
    assert own_site.execute("SELECT COUNT(*) FROM portal_pagestep") == [(0,)]
    assert own_site.execute("SELECT COUNT(*) FROM organisation_sitesettings") == [(1,)]
    granted = f"SELECT COUNT(*) FROM auth_group_permissions WHERE permission_id IN ({OF_TERMS})"
    assert own_site.execute(granted) == [(7,)]  # the editors view, add and change; publishers delete as well
    assert own_site.execute("SELECT COUNT(*) FROM advocacy_storyofchange") == [(0,)]
    charts = own_site.execute(
        "SELECT chart, claim_id IS NULL, organisation_id IS NULL, first_year, last_year, heading = ''"
        " FROM portal_chartblock ORDER BY chart"
    )
    assert charts == [
        ("figures", False, True, None, None, False),
        ("publications", True, False, 2004, 2007, False),
    ]


def indexes_of(site, table):
    """Returns the names of the indexes that SQLite does not drop with a column, as PostgreSQL does."""
    if connection.vendor != "sqlite":
        return []
    condition = f"tbl_name = '{table}' AND type = 'index' AND sql IS NOT NULL"
    return [name for [name] in site.execute(f"SELECT name FROM sqlite_master WHERE {condition}")]
