"""The query parameters of a table as pydantic models, and their validation errors as sentences."""

import re
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ConfigDict, Field, create_model

PAGE_SIZE, MAX_PAGE_SIZE = 100, 500


def drop_default(schema):
    # A schema that names null as the default would offer it as a value.
    schema.pop("default", None)


def parameter(meaning, **limits):
    return Field(default=None, description=meaning, json_schema_extra=drop_default, **limits)


def filter_model(table):
    """Returns a model of the table's filters that forbids every other parameter."""
    parameters = {
        each.name: (Literal[each.choices], parameter(each.meaning))
        if each.choices
        else (str, parameter(each.meaning, pattern=each.pattern))
        for each in table.filters
    }
    return create_model(f"{table.row_name}Filters", __config__=ConfigDict(extra="forbid"), **parameters)


def page_query_model(table):
    """Returns the model of the filters with a cursor (`after`) and a page size (`limit`)."""
    return create_model(
        f"{table.row_name}Page",
        __base__=filter_model(table),
        after=(
            str,
            parameter(
                gettext_lazy("Where the page begins: “next” of the page before says it."),
                pattern=table.cursor_pattern,
            ),
        ),
        limit=(
            int,
            Field(
                PAGE_SIZE, ge=1, le=MAX_PAGE_SIZE, description=gettext_lazy("How many rows a page may have.")
            ),
        ),
    )


def filter_values(model, query):
    """Returns {name: value} of a `QueryDict`; raises pydantic's ValidationError."""
    return model.model_validate(query.dict()).model_dump(exclude_none=True)


def parameter_errors(errors, allowed):
    """Turns pydantic's errors into pairs of (parameter, sentence); `allowed` are the names of parameters."""
    return [(str(error["loc"][-1]), sentence(error, allowed)) for error in errors]


def sentence(error, allowed):
    name, context = str(error["loc"][-1]), error.get("ctx", {})
    kind = error["type"]
    if kind == "extra_forbidden":
        if not allowed:
            return _("“%(name)s” cannot be asked for here: this address takes nothing after “?”.") % {
                "name": name
            }
        return _("“%(name)s” cannot be asked for here; what can be: %(names)s.") % {
            "name": name,
            "names": ", ".join(allowed),
        }
    if kind == "literal_error":
        return _("“%(name)s” is none of the values it may have: %(values)s.") % {
            "name": name,
            # pydantic gives the values as one text: 'a', 'b' or 'c'
            "values": ", ".join(re.findall(r"'([^']*)'", context["expected"])),
        }
    if kind in ("int_parsing", "int_parsing_size"):
        return _("“%(name)s” is not a whole number.") % {"name": name}
    if kind == "less_than_equal":
        return _("“%(name)s” is at most %(most)d.") % {"name": name, "most": context["le"]}
    if kind == "greater_than_equal":
        return _("“%(name)s” is at least %(least)d.") % {"name": name, "least": context["ge"]}
    return _("“%(name)s” does not look as it should: its pattern is %(pattern)s.") % {
        "name": name,
        "pattern": context.get("pattern", ""),
    }
