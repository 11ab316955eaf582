"""A write that a visitor could see invalidates the page cache as it is committed; nothing else does."""

import re

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from impact.models import Claim
from organisation.models import Statement
from portal.delivery.generation import SharedMemory
from portal.delivery.invalidation import (
    NOT_INVALIDATING,
    UNSEEN_TABLES,
    bump_after_write,
    bump_generation,
    watch_connection,
)
from tests.browser.page_kinds import kinds_of_page
from tests.support.people import alice

pytestmark = pytest.mark.django_db

TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')


@pytest.fixture
def invalidates(django_capture_on_commit_callbacks):
    """Runs an action, and returns true if the generation would be bumped on commit."""

    def run(action):
        with django_capture_on_commit_callbacks() as callbacks:
            action()
        return any(callback.__name__ == "bump_generation" for callback in callbacks)

    return run


@pytest.mark.parametrize(
    "write",
    [
        lambda statements: statements[0].save(),
        lambda statements: statements[0].delete(),
        lambda statements: statements.update(text="Other words"),
        lambda statements: Statement.objects.bulk_create(
            [Statement(organisation=statements[0].organisation, kind="belief", text="Words", slug="words")]
        ),
    ],
    ids=["saved", "deleted", "changed in bulk", "made in bulk"],
)
def test_every_write_invalidates(invalidates, write):
    assert invalidates(lambda: write(Statement.objects.filter(kind="value")))


def test_a_write_that_is_rolled_back_does_not_invalidate(invalidates):
    def save_and_roll_back():
        with transaction.atomic():
            Statement.objects.first().save()
            transaction.set_rollback(True)

    assert not invalidates(save_and_roll_back)


def test_a_write_after_a_savepoint_was_rolled_back_invalidates(invalidates):
    def roll_back_and_save():
        with transaction.atomic():
            Statement.objects.first().save()
            transaction.set_rollback(True)
        Statement.objects.last().save()

    assert invalidates(roll_back_and_save)


def test_a_write_before_a_savepoint_that_is_rolled_back_invalidates(invalidates):
    def save_and_roll_back_another():
        Statement.objects.first().save()
        with transaction.atomic():
            Statement.objects.last().save()
            transaction.set_rollback(True)

    assert invalidates(save_and_roll_back_another)


def test_a_write_after_a_whole_savepoint_within_one_that_was_rolled_back_invalidates(invalidates):
    def roll_back_and_save():
        with transaction.atomic():
            with transaction.atomic():
                Statement.objects.first().save()
            Statement.objects.first().save()
            transaction.set_rollback(True)
        Statement.objects.last().save()

    assert invalidates(roll_back_and_save)


def test_reading_each_kind_of_page_does_not_invalidate_and_asks_no_table_that_no_visitor_sees(
    invalidates, client, seeded_pages
):
    with CaptureQueriesContext(connection) as captured:
        assert not invalidates(lambda: [client.get(path) for path in kinds_of_page(seeded_pages)])
    asked = {table for query in captured for table in TABLE.findall(query["sql"])}
    assert "impact_edition" in asked and not asked & set(UNSEEN_TABLES)


@pytest.mark.parametrize(
    "model", apps.get_models(include_auto_created=True), ids=lambda model: model.__name__
)
def test_a_write_to_any_table_invalidates_unless_no_visitor_sees_it(invalidates, model):
    table = connection.ops.quote_name(model._meta.db_table)
    fields = model._meta.concrete_model._meta.local_concrete_fields
    # By name, since PostgreSQL computes a column of its own in some.
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    writes = [
        lambda: model._base_manager.filter(pk=0).update(**{fields[-1].name: F(fields[-1].name)}),
        lambda: connection.cursor().execute(
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE 1 = 0"
        ),
        lambda: connection.cursor().execute(f"DELETE FROM {table} WHERE 1 = 0"),
    ]
    for write in writes:
        connection.run_on_commit.clear()  # one bump a transaction is enough, and a test is a transaction
        assert invalidates(write) is (model._meta.db_table not in UNSEEN_TABLES)


def test_each_table_that_no_visitor_sees_is_one_of_the_site_and_has_a_reason():
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert set(UNSEEN_TABLES) <= tables and all(UNSEEN_TABLES.values())


def test_a_table_is_not_taken_for_one_whose_name_it_begins_with():
    for table, is_seen in (("portal_attempt", False), ("portal_attempts", True), ("x_django_session", True)):
        assert bool(NOT_INVALIDATING.match(f'INSERT INTO "{table}" ("id") VALUES (1)')) is not is_seen


def test_a_login_does_not_invalidate_and_a_publication_does(invalidates, client):
    assert not invalidates(lambda: client.force_login(alice()))
    assert not invalidates(SessionStore().save)
    assert invalidates(
        lambda: Claim.objects.get(number=10).publish(
            by=get_user_model().objects.get(username="publisher"),
            reason="Once more",
            seen=Claim.AS_STORED,
        )
    )


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ('UPDATE "django_session" SET "session_data" = \'\' WHERE …', False),
        ('UPDATE "auth_user" SET "last_login" = NULL WHERE …', False),
        ('UPDATE "auth_user" SET "last_login" = NULL, "first_name" = \'\' WHERE …', True),
        ('UPDATE "auth_user" SET "first_name" = \'\' WHERE …', True),
        ("SELECT 1", False),
        (" \n(select 1)", False),
        ("WITH them AS (SELECT 1 AS id) DELETE FROM organisation_mend WHERE id IN (SELECT -1)", True),
    ],
)
def test_a_statement_invalidates_if_a_page_shows_what_it_writes(invalidates, statement, expected):
    context = {"connection": connection}
    assert invalidates(lambda: bump_after_write(lambda *_: None, statement, (), False, context)) is expected


def test_rows_that_postgresql_is_handed_by_the_hundred_invalidate(invalidates):
    context = {"connection": connection}
    assert invalidates(lambda: bump_after_write(lambda *_: None, b"SELECT 1", (), True, context))


def test_one_transaction_raises_the_number_once_and_as_it_is_committed(
    tmp_path, monkeypatch, django_capture_on_commit_callbacks
):
    memory = SharedMemory(tmp_path / "generation")
    monkeypatch.setattr("portal.delivery.invalidation.generation", lambda: memory)
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        Statement.objects.first().save()
        Statement.objects.last().save()
        assert memory.current() == 0
    assert len([each for each in callbacks if each is bump_generation]) == 1 and memory.current() > 0


def test_a_connection_that_reopens_is_watched_once():
    watch_connection(connection)
    assert connection.execute_wrappers.count(bump_after_write) == 1
