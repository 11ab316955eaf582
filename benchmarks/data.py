"""What files of all claims take of memory, and a page of the API of queries, at a hundred and at many claims: `python -m benchmarks.data`.

Another number of claims than 100,000: `python -m benchmarks.data 10000`.
"""

import re
import sys
import time
from pathlib import Path

from .register import cost
from .sites import add_claims, throw_away_site

FILES = ("/data/claims.csv", "/data/claims.json", "/data/evidence.csv", "/data/claims.xlsx")
PAGES = (
    "/api/v1/claims",
    "/api/v1/claims?after={most}",
    "/api/v1/claims?organisation=coalition&theme=training",
    "/api/v1/figures",
    "/api/v1/evidence?limit=500",
    "/feeds/claims.atom",
)
SEEDED, FEW = 30, 100


def main():
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with throw_away_site():
        present = SEEDED
        for count in (FEW, most):
            add_claims(count - present)
            present = count
            print(f"\n{'claims':>8} {'file':<22} {'MB':>8} {'seconds':>8} {'memory grows by MB':>20}")
            for path in FILES:
                size, seconds, grown = take_home(path)
                print(f"{count:>8} {path:<22} {size:>8.1f} {seconds:>8.1f} {grown:>20.1f}", flush=True)
            print(f"\n{'claims':>8} {'page':<62} {'queries':>8} {'CPU ms':>8}")
            for path in PAGES:
                path = path.format(most=count // 2)
                queries, milliseconds = cost(path)
                print(f"{count:>8} {path:<62} {queries:>8} {milliseconds:>8.1f}", flush=True)


def take_home(path):
    """(size in MB, seconds, MB by which the process grows) while a file is read and none of it kept."""
    from django.test import Client

    before, started = memory(), time.perf_counter()
    size = grown = 0
    for portion in Client(headers={"host": "localhost"}).get(path):
        size += len(portion)
        grown = max(grown, memory() - before)
    return size / 1e6, time.perf_counter() - started, grown / 1e6


def memory():
    """The bytes that this process has taken for itself now; the pages of the database's file that SQLite looks into are not its own."""
    [kilobytes] = re.findall(r"RssAnon:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(kilobytes) * 1024


if __name__ == "__main__":
    main()
