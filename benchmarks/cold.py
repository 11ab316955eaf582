"""Measures uncached pages, beside an uncached page of a stock django CMS: `python -m benchmarks.cold`.

PDFs are built at the first request after a change and cached for the next: of these the wall time.
"""

import tempfile
import time
from statistics import median

from .register import ROUNDS, cost
from .sites import throw_away_site
from .stock import Stock

PATHS = (
    "/",
    "/organisations/coalition/",
    "/organisations/dallaire-initiative/",
    "/organisations/coalition/history/",
    "/impact/",
    "/support/",
    "/evidence/",
    "/about/",
    "/evidence/e10-training-programmes/",
    "/instruments/opac/",
    "/sources/dallaire-our-story/",
)
DOCUMENTS = ("/impact/report.pdf", "/organisations/coalition/report.pdf", "/support/factsheet.pdf")
STOCK_SCRIPT = """
import time
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
client, times = Client(headers={"host": "localhost"}), []
for _round in range(%d + 1):
    cache.clear()
    start = time.process_time()
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/")
    times.append(time.process_time() - start)
print(len(queries), sorted(times[1:])[%d // 2] * 1000, len(answer.content))
"""


def main():
    with tempfile.TemporaryDirectory(prefix="margin-benchmark-") as folder, throw_away_site():
        stock = Stock(folder)
        before = stock_page(stock)
        costs = {path: cost(path) for path in PATHS}
        after = stock_page(stock)
        queries, size = before[0], before[2]
        # Measured before and after, in case the machine has become slower meanwhile.
        stock_milliseconds = (before[1] + after[1]) / 2
        print(f"{'page':<44} {'queries':>8} {'CPU ms':>8} {'× stock':>8}")
        print(f"{f'a stock page of {size / 1000:.0f} kB':<44} {queries:>8.0f} {stock_milliseconds:>8.1f}")
        for path, (queries, milliseconds) in costs.items():
            ratio = milliseconds / stock_milliseconds
            print(f"{path:<44} {queries:>8} {milliseconds:>8.1f} {ratio:>8.2f}")
        print(f"{'document':<44} {'first ms':>8} {'next ms':>8}")
        for path in DOCUMENTS:
            first, second = first_and_next(path)
            print(f"{path:<44} {first:>8.0f} {second:>8.0f}")


def first_and_next(path):
    """Requests a PDF twice after each of several changes.

    Returns the median wall times of the first request and of the next, in milliseconds.
    """
    from django.test import Client

    from organisation.models import Statement

    client = Client(headers={"host": "localhost"})
    times, tags = ([], []), []
    for number in range(6):
        for mission in Statement.objects.filter(slug="mission"):
            mission.text = f"{mission.text} {number}"
            mission.save()
        for durations in times:
            start = time.perf_counter()
            answer = client.get(path)
            durations.append((time.perf_counter() - start) * 1000)
            assert answer.status_code == 200, path
        tags.append(answer["ETag"])
    assert len(set(tags)) == len(tags), f"{path} does not change with the missions"
    return [median(durations) for durations in times]


def stock_page(stock):
    """Returns queries, median processor time in milliseconds, and bytes."""
    output = stock.output_of("shell", "--verbosity=0", "-c", STOCK_SCRIPT % (ROUNDS, ROUNDS))
    return [float(number) for number in output.split()]


if __name__ == "__main__":
    main()
