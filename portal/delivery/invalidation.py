"""Invalidates the page cache: bumps the content generation as a write to the database is committed.

Writes are recognised from the SQL itself, because no signal is sent for rows that are written in bulk.
What is rolled back invalidates nothing.
"""

import re

from django.db.backends.signals import connection_created

from .generation import generation

# The tables whose rows no visitor's page shows, and what they hold; a write to any other one invalidates.
UNSEEN_TABLES = {
    "django_session": "the logins of staff, and what they are told next",
    "django_admin_log": "what staff did in the admin",
    "organisation_proposal": "what somebody wants to change",
    "organisation_takedown": "what was taken down, until somebody else has looked at it",
    "portal_attempt": "failed logins, to limit them",
    "portal_pagestep": "what staff decided on drafts of pages",
    "account_emailaddress": "the addresses of staff",
    "account_emailconfirmation": "the addresses of staff that wait for a confirmation",
    "mfa_authenticator": "the second factors of staff",
}
NOT_INVALIDATING = re.compile(
    r"[\s(]*(?:SELECT|PRAGMA|EXPLAIN|SHOW|SET|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|DECLARE|FETCH|CLOSE"
    r"|ANALYZE|VACUUM"
    rf'|(?:INSERT INTO|UPDATE|DELETE FROM) "(?:{"|".join(UNSEEN_TABLES)})"'
    # A login writes its time into the account.
    r'|UPDATE "auth_user" SET "last_login" = \S+ WHERE)(?!\w)',
    re.IGNORECASE,
)


def watch_writes():
    """Watches every database connection from its opening; is called once the models are loaded."""
    connection_created.connect(watch_connection, dispatch_uid="content generation")


def watch_connection(connection, **kwargs):
    # The signal is sent again when a connection reopens.
    if bump_after_write not in connection.execute_wrappers:
        connection.execute_wrappers.append(bump_after_write)


def bump_after_write(execute, sql, params, many, context):
    """Wraps the execution of each statement, as `connection.execute_wrappers` asks."""
    result = execute(sql, params, many, context)
    # psycopg2 hands over many rows at once as bytes: these are always writes.
    if isinstance(sql, bytes) or not NOT_INVALIDATING.match(sql):
        bump_on_commit(context["connection"])
    return result


def bump_on_commit(connection):
    last_callback = connection.run_on_commit[-1:] if connection.in_atomic_block else []
    # One bump a transaction is enough. A callback that Django drops with its savepoint leaves this list too.
    if not any(function is bump_generation for _savepoints, function, _robust in last_callback):
        connection.on_commit(bump_generation)


def bump_generation():
    generation().bump()
