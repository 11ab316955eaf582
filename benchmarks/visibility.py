"""Measures the time from a publication to its visibility, under load: `python -m benchmarks.visibility`.

On one machine, and with --redis on two servers that share a Redis. “Old” counts from the commit to the last
request whose answer holds the older text; 0 where already the first holds the new one. “Answered” counts to
the answer that holds the new text, with its rendering beside that of every other page which the visitors
request. The pages: the home page, a claim, and the register, which lists it; each has a publication of its
own.
"""

import http.client
import itertools
import os
import sys
import threading
import time
from contextlib import ExitStack
from urllib.parse import urlsplit

from .serving import our_server, our_site

PUBLICATIONS = 20
VISITORS = 4
HOME, REGISTER = "/", "/evidence/"


def main():
    with ExitStack() as stack:
        if "--redis" in sys.argv:
            from tests.support.redis import redis

            os.environ["REDIS_URL"] = stack.enter_context(redis()).address
        (url, _pid), _seconds = stack.enter_context(our_site())
        urls = [url]
        if "--redis" in sys.argv:
            urls.append(stack.enter_context(our_server())[0])
        ended = threading.Event()
        stack.callback(ended.set)
        paths = itertools.cycle([HOME, REGISTER, "/support/", "/timeline/", "/impact/", "/publications/"])
        for visitor in range(VISITORS):
            threading.Thread(
                target=keep_requesting, args=(urls[visitor % len(urls)], paths, ended), daemon=True
            ).start()
        show(*measure(urls))


def keep_requesting(url, paths, ended):
    while not ended.is_set():
        read(url, next(paths))


def measure(urls):
    """Returns {path: [(old, answered) in milliseconds]}, and how many older answers followed a new one."""
    from django.contrib.auth import get_user_model

    from impact.models import Claim
    from organisation.models import Statement

    publisher = get_user_model().objects.get(username="publisher")
    claim = Claim.objects.get(number=10)
    vision = Statement.objects.get(organisation__slug="dallaire-initiative", kind="vision")
    page = claim.get_absolute_url()
    times, stale = {path: [] for path in (HOME, page, REGISTER)}, 0
    for number in range(PUBLICATIONS):
        vision.text = text = f"Words number {number} of this measurement"
        vision.save()
        stale += wait_for(text, urls, HOME, time.perf_counter(), times[HOME])
        for path, label in ((page, "page"), (REGISTER, "register")):
            claim = Claim.objects.get(number=10)
            claim.statement = text = f"Words number {number} for the {label}"
            claim.save()
            claim.publish(by=publisher, reason=f"Measured for the {number + 1}th time", seen=Claim.AS_STORED)
            committed = time.perf_counter()
            # The address of a claim follows its statement.
            current_path = claim.get_absolute_url() if path == page else path
            stale += wait_for(text, urls, current_path, committed, times[path])
    return times, stale


def wait_for(text, urls, path, committed, times):
    """Requests a page until it holds a text, and appends (old, answered) for each server.

    Returns how many of a few further answers do not hold it.
    """
    for url in urls:
        old, requested = 0, time.perf_counter()
        while text not in read(url, path):
            old, requested = requested - committed, time.perf_counter()
        times.append((old * 1000, (time.perf_counter() - committed) * 1000))
    return sum(text not in read(url, path) for url in urls for _request in range(3))


def read(url, path):
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read().decode()
        return read(url, answer.headers["Location"]) if answer.status in (301, 302) else body
    finally:
        connection.close()


def show(times, stale):
    print(
        f"{'page':<36} {'publications':>12} {'old: median':>14} {'longest':>9} "
        f"{'answered: median':>17} {'longest':>9}   (ms)"
    )
    for path, pairs in times.items():
        old, answered = (sorted(column) for column in zip(*pairs, strict=True))
        half = len(pairs) // 2
        print(
            f"{path:<36} {len(pairs):>12} {old[half]:>14.0f} {old[-1]:>9.0f} "
            f"{answered[half]:>17.0f} {answered[-1]:>9.0f}"
        )
    print(f"Answers with older words after the first with new ones: {stale}")


if __name__ == "__main__":
    main()
