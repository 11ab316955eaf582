"""The API for people: its schema as a page of the site, which asks no other host for anything."""

from dataclasses import dataclass

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from .operations import api

MEANINGS = {
    200: _("What was asked for."),
    304: _("Nothing has changed since the answer whose ETag was sent with If-None-Match."),
    404: _("Nothing published has this name."),
    410: _("The claim was withdrawn; the answer says when and why."),
    422: _("The address asks for something that cannot be asked for; the answer says what."),
}


@dataclass
class Parameter:
    """A key of the address: what it chooses by, and the values it may have or the pattern they follow."""

    name: str
    meaning: str
    values: list
    pattern: str


@dataclass
class Operation:
    """One thing that can be asked. `table` names the table whose fields the answer has."""

    anchor: str
    path: str
    summary: str
    table: str
    parameters: list
    example: str


def api_docs(request):
    paths = api.get_openapi_schema()["paths"]
    operations = [operation(path, methods["get"]) for path, methods in paths.items()]
    return render(
        request, "portal/api_docs.html", {"api": api, "answers": MEANINGS.items(), "operations": operations}
    )


def operation(path, told):
    examples = {each["name"]: each.get("example", "") for each in told["parameters"] if each["in"] == "path"}
    return Operation(
        anchor=told["operationId"],
        path=path,
        summary=told["summary"],
        table="".join(told.get("tags", [])),
        parameters=[parameter(each) for each in told["parameters"]],
        example=path.format(**examples) if all(examples.values()) else "",
    )


def parameter(told):
    schema = told["schema"]
    values = schema.get("enum", [])
    if "maximum" in schema:
        values = [f"{schema['minimum']}–{schema['maximum']}"]
    return Parameter(told["name"], told["description"], values, schema.get("pattern", ""))
