"""The documentation of the API as a page of the site, made from its OpenAPI schema."""

from dataclasses import dataclass

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from impact.models import RegisterEntry

from .endpoints import api

STATUS_MEANINGS = {
    200: _("What was asked for."),
    304: _("Nothing has changed since the answer whose ETag was sent with If-None-Match."),
    404: _("Nothing published has this name."),
    410: _("The claim was withdrawn; the answer says when and why."),
    422: _("The address asks for something that cannot be asked for; the answer says what."),
}


@dataclass
class Parameter:
    """A parameter of an operation, with the values it may have or the pattern they follow."""

    name: str
    meaning: str
    values: list
    pattern: str


@dataclass
class Operation:
    """An operation of the API; `table` names the table whose fields the answer has."""

    anchor: str
    path: str
    summary: str
    table: str
    parameters: list
    example: str


def api_docs(request):
    paths = api.get_openapi_schema()["paths"]
    first = RegisterEntry.objects.order_by("number").values_list("number", flat=True).first()
    published = {"reference": f"E{first}" if first else ""}
    operations = [operation(path, methods["get"], published) for path, methods in paths.items()]
    return render(
        request,
        "portal/api_docs.html",
        {"api": api, "answers": STATUS_MEANINGS.items(), "operations": operations},
    )


def operation(path, schema, published):
    """Returns the operation that the OpenAPI schema has for a path.

    Its example is the path filled with the examples of its parameters, empty unless each has one; in
    `published` are those that depend on what is on record.
    """
    examples = {
        each["name"]: each.get("example", "") for each in schema["parameters"] if each["in"] == "path"
    }
    examples |= {name: value for name, value in published.items() if name in examples}
    return Operation(
        anchor=schema["operationId"],
        path=path,
        summary=schema["summary"],
        table="".join(schema.get("tags", [])),
        parameters=[parameter(each) for each in schema["parameters"]],
        example=path.format(**examples) if all(examples.values()) else "",
    )


def parameter(openapi_parameter):
    schema = openapi_parameter["schema"]
    values = schema.get("enum", [])
    if "maximum" in schema:
        values = [f"{schema['minimum']}–{schema['maximum']}"]
    return Parameter(
        openapi_parameter["name"], openapi_parameter["description"], values, schema.get("pattern", "")
    )
