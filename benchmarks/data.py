"""Measures the memory of whole files, and the queries of pages of the API: `python -m benchmarks.data`.

It does so at 100 and at 100,000 claims; `python -m benchmarks.data 10000` replaces the second number.
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
SEEDED_CLAIMS, FEW_CLAIMS = 30, 100


def main():
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with throw_away_site():
        present = SEEDED_CLAIMS
        for count in (FEW_CLAIMS, most):
            add_claims(count - present)
            present = count
            print(f"\n{'claims':>8} {'file':<22} {'MB':>8} {'seconds':>8} {'memory grows by MB':>20}")
            for path in FILES:
                size, seconds, growth = download(path)
                print(f"{count:>8} {path:<22} {size:>8.1f} {seconds:>8.1f} {growth:>20.1f}", flush=True)
            print(f"\n{'claims':>8} {'page':<62} {'queries':>8} {'CPU ms':>8}")
            for path in PAGES:
                path = path.format(most=count // 2)
                queries, milliseconds = cost(path)
                print(f"{count:>8} {path:<62} {queries:>8} {milliseconds:>8.1f}", flush=True)


def download(path):
    """Returns (size in MB, seconds, MB by which the process grows) of a file that is read and discarded."""
    # Imported here, since Django is configured only once the throw-away site is set up.
    from django.test import Client

    before, started = memory(), time.perf_counter()
    size = growth = 0
    for chunk in Client(headers={"host": "localhost"}).get(path):
        size += len(chunk)
        growth = max(growth, memory() - before)
    return size / 1e6, time.perf_counter() - started, growth / 1e6


def memory():
    """Returns the anonymous memory of this process in bytes.

    Pages of the database file, which SQLite maps into memory, are not counted.
    """
    [kilobytes] = re.findall(r"RssAnon:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(kilobytes) * 1024


if __name__ == "__main__":
    main()
