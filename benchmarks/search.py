"""Measures searches among twenty thousand and a hundred thousand claims: `python -m benchmarks.search`.

On PostgreSQL with DATABASE_URL set to an empty database, or with --postgresql, which starts a server of its
own. Wall time counts whatever else the machine does; processor time is this process's alone, so it leaves out
PostgreSQL's.
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
SEEDED_CLAIMS = 30


def main():
    counts = [int(argument) for argument in sys.argv[1:] if argument.isdigit()] or [20_000, 100_000]
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
    present = SEEDED_CLAIMS
    for count in counts:
        add_claims(count - present)
        present = count
        clock, processor = time.perf_counter(), time.process_time()
        call_command("reindex", verbosity=0)
        print(
            f"{count:>8} reindex: {time.perf_counter() - clock:.0f} s on the clock, "
            f"{time.process_time() - processor:.0f} s of the processor",
            flush=True,
        )
        acts = {name: search_for(query) for name, query in QUERIES.items()}
        acts |= {"the whole page": whole_page(), "suggestions": suggest, "publishing": reindex_changed_claim}
        for name, act in acts.items():
            print(f"{count:>8} {name:<24} {'{:>8.1f} {:>8.1f} {:>8.1f}'.format(*times(act))}", flush=True)


def times(act):
    """Returns median and 95th percentile of an act's wall time and median processor time, all in ms."""
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
    """Returns an act: a search with hits, excerpts, addresses and counts, without the page around them."""
    from django.http import QueryDict

    from portal.search.results import Results

    def search(number):
        results = Results(QueryDict(query % {"number": 1000 + number}))
        return results.hits, results.rows, results.alternatives if not results.hits else None

    return search


def whole_page():
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    return lambda number: client.get("/search/", {"q": "children"}).content


def suggest(number):
    from portal.search.results import suggestions

    suggestions(WORDS[number % len(WORDS)][:3])


def reindex_changed_claim(number):
    """Does what the index adds to the publication of a claim whose wording has changed."""
    from impact.models import Claim
    from portal.models import SearchEntry
    from portal.search.index import index_records

    [pk] = Claim.objects.order_by("-number").values_list("pk", flat=True)[number : number + 1]
    SearchEntry.objects.filter(kind="claim", object_id=pk).update(tokens="kind=claim")
    index_records("claim", [pk])


if __name__ == "__main__":
    main()
