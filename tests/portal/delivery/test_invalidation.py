"""A write that a visitor could see invalidates the page cache as it is committed; nothing else does."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from impact.models import Claim
from organisation.models import Statement
from tests.support.crawl import crawl
from tests.support.people import alice

pytestmark = pytest.mark.django_db


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


def test_reading_every_page_does_not_invalidate(invalidates, client):
    assert not invalidates(lambda: crawl(client))


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
