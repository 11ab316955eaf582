"""The schemas of what the API answers: rows of each table, pages of rows, and problem details.

The OpenAPI document shows the names and the docstrings of these classes, so both are part of the API.
"""

from functools import partial
from typing import Literal

from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import ConfigDict, Field, create_model

from ..tables.data_package import DATE_PATTERN
from ..tables.figures import FIGURE_COLUMNS
from ..tables.table import Kind


# Programs that were generated from the OpenAPI document know it by this name.
class Wrong(Schema):
    parameter: str = Field(description=_("The key of the address that is wrong."))
    detail: str = Field(description=_("What is wrong with it."))


class ProblemDetails(Schema):
    """An error, as RFC 9457 has it."""

    type: str = Field(description=_("Always about:blank: the status says of what kind the error is."))
    title: str = Field(description=_("The name of the status."))
    status: int = Field(description=_("The status of the answer."))
    detail: str = Field(description=_("What went wrong, in a sentence."))
    errors: list[Wrong] | None = Field(None, description=_("What is wrong with which key of the address."))


def add_values(column, schema):
    """Adds to the schema of a column the values of now."""
    schema["enum"] = [*([] if column.required else [""]), *column.values]


def field_definition(column):
    """Returns the (type, field) of a column.

    A value that is not on record is "", also where the other values are from a list.
    """
    options = {"description": column.meaning}
    if column.kind == Kind.INTEGER:
        return int, Field(**options)
    if column.kind == Kind.LIST:
        return list[str], Field(**options)
    if column.kind == Kind.FIGURES:
        return list[FIGURE_MODEL], Field(**options)
    if callable(column.choices):
        return str, Field(json_schema_extra=partial(add_values, column), **options)
    if column.choices:
        values = column.choices if column.required else ("", *column.choices)
        return Literal[values], Field(**options)
    if column.kind == Kind.DATE:
        return str, Field(pattern=f"^({DATE_PATTERN})?$", **options)
    if column.kind == Kind.DECIMAL:
        number = r"-?[0-9]+(\.[0-9]+)?"
        return str, Field(pattern=rf"^{number}$" if column.required else rf"^({number})?$", **options)
    if column.kind == Kind.TIME:
        return str, Field(json_schema_extra={"format": "date-time"}, **options)
    if column.kind == Kind.ADDRESS and column.required:
        return str, Field(json_schema_extra={"format": "uri"}, **options)
    return str, Field(**options)


def model_of(name, columns):
    return create_model(
        name, __base__=Schema, **{column.name: field_definition(column) for column in columns}
    )


FIGURE_MODEL = model_of("FigureOfClaim", FIGURE_COLUMNS)


def row_model(table):
    return model_of(table.row_name, table.columns)


def page_model(table, row):
    """Returns the model of a page: its rows under the name of the table, as in the table's JSON file."""
    return create_model(
        f"{table.row_name}Rows",
        __base__=Schema,
        **{table.name: (list[row], Field(description=table.description))},
        next=(
            str | None,
            Field(
                None,
                description=_("The address of the next page; null on the last."),
                json_schema_extra={"format": "uri"},
            ),
        ),
    )


class TableLink(Schema):
    name: str = Field(description=_("The name of the table."))
    title: str = Field(description=_("What it is called."))
    holds: str = Field(description=_("What it holds."))
    address: str = Field(description=_("Where its rows are."), json_schema_extra={"format": "uri"})


class Tables(Schema):
    model_config = ConfigDict(json_schema_extra={"description": "Where everything is."})

    tables: list[TableLink] = Field(description=_("Every table."))
    openapi: str = Field(
        description=_("The description of this API for programs."), json_schema_extra={"format": "uri"}
    )
    documentation: str = Field(description=_("The same for people."), json_schema_extra={"format": "uri"})
