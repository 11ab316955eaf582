"""Every write to the database raises the content generation as it is committed, however it was made.

It is read from the SQL itself: a signal would not tell of rows that are written in bulk. What is rolled back raises nothing.
"""

import re

from django.db.backends.signals import connection_created

from .generation import generation

# What no page shows: who is logged in, how often somebody failed to, and what staff have done in the admin.
UNSEEN_TABLES = r"django_session|django_admin_log|portal_attempt|account_\w+|mfa_\w+|usersessions_\w+"
HARMLESS = re.compile(
    r"[\s(]*(?:SELECT|PRAGMA|EXPLAIN|SHOW|SET|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|DECLARE|FETCH|CLOSE|ANALYZE|VACUUM"
    rf'|(?:INSERT INTO|UPDATE|DELETE FROM) "(?:{UNSEEN_TABLES})"'
    r'|UPDATE "auth_user" SET "last_login" = \S+ WHERE)(?!\w)',
    re.IGNORECASE,
)


def watch_writes():
    """Called once the models are loaded."""
    connection_created.connect(watch, dispatch_uid="content generation")


def watch(connection, **kwargs):
    if bump_for_writes not in connection.execute_wrappers:
        connection.execute_wrappers.append(bump_for_writes)


def bump_for_writes(execute, sql, params, many, context):
    result = execute(sql, params, many, context)
    if isinstance(sql, bytes) or not HARMLESS.match(sql):  # psycopg2 hands over many rows at once as bytes
        bump_on_commit(context["connection"])
    return result


def bump_on_commit(connection):
    waiting = connection.run_on_commit[-1:] if connection.in_atomic_block else []
    # Once a transaction is enough, but a savepoint that is rolled back takes its own along.
    if not any(
        function is bump_now and savepoints <= set(connection.savepoint_ids)
        for savepoints, function, _robust in waiting
    ):
        connection.on_commit(bump_now)


def bump_now():
    generation().bump()
