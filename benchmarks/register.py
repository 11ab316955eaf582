"""Measures the register and a claim page at up to 100,000 claims: `python -m benchmarks.register`."""

import time

from .sites import add_claims, throw_away_site

PATHS = ("/evidence/", "/evidence/?type=output", "/evidence/?after=50", "/evidence/e10-training-programmes/")
ROUNDS = 15
SEEDED_CLAIMS = 30


def main():
    with throw_away_site():
        present = SEEDED_CLAIMS
        print(f"{'claims':>8} {'page':<36} {'queries':>8} {'CPU ms':>8}")
        for count in (100, 10_000, 100_000):
            add_claims(count - present)
            present = count
            for path in PATHS:
                queries, milliseconds = cost(path)
                print(f"{count:>8} {path:<36} {queries:>8} {milliseconds:>8.1f}", flush=True)


def cost(path):
    """Returns the number of queries of an uncached page, and its median processor time in milliseconds."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    client.get(path, follow=True)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path, follow=True)
    query_count = len(queries)  # the requests that follow empty the log
    assert response.status_code == 200, path
    times = []
    for _round in range(ROUNDS):
        start = time.process_time()
        client.get(path, follow=True)
        times.append(time.process_time() - start)
    return query_count, sorted(times)[ROUNDS // 2] * 1000


if __name__ == "__main__":
    main()
