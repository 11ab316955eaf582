"""Every row of a SQLite site in an empty PostgreSQL database: all of them, or none."""

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _
from psycopg2.extras import execute_values

from .database import migrate
from .errors import OperationError
from .postgresql import PostgreSQL, holds_a_site

TARGET = "target"
AT_ONCE = 500


def move(address, parsed, tell):
    """Fill the database at an address, whose settings are `parsed`; {table: number of rows}."""
    source, target = connections["default"], connected(parsed)
    if source.vendor != "sqlite":
        raise OperationError(
            _("This site runs on PostgreSQL already: to move it to another server, restore a backup there.")
        )
    with PostgreSQL(target).connect() as probe, probe.cursor() as cursor:
        if holds_a_site(cursor):
            raise OperationError(
                _("The database “%(name)s” holds records already: name an empty one.")
                % {"name": parsed["NAME"]}
            )
    models = list(tables())
    require_all(source, models)
    tell(_("Making the tables …"))
    migrate(DATABASE_URL=address)
    # The site's own transactions write: whoever saves meanwhile waits, and is told so if it takes long.
    with transaction.atomic(), transaction.atomic(using=TARGET), target.cursor() as cursor:
        names = ", ".join(target.ops.quote_name(model._meta.db_table) for model in models)
        cursor.execute(
            f"TRUNCATE {names}"
        )  # what migrations have filled in comes again, under the numbers it has here
        for model in models:
            copy(model, target, cursor)
        for statement in target.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
        target.check_constraints()
        rows = {model._meta.db_table: compared(model, source, target) for model in models}
    with target.cursor() as cursor:
        cursor.execute("ANALYZE")
    return rows


def connected(parsed):
    if TARGET not in connections.settings:
        connections.settings[TARGET] = connections.configure_settings({"default": parsed})["default"]
    return connections[TARGET]


def tables():
    """Every model that has a table, those between two models among them."""
    seen = set()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in seen:
            seen.add(model._meta.db_table)
            yield model


def require_all(source, models):
    """No table may stay behind because no model knows it; those of the search are made by the database itself."""
    known = {model._meta.db_table for model in models} | {MigrationRecorder.Migration._meta.db_table}
    with source.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite^_%%' ESCAPE '^'"
        )
        unknown = sorted({name for (name,) in cursor.fetchall()} - known)
    if unknown:
        raise OperationError(
            _(
                "The table %(table)s belongs to no part of this software and would stay behind: delete it, or install what it belongs to."
            )
            % {"table": unknown[0]}
        )


def copy(model, target, cursor):
    fields = model._meta.local_concrete_fields  # what it has from another model lies in that one's table
    rows = (
        model._base_manager.order_by("pk").values_list(*(field.attname for field in fields)).iterator(AT_ONCE)
    )
    columns = ", ".join(target.ops.quote_name(field.column) for field in fields)
    prepared = ([field.get_db_prep_save(value, target) for field, value in zip(fields, row)] for row in rows)
    execute_values(
        cursor,
        f"INSERT INTO {target.ops.quote_name(model._meta.db_table)} ({columns}) VALUES %s",
        prepared,
        page_size=AT_ONCE,
    )


def compared(model, source, target):
    """How many rows a table has there; Trouble if it is another number than here."""
    here, there = (count(connection, model._meta.db_table) for connection in (source, target))
    if there != here:
        numbers = {"table": model._meta.db_table, "there": there, "here": here}
        raise OperationError(
            _("The table %(table)s has %(there)d rows there and %(here)d here: nothing was moved.") % numbers
        )
    return there


def count(connection, table):
    """Asked of the database, since a manager may leave out what readers do not see."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
        return cursor.fetchone()[0]
