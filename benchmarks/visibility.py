"""How long it takes until a visitor sees what was published, while others keep asking: `python -m benchmarks.visibility`.

On one machine, and with --redis on two servers that share a Redis. “Old” counts from the commit until the last question was asked whose answer holds
the older words; 0 where already the first holds the new ones. “Answered” counts until the new words are there, with their rendering beside that of
every other page which the visitors ask for. The pages: the home page, a claim, and the register, which lists it; each has a publication of its own.
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
                target=keep_asking, args=(urls[visitor % len(urls)], paths, ended), daemon=True
            ).start()
        show(measured(urls))


def keep_asking(url, paths, ended):
    while not ended.is_set():
        read(url, next(paths))


def measured(urls):
    """For each page, the milliseconds from each commit, old and answered, and how many older answers followed."""
    from django.contrib.auth import get_user_model

    from impact.models import Claim
    from organisation.models import Statement

    publisher = get_user_model().objects.get(username="publisher")
    claim = Claim.objects.get(number=10)
    vision = Statement.objects.get(organisation__slug="dallaire-initiative", kind="vision")
    page = claim.get_absolute_url()
    taken, stale = {path: [] for path in (HOME, page, REGISTER)}, 0
    for number in range(PUBLICATIONS):
        vision.text = words = f"Words number {number} of this measurement"
        vision.save()
        stale += wait_for(words, urls, HOME, time.perf_counter(), taken[HOME])
        for path, where in ((page, "page"), (REGISTER, "register")):
            claim = Claim.objects.get(number=10)
            claim.statement = words = f"Words number {number} for the {where}"
            claim.save()
            claim.publish(by=publisher, reason=f"Measured for the {number + 1}th time", seen=Claim.AS_STORED)
            committed = time.perf_counter()
            stale += wait_for(
                words, urls, claim.get_absolute_url() if path == page else path, committed, taken[path]
            )
    return taken, stale


def wait_for(words, urls, path, committed, taken):
    for url in urls:
        old, asked = 0, time.perf_counter()
        while words not in read(url, path):
            old, asked = asked - committed, time.perf_counter()
        taken.append((old * 1000, (time.perf_counter() - committed) * 1000))
    return sum(words not in read(url, path) for url in urls for _again in range(3))


def read(url, path):
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read().decode()
        return read(url, answer.headers["Location"]) if answer.status in (301, 302) else body
    finally:
        connection.close()


def show(found):
    taken, stale = found
    print(
        f"{'page':<36} {'publications':>12} {'old: median':>14} {'longest':>9} {'answered: median':>17} {'longest':>9}   (ms)"
    )
    for path, times in taken.items():
        old, answered = (sorted(each) for each in zip(*times))
        half = len(times) // 2
        print(
            f"{path:<36} {len(times):>12} {old[half]:>14.0f} {old[-1]:>9.0f} {answered[half]:>17.0f} {answered[-1]:>9.0f}"
        )
    print(f"Answers with older words after the first with new ones: {stale}")


if __name__ == "__main__":
    main()
