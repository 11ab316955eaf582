"""One of two servers on one database and one Redis, behind nginx, is killed under load.

Then Redis is frozen and stopped. All is set up as docs/operations says. Needs nginx and openssl on the
machine.
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

from .failover import HOST, get, nginx

REQUESTS, VISITORS = 2000, 8
# The visitors share one address, from which so many requests would be a flood.
HIGHER_RATE = {"zone=margin_pages:10m rate=50r/s": "zone=margin_pages:10m rate=9000r/s"}


def main():
    with redis() as redis_server:
        os.environ |= {"REDIS_URL": redis_server.address, "PORTAL_HOSTS": f"{HOST},localhost"}
        django.setup()
        from tests.browser.site import Site

        folder = Path(os.environ["PORTAL_VAR"])
        site = Site(folder, os.environ["DATABASE_URL"])
        site.fill()
        servers = []
        try:
            drill(folder, redis_server, servers)
        finally:
            for server, _address in servers:
                if server.poll() is None:
                    os.killpg(server.pid, signal.SIGKILL)


def drill(folder, redis_server, servers):
    """Runs the drill; the servers that it starts are appended to `servers` as (process, address)."""
    from cms.models import PageUrl

    from impact.models import Claim

    from .crashes import serve

    servers += [serve(), serve()]
    paths = [url.get_absolute_url("en") for url in PageUrl.objects.all()] + [
        claim.get_absolute_url() for claim in Claim.objects.filter(current_edition__isnull=False)
    ]
    first, second = (address.removeprefix("http://localhost:") for _server, address in servers)
    with nginx(folder, first, second_port=second, further_changes=HIGHER_RATE) as port:
        visitors = Visitors(port, paths)
        visitors.visit(REQUESTS, {REQUESTS // 4: lambda: os.killpg(servers[0][0].pid, signal.SIGKILL)})
        assert servers[0][0].wait() == -signal.SIGKILL
        assert visitors.failed == [], visitors.failed[:5]
        print(
            f"one of two servers killed under load: {REQUESTS} requests by {VISITORS} visitors, "
            f"0 failed, {visitors.retried} asked again; ",
            end="",
        )
        redis_server.freeze()
        visitors.visit(200, {})
        redis_server.thaw()
        redis_server.stop()
        visitors.visit(200, {})
        assert visitors.failed == [], visitors.failed[:5]
        print("Redis frozen and stopped: 400 more, 0 failed")


class Visitors:
    """Visitors who ask for pages all at once; a page that does not come at the second time has failed."""

    def __init__(self, port, paths):
        self.port, self.paths, self.lock = port, paths, Lock()
        self.requests, self.retried, self.failed = 0, 0, []

    def visit(self, number, events):
        """Asks for `number` pages; `events` are {number of a request: function that is called before it}."""
        self.requests = 0
        with ThreadPoolExecutor(VISITORS) as visitors:
            list(visitors.map(lambda _request: self.visit_one(events), range(number)))

    def visit_one(self, events):
        with self.lock:
            self.requests += 1
            if self.requests in events:
                events[self.requests]()
        path = random.choice(self.paths)
        if self.answer(path) != 200:
            self.retried += 1
            if (answer := self.answer(path)) != 200:
                self.failed.append((path, answer))

    def answer(self, path):
        """Returns the status, or a sentence if no server has answered."""
        try:
            status, headers, _body = get(self.port, path)
        except (OSError, HTTPException) as error:
            return str(error)
        # nginx answers with the static copy when no server does.
        return "the copy" if headers["X-Copy-Made"] else status


if __name__ == "__main__":
    main()
