"""Serialises what nobody sees with what makes it public, with an advisory lock.

Whoever saves something that no visitor sees is asked for nobody else's eye. At the same moment somebody may
decide on what shows it to visitors, and neither transaction would find what the other has not committed yet.
"""

from django.db import connection

KEY = 7_301_915  # of the advisory locks of the database


def lock_visibility():
    """Waits until nobody else saves or decides, and keeps them waiting until the transaction ends.

    It comes before any lock of a row, so that no two wait for each other. SQLite allows one write transaction
    at a time, from its beginning.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [KEY])
