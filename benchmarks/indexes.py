"""Measures what the register costs without each of its indexes: `python -m benchmarks.indexes`.

It does so at 100,000 claims; another number replaces that. On PostgreSQL with DATABASE_URL set to an empty
database, or with --postgresql, which starts a server of its own.
"""

import os
import random
import sys
import time
from contextlib import ExitStack
from statistics import median

from tests.support.postgresql import postgresql

from .sites import add_claims, run_daily_tasks, throw_away_site

# The values of a filter and how common each is; rare ones are what an index is for.
SHARES = {
    "type": {"output": 60, "outcome": 25, "activity": 13, "endorsement": 2},
    "theme": {"training": 50, "advocacy": 30, "networks": 19, "reintegration": 1},
    "grade": {"organisation only": 88, "supported": 10, "disputed": 1.5, "unsourced": 0.5},
}
# For each index a list that is there to need it; chosen beforehand, so that no row is the luckiest of many.
ADDRESSES = {
    "register_or": "/evidence/?organisation=coalition",
    "register_or_ty_th_gr": "/evidence/?organisation=coalition&type=output",
    "register_or_th": "/evidence/?organisation=coalition&theme=training",
    "register_ty_th_gr": "/evidence/?type=output&theme=training&grade=unsourced",
    "register_ty_gr": "/evidence/?type=output&grade=disputed",
    "register_th_gr_or": "/evidence/?theme=training&grade=supported",
    "register_gr_or_ty": "/evidence/?grade=unsourced",
    "register_su": "/evidence/e10-training-programmes/",
}
CYCLES, ROUNDS = 3, 4


class RolledBack(Exception):
    """Ends a transaction whose changes are not to stay."""


def main():
    count = next((int(argument) for argument in sys.argv[1:] if argument.isdigit()), 100_000)
    with ExitStack() as stack:
        if "--postgresql" in sys.argv:
            os.environ["DATABASE_URL"] = stack.enter_context(postgresql())
        stack.enter_context(throw_away_site())
        add_claims(count)
        spread_values()
        run_daily_tasks()
        measure()


def spread_values():
    """Gives the claims of the register values that are common and rare."""
    from impact.models import RegisterEntry

    chance = random.Random(1)
    entries = list(RegisterEntry.objects.all())
    for name, shares in SHARES.items():
        values = chance.choices(list(shares), list(shares.values()), k=len(entries))
        for entry, value in zip(entries, values, strict=True):
            setattr(entry, name, value)
    RegisterEntry.objects.bulk_update(entries, SHARES, batch_size=500)


def measure():
    """Prints for each index the median of a list's queries with and without it, measured in turns."""
    from django.db import connection, transaction

    print(f"On {connection.vendor}: {'ms with':>26} {'ms without':>12}")
    for index, address in ADDRESSES.items():
        with_it, without_it = [], []
        for _cycle in range(CYCLES):
            with_it += milliseconds_of_queries(address)
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(f"DROP INDEX {index}")
                    without_it += milliseconds_of_queries(address)
                    raise RolledBack
            except RolledBack:
                pass
        print(f"{index:<22} {median(with_it):>14.1f} {median(without_it):>12.1f}  {address}", flush=True)


def milliseconds_of_queries(address):
    """Returns the time of all queries of an uncached page in several rounds.

    On SQLite it is the processor's, which other work on the machine hardly changes; on PostgreSQL, whose
    server is another process, the clock's.
    """
    from django.db import connection
    from django.test import Client

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    client, rounds = Client(headers={"host": "localhost"}), []

    def timed(execute, *arguments):
        started = clock()
        try:
            return execute(*arguments)
        finally:
            rounds[-1] += (clock() - started) * 1000

    with connection.execute_wrapper(timed):
        for _round in range(ROUNDS + 1):  # the first fills the caches of the database
            rounds.append(0)
            assert client.get(address, follow=True).status_code == 200, address
    return rounds[1:]


if __name__ == "__main__":
    main()
