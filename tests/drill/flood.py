"""The site behind nginx, set up as docs/operations says, is flooded from one address.

The floods are made-up queries, searches, and connections that stay open. Meanwhile a visitor from another
address reads page after page. Needs nginx and openssl on the machine.
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

from .failover import HOST, get, nginx

SECONDS, FLOODERS, CONNECTIONS = int(os.environ.get("ROUNDS", "100")) * 3 // 10, 8, 400
VISITOR, FLOODER = "127.0.0.1", "127.0.0.7"
PAGES = [
    "/",
    "/evidence/",
    "/organisations/coalition/",
    "/support/",
    "/timeline/",
    "/evidence/e10-training-programmes/",
]
SLOWEST_PAGE = 3  # seconds after which a reader gives up
MEMORY_GROWTH = 150  # MB by which the server may grow, whatever it is asked


def main():
    django.setup()
    from tests.browser.site import Site

    from .crashes import serve

    folder = Path(os.environ["PORTAL_VAR"])
    os.environ["PORTAL_HOSTS"] = f"{HOST},localhost"
    site = Site(folder, os.environ.get("DATABASE_URL", ""))
    site.fill()
    server, address = serve()
    try:
        with nginx(folder, address.removeprefix("http://localhost:")) as port:
            drill(port, server.pid)
    finally:
        os.killpg(server.pid, signal.SIGKILL)


def drill(port, server_pid):
    for path in PAGES:
        assert status_of(port, VISITOR, path) == 200, path
    memory_before = memory(server_pid)
    for name, flood in FLOODS.items():
        ended, answers, durations = Event(), Counter(), []
        flooders = [Thread(target=flood, args=(port, ended, answers)) for _flooder in range(FLOODERS)]
        for flooder in flooders:
            flooder.start()
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            began = time.monotonic()
            status = status_of(port, VISITOR, random.choice(PAGES))
            durations.append(time.monotonic() - began)
            assert status == 200, f"{name}: a visitor is answered {status}"
            time.sleep(0.05)
        ended.set()
        for flooder in flooders:
            flooder.join()
        assert max(durations) < SLOWEST_PAGE, f"{name}: a visitor waited {max(durations):.1f} s"
        summary = ", ".join(f"{number} × {answer}" for answer, number in answers.most_common())
        print(
            f"{name} ({summary}): the visitor's {len(durations)} pages took "
            f"{median(durations) * 1000:.0f} ms in the median, {max(durations) * 1000:.0f} ms at most; ",
            end="",
            flush=True,
        )
    growth = memory(server_pid) - memory_before
    assert growth < MEMORY_GROWTH, f"the server holds {growth} MB more"
    print(f"the server holds {growth} MB more than before")


def send_queries(port, ended, answers):
    while not ended.is_set():
        query = f"{random.random()}={random.random()}&organisation={random.random()}"
        answers[status_of(port, FLOODER, f"{random.choice(PAGES)}?{query}")] += 1


def send_searches(port, ended, answers):
    while not ended.is_set():
        query = f"{random.random()}+{random.choice(['war', 'school', 'treaty'])}"
        answers[status_of(port, FLOODER, f"/search/?q={query}")] += 1


def hold_connections(port, ended, answers):
    """Opens connections and sends one byte of a header on each every second."""
    while not ended.is_set():
        connections = []
        for _connection in range(CONNECTIONS // FLOODERS):
            try:
                plain = socket.create_connection(("127.0.0.1", port), timeout=5, source_address=(FLOODER, 0))
                context = ssl._create_unverified_context()
                connections.append(context.wrap_socket(plain, server_hostname=HOST))
                connections[-1].sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
                answers["held"] += 1
            except OSError:
                answers["refused"] += 1
        for _second in range(8):
            if ended.wait(1):
                break
            for connection in connections:
                try:
                    connection.sendall(b"x")
                except OSError:
                    answers["cut"] += 1
        for connection in connections:
            connection.close()


FLOODS = {
    "made-up questions": send_queries,
    "searches": send_searches,
    "connections held open": hold_connections,
}


def status_of(port, client, path):
    """Returns the status of an answer, or the name of the error that came instead."""
    try:
        return get(port, path, client)[0]
    except (OSError, HTTPException) as error:
        return type(error).__name__


def memory(group):
    """Returns the MB that the processes of a process group hold."""
    megabytes = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) == group:
                pages = int((folder / "statm").read_text().split()[1])
                megabytes += pages * os.sysconf("SC_PAGE_SIZE") // 2**20
        except (OSError, ProcessLookupError):  # it has ended meanwhile
            continue
    return megabytes


if __name__ == "__main__":
    main()
