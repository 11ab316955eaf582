"""The query parameters of a table as pydantic models, and their validation errors as sentences."""

import re
from functools import partial
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import AfterValidator, ConfigDict, Field, create_model
from pydantic_core import PydanticKnownError

PAGE_SIZE, MAX_PAGE_SIZE = 100, 500


def drop_default(schema):
    # A schema that names null as the default would offer it as a value.
    schema.pop("default", None)


def add_values(values, schema):
    """Adds to the schema of a key the values that it may have now, as the function returns them."""
    drop_default(schema)
    if found := values():
        schema["enum"] = list(found)


def parameter(meaning, **limits):
    return Field(default=None, description=meaning, **{"json_schema_extra": drop_default} | limits)


def definition(each):
    """Returns the (type, field) of a filter."""
    if callable(each.choices):
        check, describe = partial(check_value, each.choices), partial(add_values, each.choices)
        return Annotated[str, AfterValidator(check)], parameter(each.meaning, json_schema_extra=describe)
    if each.choices:
        return Literal[each.choices], parameter(each.meaning)
    return str, parameter(each.meaning, pattern=each.pattern)


def check_value(values, value):
    """Refuses what is none of the values of now, as pydantic refuses what is none of a fixed list."""
    if value not in (found := values()):
        raise PydanticKnownError("literal_error", {"expected": ", ".join(f"'{each}'" for each in found)})
    return value


def filter_model(table):
    """Returns a model of the table's filters that forbids every other parameter."""
    parameters = {each.name: definition(each) for each in table.filters}
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
        # pydantic gives the values as one text: 'a', 'b' or 'c'
        values = ", ".join(re.findall(r"'([^']*)'", context["expected"]))
        if not values:
            return _("“%(name)s” cannot be asked for: no value of it is on record.") % {"name": name}
        return _("“%(name)s” is none of the values it may have: %(values)s.") % {
            "name": name,
            "values": values,
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
