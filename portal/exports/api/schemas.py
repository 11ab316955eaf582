"""What the API answers with, as its schema tells it: rows of each table, pages of rows, and problems."""

from typing import Literal

from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import Field, create_model

from ..tables.claims import FIGURE
from ..tables.data_package import DATE_PATTERN
from ..tables.table import Kind


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


def field_of(column):
    """The type of a column, and what the schema says of it. An empty value is an empty text, also where others are from a list."""
    described = {"description": column.meaning}
    if column.kind == Kind.INTEGER:
        return int, Field(**described)
    if column.kind == Kind.LIST:
        return list[str], Field(**described)
    if column.kind == Kind.FIGURES:
        return list[FIGURE_ROW], Field(**described)
    if column.choices:
        values = column.choices if column.required else ("", *column.choices)
        return Literal[values], Field(**described)
    if column.kind == Kind.DATE:
        return str, Field(pattern=f"^({DATE_PATTERN})?$", **described)
    if column.kind == Kind.DECIMAL:
        return str, Field(pattern=r"^[0-9]+(\.[0-9]+)?$", **described)
    if column.kind == Kind.TIME:
        return str, Field(json_schema_extra={"format": "date-time"}, **described)
    if column.kind == Kind.ADDRESS and column.required:
        return str, Field(json_schema_extra={"format": "uri"}, **described)
    return str, Field(**described)


FIGURE_ROW = create_model(
    "FigureOfClaim", __base__=Schema, **{column.name: field_of(column) for column in FIGURE}
)


def row_of(table):
    return create_model(
        table.row_name, __base__=Schema, **{column.name: field_of(column) for column in table.columns}
    )


def page_of_rows(table, row):
    """A page names its rows as the table is named, as the table's file does."""
    return create_model(
        f"{table.row_name}Rows",
        __base__=Schema,
        **{table.name: (list[row], Field(description=table.holds))},
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
    """Where everything is."""

    tables: list[TableLink] = Field(description=_("Every table."))
    openapi: str = Field(
        description=_("The description of this API for programs."), json_schema_extra={"format": "uri"}
    )
    documentation: str = Field(description=_("The same for people."), json_schema_extra={"format": "uri"})
