"""Writes the rows of a site into a file, and reads them into tables as they were in that version."""

import json
from base64 import b64encode
from datetime import date, time
from decimal import Decimal
from pathlib import Path

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

FOLDER = Path(__file__).parent
# Logins of a moment, and their counts: a site has them again as soon as somebody logs in.
LEFT_OUT = {"sessions.session", "portal.attempt"}


def versions():
    """Returns the versions of which there is a database, in the order of their names."""
    return sorted(file.stem for file in FOLDER.glob("*.json"))


def read(version):
    return json.loads((FOLDER / f"{version}.json").read_text(encoding="utf-8"))


def write(version):
    """Writes every row of the connected database, one a line, so that people can read what is there."""
    leaves = dict(sorted(MigrationExecutor(connection).loader.graph.leaf_nodes()))
    rows = {label: rows_of(model) for label, model in models_of(apps).items() if label not in LEFT_OUT}
    tables = ",\n".join(table_as_text(label, *table) for label, table in rows.items())
    head = f'"version": {as_json(version)},\n"migrations": {json.dumps(leaves, indent=1)}'
    text = f'{{{head},\n"tables": {{\n{tables}\n}}}}\n'
    (FOLDER / f"{version}.json").write_text(text, encoding="utf-8")


def table_as_text(label, fields, rows):
    lines = ",\n".join(map(as_json, rows))
    return f'{as_json(label)}: {{"fields": {as_json(fields)}, "rows": [\n{lines}\n]}}'


def as_json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=as_text)


def as_text(value):
    if isinstance(value, (date, time)):  # a moment is a date, too
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return b64encode(value).decode()  # as a field of bytes takes them
    raise TypeError(f"{value!r} has no form in a file: give it one.")


def rows_of(model):
    """Returns the names of a model's columns, and its rows in the order of their keys."""
    names = [field.attname for field in model._meta.local_concrete_fields]
    # What it inherits lies in the table of its parent, which has rows of its own.
    return names, list(model._base_manager.order_by("pk").values_list(*names))


def models_of(registry):
    """Returns {label: model} of the models that have a table, of this version or of another."""
    models = registry.get_models(include_auto_created=True)
    return {
        model._meta.label_lower: model
        for model in sorted(models, key=lambda model: model._meta.label_lower)
        if model._meta.managed and not model._meta.proxy
    }


def make_tables(version):
    """Migrates an empty database as far as a version goes; returns the models of that version."""
    executor = MigrationExecutor(connection)
    targets = list(read(version)["migrations"].items())
    executor.migrate(targets)
    return models_of(executor.loader.project_state(targets).apps)


def load(version):
    """Fills the connected database with the tables and the rows of a version."""
    models, tables = make_tables(version), read(version)["tables"]
    with transaction.atomic(), connection.cursor() as cursor:
        # Migrations have made rows that the site had, too.
        for model in models.values():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
        for label, table in tables.items():
            insert(cursor, models[label], table["fields"], table["rows"])
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models.values())):
            cursor.execute(statement)


def insert(cursor, model, names, rows):
    fields = [next(each for each in model._meta.local_fields if each.attname == name) for name in names]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    signs = ", ".join(["%s"] * len(fields))
    cursor.executemany(
        f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({columns}) VALUES ({signs})",
        [
            [
                field.get_db_prep_save(field.to_python(value), connection)
                for field, value in zip(fields, row, strict=True)
            ]
            for row in rows
        ],
    )
