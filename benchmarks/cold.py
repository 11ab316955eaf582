"""What a page costs that nobody has asked for since the last change, beside a stock django CMS page with its caches emptied: `python -m benchmarks.cold`.

Printed documents are built for the first who asks after a change and kept for the next: of these the time on the clock.
"""

import tempfile
import time
from statistics import median

from .register import ROUNDS, cost
from .sites import throw_away_site
from .stock import Stock

PATHS = (
    "/", "/organisations/coalition/", "/organisations/dallaire-initiative/", "/organisations/coalition/history/", "/impact/", "/support/", "/evidence/", "/about/",
    "/evidence/e10-training-programmes/", "/instruments/opac/", "/sources/dallaire-our-story/",
)  # fmt: skip
DOCUMENTS = ("/impact/report.pdf", "/organisations/coalition/report.pdf", "/support/factsheet.pdf")
ALONE = """
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
        found = {path: cost(path) for path in PATHS}
        after = stock_page(stock)
        queries, letters = before[0], before[2]
        milliseconds = (before[1] + after[1]) / 2
        print(f"{'page':<44} {'queries':>8} {'CPU ms':>8} {'× stock':>8}")
        print(f"{f'a stock page of {letters / 1000:.0f} kB':<44} {queries:>8.0f} {milliseconds:>8.1f}")
        for path, (queries, took) in found.items():
            print(f"{path:<44} {queries:>8} {took:>8.1f} {took / milliseconds:>8.2f}")
        print(f"{'document':<44} {'first ms':>8} {'next ms':>8}")
        for path in DOCUMENTS:
            print(f"{path:<44} {'{:>8.0f} {:>8.0f}'.format(*waited(path))}")


def waited(path):
    """Milliseconds on the clock until a document is there, in the median: for the first who asks after the missions have changed, and for the next."""
    from django.test import Client

    from organisation.models import Statement

    client, times, tags = Client(headers={"host": "localhost"}), ([], []), []
    for number in range(6):
        for mission in Statement.objects.filter(slug="mission"):
            mission.text = f"{mission.text} {number}"
            mission.save()
        for kept in times:
            start = time.perf_counter()
            answer = client.get(path)
            kept.append((time.perf_counter() - start) * 1000)
            assert answer.status_code == 200, path
        tags.append(answer["ETag"])
    assert len(set(tags)) == len(tags), f"{path} does not change with the missions"
    return [median(kept[1:]) for kept in times]  # the first of all reads the fonts


def stock_page(stock):
    """Queries, milliseconds of the processor in the median, and bytes."""
    return [
        float(each) for each in stock.said("shell", "--verbosity=0", "-c", ALONE % (ROUNDS, ROUNDS)).split()
    ]


if __name__ == "__main__":
    main()
