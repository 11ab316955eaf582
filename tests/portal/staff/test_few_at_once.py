"""However many documents and tables staff read at once, threads are left that answer visitors."""

from threading import BoundedSemaphore, Event, Thread

import pytest
from django.test import Client
from django.urls import reverse

from portal.operations.server import SERVER
from portal.staff import few_at_once
from portal.staff.few_at_once import MOST_AT_WORK, MOST_WAITING, place
from tests.support.factory import a_source
from tests.support.people import alice
from tests.support.proposals import at_desk

BUSY = "Only a few documents and tables are read at once"


@pytest.fixture
def full():
    """Every place is taken, and somebody waits for one."""
    for semaphore, places in ((few_at_once.at_work, MOST_AT_WORK), (few_at_once.waiting, MOST_WAITING)):
        assert [semaphore.acquire(blocking=False) for _ in range(places)] == [True] * places
    yield
    for semaphore, places in ((few_at_once.at_work, MOST_AT_WORK), (few_at_once.waiting, MOST_WAITING)):
        semaphore.release(places)


def addresses():
    document = a_source("Minutes", text="We met.")
    return [
        reverse("admin:new-document"),
        reverse("admin:reading", args=[document.pk]),
        reverse("admin:reading-held", args=[document.pk]),
        reverse("admin:table", args=["timeline"]),
        reverse("admin:table-file", args=["timeline", "csv"]),
    ]


def test_a_thread_is_left_for_visitors():
    threads = int(SERVER.partition("--blocking-threads ")[2].split()[0])
    assert threads > MOST_AT_WORK + MOST_WAITING


@pytest.mark.django_db
def test_whoever_comes_too_many_is_told_so_and_visitors_are_answered(full):
    for address in addresses():
        page = at_desk(alice()).get(address)
        assert page.status_code == 503 and page["Retry-After"] and BUSY in page.content.decode()
    assert Client().get("/").status_code == 200


@pytest.mark.django_db
def test_once_a_place_is_free_each_is_read(full):
    few_at_once.at_work.release()
    for address in addresses():
        assert at_desk(alice()).get(address).status_code == 200
    assert few_at_once.at_work.acquire(blocking=False)  # each has given its place back


@pytest.mark.django_db
def test_what_was_sent_can_be_sent_again(full):
    page = at_desk(alice()).post(
        reverse("admin:table", args=["timeline"]),
        {"table": "a table that was shown"},
        headers={"origin": "http://testserver"},
    )
    assert page.status_code == 503 and "a table that was shown" in page.content.decode()


class Noticed(BoundedSemaphore):
    """Says when somebody has begun to wait."""

    def __init__(self, value):
        super().__init__(value)
        self.is_taken = Event()

    def acquire(self, *args, **options):
        is_acquired = super().acquire(*args, **options)
        self.is_taken.set()
        return is_acquired


def test_one_waits_for_a_place_and_whoever_comes_after_is_sent_away(monkeypatch):
    found = []

    def read():
        with place() as is_free:
            found.append(is_free)

    monkeypatch.setattr(few_at_once, "at_work", BoundedSemaphore(1))
    monkeypatch.setattr(few_at_once, "waiting", Noticed(1))
    with place() as is_free:
        assert is_free
        second = Thread(target=read)
        second.start()
        few_at_once.waiting.is_taken.wait()
        with place() as is_free_for_third:
            assert not is_free_for_third
    second.join()
    assert found == [True]


def test_whoever_waits_too_long_is_sent_away(monkeypatch):
    monkeypatch.setattr(few_at_once, "PATIENCE", 0.01)
    monkeypatch.setattr(few_at_once, "at_work", BoundedSemaphore(1))
    with place(), place() as is_free:
        assert not is_free
    with place() as is_free:
        assert is_free
