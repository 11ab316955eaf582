"""Measures the memory of a server process after its first page and files: `python -m benchmarks.memory`.

Resident memory counts the pages that a process shares with others, proportional memory their share, private
memory what it has alone.
"""

import os
import re
import time
from datetime import date
from pathlib import Path

from .serving import child_of, get, our_server
from .sites import throw_away_site

PATHS = (
    "/",
    "/evidence/e10/v1/share.png",
    "/support/factsheet.pdf",
    "/impact/report.pdf",
    "/organisations/coalition/report.pdf",
    "/data/claims.csv",
    "/data/claims.xlsx",
    "/search/?q=recruitmnt",
    "/accounts/login/",
)


def main():
    with throw_away_site(), our_server() as (url, pid):
        worker = child_of(pid)
        print(f"\n{date.today()}, {os.cpu_count()} processors, MB\n")
        print("| after | resident | proportional | private | seconds |")
        print("|---|---|---|---|---|")
        for path in PATHS:
            started = time.perf_counter()
            assert get(url, path).status == 200, path
            seconds = time.perf_counter() - started
            resident, proportional, private = memory(worker)
            print(
                f"| `{path}` | {resident:.0f} | {proportional:.0f} | {private:.0f} | {seconds:.2f} |",
                flush=True,
            )


def memory(pid):
    """Returns the resident, proportional and private memory of a process in MB."""
    sizes = dict(
        re.findall(r"^(\w+): +(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    )
    private = int(sizes["Private_Clean"]) + int(sizes["Private_Dirty"])
    return int(sizes["Rss"]) / 1000, int(sizes["Pss"]) / 1000, private / 1000


if __name__ == "__main__":
    main()
