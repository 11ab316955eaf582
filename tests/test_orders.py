"""Rows that readers see come in one order: each order ends with what tells any two rows apart.

Otherwise PostgreSQL gives those that are alike in an order that changes when one of them is written.
"""

import ast
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).parent.parent
ROOMS = ("organisation", "impact", "advocacy", "portal")
SEEN_BY_READERS = ("organisation", "impact", "advocacy", "portal/exports", "portal/search", "portal/pages")
# Fields that no two rows of a list share, at least not after the fields before them.
TELLING_APART = {"pk", "slug", "number", "history_id", "page__path", "language", "position", "publish_at"}


def test_the_order_of_every_model_is_total():
    assert [
        model.__name__
        for model in apps.get_models()
        if model._meta.app_label in ROOMS and model._meta.ordering and not is_total(model._meta)
    ] == []


def is_total(options):
    names = [name.lstrip("-").split("__")[0] for name in options.ordering]
    if names[-1] == "pk" or names[-1].startswith("history_") or options.get_field(names[-1]).unique:
        return True
    together = [*options.unique_together, *(each.fields for each in options.total_unique_constraints)]
    return any(set(fields) <= set(names) for fields in together)


def test_the_order_of_every_list_that_readers_see_is_total():
    assert [
        f"{file.relative_to(ROOT)}, line {line}: {last}"
        for room in SEEN_BY_READERS
        for file in sorted((ROOT / room).rglob("*.py"))
        for line, last in last_fields(file)
        if last.lstrip("-").rpartition("claim__")[2] not in TELLING_APART
    ] == []


def last_fields(file):
    """Yields (line, last field) of each call of `order_by` whose last field is written there."""
    for node in ast.walk(ast.parse(file.read_text())):
        match node:
            case ast.Call(func=ast.Attribute(attr="order_by"), args=[*_others, ast.Constant(value=last)]):
                yield node.lineno, last
