"""Copies every row of a SQLite site into an empty PostgreSQL database: all of them, or none."""

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management.color import no_style
from django.db import connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import BinaryField
from django.utils.translation import gettext as _
from psycopg2.extras import execute_values

from portal import environment

from .database import migrate
from .errors import OperationError
from .postgresql import PostgreSQL, has_site_data

TARGET = "target"
BATCH = 500


def move_to_postgresql(address, report):
    """Fills the database at an address; returns {table: number of rows}.

    `report` is called with a line before what takes long.
    """
    try:
        target_settings = environment.postgresql("address", address)
    except ImproperlyConfigured as error:
        raise OperationError(str(error)) from error
    source, target = connections["default"], connect_target(target_settings)
    if source.vendor != "sqlite":
        raise OperationError(
            _("This site runs on PostgreSQL already: to move it to another server, restore a backup there.")
        )
    with PostgreSQL(target).connect() as probe, probe.cursor() as cursor:
        if has_site_data(cursor):
            raise OperationError(
                _("The database “%(name)s” holds records already: name an empty one.")
                % {"name": target_settings["NAME"]}
            )
    models = list(models_with_tables())
    require_known_tables(source, models)
    report(_("Making the tables …"))
    migrate(DATABASE_URL=address)
    # Writing transactions on both: whoever saves meanwhile waits, and gets an error if it takes long.
    with transaction.atomic(), transaction.atomic(using=TARGET), target.cursor() as cursor:
        tables = ", ".join(target.ops.quote_name(model._meta.db_table) for model in models)
        # The rows that migrations have made are copied like all others, with the ids that they have here.
        cursor.execute(f"TRUNCATE {tables}")
        for model in models:
            copy_rows(model, target, cursor)
        for statement in target.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
        target.check_constraints()
        rows = {model._meta.db_table: require_same_count(model, source, target) for model in models}
    with target.cursor() as cursor:
        cursor.execute("ANALYZE")
    return rows


def connect_target(target_settings):
    if TARGET not in connections.settings:
        connections.settings[TARGET] = connections.configure_settings({"default": target_settings})["default"]
    return connections[TARGET]


def models_with_tables():
    """Yields every model that has a table, the many-to-many ones among them; each table once."""
    tables = set()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in tables:
            tables.add(model._meta.db_table)
            yield model


def require_known_tables(source, models):
    """Raises OperationError for a table that would stay behind because no model knows it."""
    known = {model._meta.db_table for model in models} | {MigrationRecorder.Migration._meta.db_table}
    with source.cursor() as cursor:
        # The search index is a virtual table: the database fills it itself.
        cursor.execute(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' "
            "AND name NOT LIKE 'sqlite^_%%' ESCAPE '^'"
        )
        unknown = sorted({name for (name,) in cursor.fetchall()} - known)
    if unknown:
        raise OperationError(
            _(
                "The table %(table)s belongs to no part of this software and would stay behind: "
                "delete it, or install what it belongs to."
            )
            % {"table": unknown[0]}
        )


def copy_rows(model, target, cursor):
    fields = model._meta.local_concrete_fields  # what it inherits lies in the table of its parent
    # A row with a file in it may be as large as all others together.
    batch = 1 if any(isinstance(field, BinaryField) for field in fields) else BATCH
    rows = (
        model._base_manager.order_by("pk").values_list(*(field.attname for field in fields)).iterator(batch)
    )
    columns = ", ".join(target.ops.quote_name(field.column) for field in fields)
    prepared = (
        [field.get_db_prep_save(value, target) for field, value in zip(fields, row, strict=True)]
        for row in rows
    )
    execute_values(
        cursor,
        f"INSERT INTO {target.ops.quote_name(model._meta.db_table)} ({columns}) VALUES %s",
        prepared,
        page_size=batch,
    )


def require_same_count(model, source, target):
    """Returns the number of rows that a table has there; OperationError if it is another than here."""
    here, there = (count_rows(connection, model._meta.db_table) for connection in (source, target))
    if there != here:
        counts = {"table": model._meta.db_table, "there": there, "here": here}
        raise OperationError(
            _("The table %(table)s has %(there)d rows there and %(here)d here: nothing was moved.") % counts
        )
    return there


def count_rows(connection, table):
    # Asked in SQL, since a manager may leave out what readers do not see.
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
        return cursor.fetchone()[0]
