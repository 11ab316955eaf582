"""Real transactions: of several threads at once, and of one whose writes fail half-way."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext, suppress
from threading import Barrier, BrokenBarrierError

from django.apps import apps
from django.db import connection, connections

from tests.browser.site import copy_of_the_tests_database

# How long a thread waits for another where only one may be: a lock shows by its coming in vain.
PATIENCE = 0.3  # seconds
MOST_WRITES = 200  # of one action
READS = ("BEGIN", "SELECT", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK", "LOCK", "SET")
SESSIONS = '"django_session"'  # holds the message that follows an action, in a transaction of its own


@contextmanager
def own_database(folder):
    """Connects this thread, and those that it starts, to a copy of the tests' database."""
    shared = connections["default"]
    with copy_of_the_tests_database(shared, "transactions", folder) as address:
        settings = shared.settings_dict  # threads read their own connection's settings from the same dict
        name, settings["NAME"] = settings["NAME"], address.rpartition("/")[2] or folder / "portal.sqlite3"
        connections["default"] = connections.create_connection("default")
        try:
            yield
        finally:
            connections["default"].close()
            connections["default"], settings["NAME"] = shared, name


def at_once(*actions):
    """Runs each action in a thread of its own; returns what each returned, or the exception it raised."""

    def run(action):
        try:
            return action()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actions)) as threads:
        return list(threads.map(run, actions))


class Meeting:
    """Makes two threads wait for each other before a method; `took_place` tells whether both were there."""

    def __init__(self, monkeypatch, owner, name):
        self.method, self.barrier, self.took_place = getattr(owner, name), Barrier(2), False
        meeting = self

        def meet(*args, **kwargs):
            meeting.wait()
            return meeting.method(*args, **kwargs)

        monkeypatch.setattr(owner, name, meet)

    def wait(self):
        try:
            self.barrier.wait(PATIENCE)
            self.took_place = True
        except BrokenBarrierError:
            pass  # a lock kept the other one away


class WriteFailed(Exception):
    """Stands for whatever can end a write: a full disk, a lost connection, a constraint."""


class Failing:
    """Wraps the execution of statements and lets no write through from one on, counted from 1."""

    def __init__(self, number):
        self.left, self.has_failed = number - 1, False

    def __call__(self, execute, sql, params, many, context):
        if SESSIONS not in str(sql) and not str(sql).lstrip("( ").upper().startswith(READS):
            self.has_failed, self.left = self.left <= 0, self.left - 1
            if self.has_failed:
                raise WriteFailed
        return execute(sql, params, many, context)


def assert_all_or_nothing(action, answers_with_a_page=False):
    """Lets an action fail at each of its writes in turn, and asserts that nothing of it is ever stored.

    The failure comes out of the action, unless this answers with a page whatever happens.
    """
    before = stored_rows()
    for number in range(1, MOST_WRITES):
        failing = Failing(number)
        with (
            connection.execute_wrapper(failing),
            nullcontext() if answers_with_a_page else suppress(WriteFailed),
        ):
            action()
        if not failing.has_failed:
            break
        assert stored_rows() == before, f"write {number} failed, and those before it are stored"
    assert number > 2 and stored_rows() != before, "nothing is stored, though no write has failed"


def stored_rows():
    """Returns every row of the records, their histories, their review and the index of the search."""
    models = [
        model for room in ("organisation", "impact") for model in apps.get_app_config(room).get_models()
    ]
    models.append(apps.get_model("portal.SearchEntry"))
    return {model.__name__: list(model._base_manager.order_by("pk").values_list()) for model in models}
