"""What a search costs among twenty thousand and a hundred thousand claims: `python -m benchmarks.search`.

On PostgreSQL with DATABASE_URL set to an empty database, or with --postgresql, which starts a server of its own. Time on the clock counts
whatever else the machine does; the processor's time is this process's alone, so it leaves out PostgreSQL's.
"""

import os
import sys
import time
from contextlib import ExitStack

from tests.support.postgresql import postgresql

from .sites import WORDS, add_claims, throw_away_site

QUERIES = {
    "a rare word": "q=%(number)s",
    "a common word": "q=children",
    "two common words": "q=children+schools",
    "a phrase": "q=%%22children+schools%%22",
    "a phrase of three": "q=%%22children+schools+villages%%22",
    "an exclusion": "q=children+-schools",
    "a facet": "q=children&kind=claim&organisation=coalition",
    "the last page": "q=children&page=50",
    "a slip of the pen": "q=chlidren",
}
ROUNDS = 25


def main():
    counts = [int(each) for each in sys.argv[1:] if each.isdigit()] or [20_000, 100_000]
    with ExitStack() as stack:
        if "--postgresql" in sys.argv:
            os.environ["DATABASE_URL"] = stack.enter_context(postgresql())
        stack.enter_context(throw_away_site())
        measure(counts)


def measure(counts):
    from django.core.management import call_command
    from django.db import connection

    print(f"On {connection.vendor}: {'clock':>30} {'':>15} {'processor':>9}")
    print(f"{'claims':>8} {'act':<24} {'p50 ms':>8} {'p95 ms':>8} {'p50 ms':>8}")
    present = 30
    for count in counts:
        add_claims(count - present)
        present = count
        start = time.perf_counter(), time.process_time()
        call_command("reindex", verbosity=0)
        print(
            f"{count:>8} reindex: {time.perf_counter() - start[0]:.0f} s on the clock, {time.process_time() - start[1]:.0f} s of the processor",
            flush=True,
        )
        acts = {name: search_for(query) for name, query in QUERIES.items()}
        acts |= {"the whole page": whole_page(), "suggestions": suggestions, "publishing": publishing}
        for name, act in acts.items():
            print(f"{count:>8} {name:<24} {'{:>8.1f} {:>8.1f} {:>8.1f}'.format(*measured(act))}", flush=True)


def measured(act):
    """The median and the 95th percentile of what an act takes on the clock, and the median of its processor time, in milliseconds."""
    act(0)
    clock, processor = [], []
    for number in range(1, ROUNDS + 1):
        start = time.perf_counter(), time.process_time()
        act(number)
        clock.append((time.perf_counter() - start[0]) * 1000)
        processor.append((time.process_time() - start[1]) * 1000)
    clock.sort()
    return clock[ROUNDS // 2], clock[ROUNDS * 95 // 100], sorted(processor)[ROUNDS // 2]


def search_for(query):
    """A search with its hits, excerpts, addresses and counts, without the page around them."""
    from django.http import QueryDict

    from portal.search.results import Results

    def search(number):
        results = Results(QueryDict(query % {"number": 1000 + number}))
        return results.hits, results.rows, results.instead if not results.hits else None

    return search


def whole_page():
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    return lambda number: client.get("/search/", {"q": "children"}).content


def suggestions(number):
    from portal.search.results import suggested

    suggested(WORDS[number % len(WORDS)][:3])


def publishing(number):
    """What the index adds to the publication of a claim whose words have changed."""
    from impact.models import Claim
    from portal.models import SearchEntry
    from portal.search.index import index_records

    [pk] = Claim.objects.order_by("-number").values_list("pk", flat=True)[number : number + 1]
    SearchEntry.objects.filter(kind="claim", object_id=pk).update(tokens="kind=claim")
    index_records("claim", [pk])


if __name__ == "__main__":
    main()
