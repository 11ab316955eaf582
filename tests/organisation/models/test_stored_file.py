"""The bytes of a file are stored once, loaded by name alone, and deleted when nothing refers to them."""

import hashlib
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organisation.models import StoredFile

pytestmark = pytest.mark.django_db

BYTES = b"\x00bytes of a chart\xff"


def store(contents=BYTES, stored=timedelta()):
    """Returns a file that was stored so long ago."""
    file = StoredFile.objects.store(contents, "image/webp")
    StoredFile.objects.filter(pk=file.pk).update(stored_at=timezone.now() - stored)
    return file


def test_what_is_stored_is_read_again_byte_for_byte():
    file = store()
    assert (file.pk, file.size) == (hashlib.sha256(BYTES).hexdigest(), len(BYTES))
    assert StoredFile.objects.get(pk=file.pk).read() == BYTES


def test_equal_bytes_are_stored_once():
    assert store() == store() and StoredFile.objects.count() == 1
    assert store(BYTES + b"!") != store() and StoredFile.objects.count() == 2


def test_a_list_of_files_and_one_of_them_load_no_bytes():
    store()
    with CaptureQueriesContext(connection) as captured:
        files = list(StoredFile.objects.all())
        StoredFile._base_manager.get(pk=files[0].pk).refresh_from_db()
    assert [query["sql"] for query in captured if '"contents"' in query["sql"]] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"size": len(BYTES) + 1},
        {"size": len(BYTES) - 1},
        {"sha256": "a" * 63},
        {"sha256": "g" * 64},
        {"sha256": "A" * 64},
        {"size": 0, "contents": b""},
    ],
)
def test_the_database_refuses_a_file_that_is_not_what_it_says(wrong):
    values = {"sha256": "a" * 64, "media_type": "image/webp", "size": len(BYTES), "contents": BYTES}
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.create(**values | wrong)
    StoredFile.objects.create(**values)


def test_bytes_that_are_not_those_that_were_stored_are_not_read():
    file = store()
    StoredFile.objects.filter(pk=file.pk).update(contents=b"?" * len(BYTES))
    with pytest.raises(ValueError, match="has other bytes than were stored"):
        file.read()


@pytest.mark.parametrize(("minutes", "is_there"), [(59, True), (61, False)])
def test_the_clock_deletes_what_nothing_refers_to_after_an_hour(minutes, is_there):
    file = store(stored=timedelta(minutes=minutes))
    call_command("tick")
    assert StoredFile.objects.filter(pk=file.pk).exists() is is_there


def test_what_is_stored_again_has_an_hour_anew():
    store(stored=timedelta(days=1))
    again = StoredFile.objects.store(BYTES, "image/webp")
    call_command("tick")
    assert again.read() == BYTES
