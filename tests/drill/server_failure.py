"""Two servers on one database and one Redis, with nginx before them, set up as docs/operations says: one server is killed under load.

Then Redis is stopped and frozen. Needs nginx and openssl on the machine.
"""

import os
import random
import signal
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from threading import Lock

import django

from tests.support.redis import redis

from .failover import NAME, ask, nginx

REQUESTS, VISITORS = 2000, 8
# So many from one address would be a flood.
FASTER = {"zone=margin_pages:10m rate=50r/s": "zone=margin_pages:10m rate=9000r/s"}


def main():
    with redis() as kept:
        os.environ |= {"REDIS_URL": kept.address, "PORTAL_HOSTS": f"{NAME},localhost"}
        django.setup()
        from tests.browser.site import Site

        folder = Path(os.environ["PORTAL_VAR"])
        site = Site(folder, os.environ["DATABASE_URL"])
        site.fill()
        servers = []
        try:
            drill(folder, kept, servers)
        finally:
            for server, _address in servers:
                if server.poll() is None:
                    os.killpg(server.pid, signal.SIGKILL)


def drill(folder, kept, servers):
    from cms.models import PageUrl

    from impact.models import Claim

    from . import crashes

    servers += [crashes.serve(), crashes.serve()]
    paths = [url.get_absolute_url("en") for url in PageUrl.objects.all()] + [
        claim.get_absolute_url() for claim in Claim.objects.filter(current_edition__isnull=False)
    ]
    first, second = (address.removeprefix("http://localhost:") for _server, address in servers)
    with nginx(folder, first, another=second, faster=FASTER) as port:
        visitors = Visitors(port, paths)
        visitors.ask(REQUESTS, {REQUESTS // 4: lambda: os.killpg(servers[0][0].pid, signal.SIGKILL)})
        assert servers[0][0].wait() == -signal.SIGKILL
        assert visitors.failed == [], visitors.failed[:5]
        print(
            f"one of two servers killed under load: {REQUESTS} requests by {VISITORS} visitors, 0 failed, {visitors.again} asked again; ",
            end="",
        )
        kept.freeze()
        visitors.ask(200, {})
        kept.thaw()
        kept.stop()
        visitors.ask(200, {})
        assert visitors.failed == [], visitors.failed[:5]
        print("Redis frozen and stopped: 400 more, 0 failed")


class Visitors:
    """They ask for pages all at once; who gets no page asks a second time, and then it has failed."""

    def __init__(self, port, paths):
        self.port, self.paths, self.lock = port, paths, Lock()
        self.asked, self.again, self.failed = 0, 0, []

    def ask(self, number, happenings):
        """`number` pages; a happening comes when as many as its key have been asked for."""
        self.asked = 0
        with ThreadPoolExecutor(VISITORS) as visitors:
            list(visitors.map(lambda _each: self.ask_one(happenings), range(number)))

    def ask_one(self, happenings):
        with self.lock:
            self.asked += 1
            if self.asked in happenings:
                happenings[self.asked]()
        path = random.choice(self.paths)
        if self.answer(path) != 200:
            self.again += 1
            if (answer := self.answer(path)) != 200:
                self.failed.append((path, answer))

    def answer(self, path):
        """The status, or what went wrong; what comes from the static copy is no answer of a server."""
        try:
            status, headers, _body = ask(self.port, path)
        except (OSError, HTTPException) as trouble:
            return str(trouble)
        return "the copy" if headers["X-Margin-Copy"] else status


if __name__ == "__main__":
    main()
