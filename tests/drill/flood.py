"""The site behind nginx, set up as docs/operations says, while somebody floods it: with made-up questions, with searches, with connections held open.

Meanwhile a visitor from another address reads page after page. Needs nginx and openssl on the machine.
"""

import os
import random
import signal
import socket
import ssl
import time
from collections import Counter
from http.client import HTTPException
from pathlib import Path
from statistics import median
from threading import Event, Thread

import django

from .failover import NAME, ask, nginx

SECONDS, FLOODERS, HELD_OPEN = int(os.environ.get("ROUNDS", "100")) * 3 // 10, 8, 400
VISITOR, FLOODER = "127.0.0.1", "127.0.0.7"
PAGES = [
    "/",
    "/evidence/",
    "/organisations/coalition/",
    "/support/",
    "/timeline/",
    "/evidence/e10-training-programmes/",
]
# What one answer may take before a reader gives up, and what the server may come to hold, in MB, for whatever is asked.
PATIENCE, MORE_MEMORY = 3, 150


def main():
    django.setup()
    from tests.browser.site import Site

    from . import crashes

    folder = Path(os.environ["PORTAL_VAR"])
    os.environ["PORTAL_HOSTS"] = f"{NAME},localhost"
    site = Site(folder, os.environ.get("DATABASE_URL", ""))
    site.fill()
    server, address = crashes.serve()
    try:
        with nginx(folder, address.removeprefix("http://localhost:")) as port:
            drill(port, server.pid)
    finally:
        os.killpg(server.pid, signal.SIGKILL)


def drill(port, server):
    for path in PAGES:
        assert status_of(port, VISITOR, path) == 200, path
    before = memory(server)
    for name, flood in FLOODS.items():
        ended, answers, took = Event(), Counter(), []
        flooders = [Thread(target=flood, args=(port, ended, answers)) for _each in range(FLOODERS)]
        for flooder in flooders:
            flooder.start()
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            began = time.monotonic()
            status = status_of(port, VISITOR, random.choice(PAGES))
            took.append(time.monotonic() - began)
            assert status == 200, f"{name}: a visitor is answered {status}"
            time.sleep(0.05)
        ended.set()
        for flooder in flooders:
            flooder.join()
        assert max(took) < PATIENCE, f"{name}: a visitor waited {max(took):.1f} s"
        told = ", ".join(f"{number} × {answer}" for answer, number in answers.most_common())
        print(
            f"{name} ({told}): the visitor's {len(took)} pages took {median(took) * 1000:.0f} ms in the median, {max(took) * 1000:.0f} ms at most; ",
            end="",
            flush=True,
        )
    more = memory(server) - before
    assert more < MORE_MEMORY, f"the server holds {more} MB more"
    print(f"the server holds {more} MB more than before")


def made_up_questions(port, ended, answers):
    while not ended.is_set():
        answers[
            status_of(
                port,
                FLOODER,
                f"{random.choice(PAGES)}?{random.random()}={random.random()}&organisation={random.random()}",
            )
        ] += 1


def searches(port, ended, answers):
    while not ended.is_set():
        answers[
            status_of(
                port, FLOODER, f"/search/?q={random.random()}+{random.choice(['war', 'school', 'treaty'])}"
            )
        ] += 1


def held_open(port, ended, answers):
    """Connections on which one letter comes each second."""
    while not ended.is_set():
        held = []
        for _each in range(HELD_OPEN // FLOODERS):
            try:
                plain = socket.create_connection(("127.0.0.1", port), timeout=5, source_address=(FLOODER, 0))
                held.append(ssl._create_unverified_context().wrap_socket(plain, server_hostname=NAME))
                held[-1].sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
                answers["held"] += 1
            except OSError:
                answers["refused"] += 1
        for _second in range(8):
            if ended.wait(1):
                break
            for each in held:
                try:
                    each.sendall(b"x")
                except OSError:
                    answers["cut"] += 1
        for each in held:
            each.close()


FLOODS = {"made-up questions": made_up_questions, "searches": searches, "connections held open": held_open}


def status_of(port, who, path):
    try:
        return ask(port, path, who)[0]
    except (OSError, HTTPException) as trouble:
        return type(trouble).__name__


def memory(leader):
    """MB that the server's processes hold, of one process group."""
    held = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) == leader:
                pages = int((folder / "statm").read_text().split()[1])
                held += pages * os.sysconf("SC_PAGE_SIZE") // 2**20
        except (OSError, ProcessLookupError):
            continue
    return held


if __name__ == "__main__":
    main()
