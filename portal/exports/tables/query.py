"""What may be asked of a table in an address, and what is wrong with what was asked, in a sentence."""

import re
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ConfigDict, Field, create_model

PAGE, MOST = 100, 500


def without_default(schema):
    """A key that is left out has no value at all."""
    schema.pop("default", None)


def key(meaning, **limits):
    return Field(default=None, description=meaning, json_schema_extra=without_default, **limits)


def filters_of(table):
    """A model of the table's filters; it refuses every other key."""
    keys = {
        each.name: (Literal[each.choices], key(each.meaning))
        if each.choices
        else (str, key(each.meaning, pattern=each.pattern))
        for each in table.filters
    }
    return create_model(f"{table.row_name}Filters", __config__=ConfigDict(extra="forbid"), **keys)


def page_of(table):
    """The same, with the place where a page begins and how long it may be."""
    return create_model(
        f"{table.row_name}Page",
        __base__=filters_of(table),
        after=(
            str,
            key(
                gettext_lazy("Where the page begins: “next” of the page before says it."),
                pattern=table.place_pattern,
            ),
        ),
        limit=(int, Field(PAGE, ge=1, le=MOST, description=gettext_lazy("How many rows a page may have."))),
    )


def chosen(model, given):
    """{name: value} of what an address says; pydantic's ValidationError if it says anything else."""
    return model.model_validate(given.dict()).model_dump(exclude_none=True)


def wrongs(errors, names):
    """A (name, sentence) of each error of pydantic's; `names` may be asked for."""
    return [(str(error["loc"][-1]), sentence(error, names)) for error in errors]


def sentence(error, names):
    name, context = str(error["loc"][-1]), error.get("ctx", {})
    kind = error["type"]
    if kind == "extra_forbidden":
        if not names:
            return _("“%(name)s” cannot be asked for here: this address takes nothing after “?”.") % {
                "name": name
            }
        return _("“%(name)s” cannot be asked for here; what can be: %(names)s.") % {
            "name": name,
            "names": ", ".join(names),
        }
    if kind == "literal_error":
        return _("“%(name)s” is none of the values it may have: %(values)s.") % {
            "name": name,
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
