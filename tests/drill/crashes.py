"""The server is killed, process group and all, a hundred times while staff save and publish over HTTP.

Whatever the site acknowledged (with a redirect) is there afterwards, and the database is whole. ROUNDS sets
another number.
"""

import os
import random
import re
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event, Semaphore, Thread

import django

from tests.support.ports import free_port

ROUNDS = int(os.environ.get("ROUNDS", "100"))
CLAIMS = (10, 12, 13)
LOG = Path(os.environ["PORTAL_VAR"]) / "server.log"


def main():
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("seed", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    desks = [Desk(number) for number in CLAIMS]
    for round_ in range(ROUNDS):
        kill_during_work(desks, round_)
        check(desks)
    print(
        f"{ROUNDS} times killed, {sum(len(desk.saved) for desk in desks)} saves and "
        f"{sum(len(desk.published) for desk in desks)} editions acknowledged, "
        f"{sum(desk.cut_off for desk in desks)} answers cut off: nothing lost, database whole"
    )


class Desk:
    """Two people and a claim: one changes and submits it, the other publishes it.

    `saved` and `published` hold the statements and reasons that the site has acknowledged.
    """

    def __init__(self, number):
        from impact.models import Claim

        from .staff_browser import StaffBrowser

        self.number, self.claim = number, Claim.objects.get(number=number)
        self.figures = " and ".join(self.claim.figures.values_list("as_written", flat=True))
        self.editor, self.publisher = StaffBrowser(f"editor{number}"), StaffBrowser(f"publisher{number}")
        self.saved, self.published, self.cut_off, self.error = [], [], 0, None

    def work(self, server, round_, acknowledged):
        """Saves and publishes until the server is gone, and releases the semaphore after each answer."""
        from .staff_browser import NO_ANSWER

        address, turn = f"{server}/admin/impact/claim/{self.claim.pk}", 0
        try:
            while True:
                turn += 1
                statement = f"Words of {self.number} on {self.figures}, round {round_}, turn {turn}"
                fields = {"statement": statement, "in_our_words": "on"}
                self.editor.fill_in(f"{address}/change/", ("_submit", "1"), **fields)
                self.saved.append(statement)
                acknowledged.release()
                reason = f"Round {round_}, turn {turn}"
                changes = {"publish-change": "update", "publish-reason": reason}
                self.publisher.fill_in(f"{address}/review/", ("do", "publish"), **changes)
                self.published.append(reason)
                acknowledged.release()
        except NO_ANSWER:
            self.cut_off += 1
        except BaseException as error:
            self.error = error
            acknowledged.release()


def kill_during_work(desks, round_):
    process, address = serve()
    acknowledged = Semaphore(0)
    threads = [Thread(target=desk.work, args=(address, round_, acknowledged)) for desk in desks]
    for thread in threads:
        thread.start()
    for _answer in range(random.randint(1, 6)):
        acknowledged.acquire(timeout=60)
    Event().wait(random.uniform(0, 0.3))  # so that the kill meets any step of a request
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for thread in threads:
        thread.join()


def serve():
    """Starts a server in a process group of its own, as the unit of the documentation does.

    Returns the process and its address, once it answers.
    """
    from django.conf import settings

    from tests.browser.site import wait_until_ready

    port = free_port()
    unit = (settings.BASE_DIR / "docs/operations/margin.service").read_text()
    [(before_port, after_port)] = re.findall(
        r"^ExecStart=/srv/margin/\.venv/bin/(granian .* --port) 8000 (.*)$", unit, re.MULTILINE
    )
    command = [sys.executable, "-m", *before_port.split(), str(port), *after_port.split()]
    with LOG.open("a") as log:
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, start_new_session=True, stdout=log, stderr=log
        )
    wait_until_ready(f"http://localhost:{port}/readyz", process)
    return process, f"http://localhost:{port}"


def check(desks):
    """Asserts that what was acknowledged is in the database, and that the database is whole."""
    from django.db import connection

    connection.close()  # the database may have been recovered since it was opened
    for desk in desks:
        if desk.error:
            print(LOG.read_text()[-8000:])
            raise desk.error
        statements = set(desk.claim.history.values_list("statement", flat=True))
        assert not set(desk.saved) - statements, f"saved and lost: {set(desk.saved) - statements}"
        editions = list(desk.claim.editions.order_by("number"))
        lost = set(desk.published) - {edition.reason for edition in editions}
        assert not lost, f"published and lost: {lost}"
        numbers = [edition.number for edition in editions]
        assert numbers == list(range(1, len(editions) + 1)), "a number is missing"
        desk.claim.refresh_from_db()
        assert desk.claim.current_edition == editions[-1], "the current edition is not the last"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchall() == [("ok",)], "the database is damaged"
    connection.check_constraints()


if __name__ == "__main__":
    main()
