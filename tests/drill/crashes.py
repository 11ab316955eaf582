"""The server is killed, process group and all, a hundred times while staff save and publish over HTTP.

Whatever the site said it had taken (a redirect) is there afterwards, and the database is whole. ROUNDS sets another number.
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
        kill_while_they_work(desks, round_)
        take_stock(desks)
    print(
        f"{ROUNDS} times killed, {sum(len(desk.saved) for desk in desks)} saves and {sum(len(desk.published) for desk in desks)} editions "
        f"acknowledged, {sum(desk.cut for desk in desks)} answers cut off: nothing lost, database whole"
    )


class Desk:
    """Two people and a claim: one changes and submits it, the other publishes. `saved` and `published` were acknowledged."""

    def __init__(self, number):
        from impact.models import Claim

        from .staff_browser import Staff

        self.number, self.claim = number, Claim.objects.get(number=number)
        self.editor, self.publisher = Staff(f"editor{number}"), Staff(f"publisher{number}")
        self.saved, self.published, self.cut, self.trouble = [], [], 0, None

    def work(self, server, round_, told):
        from .staff_browser import NO_ANSWER

        address, turn = f"{server}/admin/impact/claim/{self.claim.pk}", 0
        try:
            while True:
                turn += 1
                words = f"Words of claim {self.number}, round {round_}, turn {turn}"
                self.editor.fill_in(f"{address}/change/", ("_submit", "1"), statement=words)
                self.saved.append(words)
                told.release()
                reason = f"Round {round_}, turn {turn}"
                changes = {"publish-change": "update", "publish-reason": reason}
                self.publisher.fill_in(f"{address}/review/", ("do", "publish"), **changes)
                self.published.append(reason)
                told.release()
        except NO_ANSWER:
            self.cut += 1
        except BaseException as trouble:
            self.trouble = trouble
            told.release()


def kill_while_they_work(desks, round_):
    process, address = serve()
    told = Semaphore(0)
    people = [Thread(target=desk.work, args=(address, round_, told)) for desk in desks]
    for person in people:
        person.start()
    for _answer in range(random.randint(1, 6)):
        told.acquire(timeout=60)
    Event().wait(random.uniform(0, 0.3))  # into whatever they are doing
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for person in people:
        person.join()


def serve():
    """A server in a process group of its own, started as the unit of the documentation says, and its address once it answers."""
    from django.conf import settings

    from tests.browser.site import wait_until_ready
    from tests.support.ports import free_port

    port = free_port()
    unit = (settings.BASE_DIR / "docs/operations/margin.service").read_text()
    [started] = re.findall(
        r"^ExecStart=/srv/margin/\.venv/bin/(granian .* --port) 8000 (.*)$", unit, re.MULTILINE
    )
    command = [sys.executable, "-m", *started[0].split(), str(port), *started[1].split()]
    with LOG.open("a") as log:
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, start_new_session=True, stdout=log, stderr=log
        )
    wait_until_ready(f"http://localhost:{port}/readyz", process)
    return process, f"http://localhost:{port}"


def take_stock(desks):
    from django.db import connection

    connection.close()
    for desk in desks:
        if desk.trouble:
            print(LOG.read_text()[-8000:])
            raise desk.trouble
        kept = set(desk.claim.history.values_list("statement", flat=True))
        assert not set(desk.saved) - kept, f"saved and lost: {set(desk.saved) - kept}"
        editions = list(desk.claim.editions.order_by("number"))
        lost = set(desk.published) - {edition.reason for edition in editions}
        assert not lost, f"published and lost: {lost}"
        assert [edition.number for edition in editions] == list(range(1, len(editions) + 1)), (
            "a number is missing"
        )
        desk.claim.refresh_from_db()
        assert desk.claim.current_edition == editions[-1], "the current edition is not the last"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchall() == [("ok",)], "the database is damaged"
    connection.check_constraints()


if __name__ == "__main__":
    main()
