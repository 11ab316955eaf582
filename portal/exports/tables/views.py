from django.views.decorators.http import require_safe
from pydantic import ValidationError

from .file_formats import FORMS
from .problem_details import refusal
from .query import chosen, filters_of, wrongs
from .registry import TABLES

FILTERS = {name: filters_of(table) for name, table in TABLES.items()}


@require_safe
def table_file(request, name, form):
    """A table in one of its forms: the whole of it, or what the keys of the address choose."""
    table = TABLES[name]
    try:
        given = chosen(FILTERS[name], request.GET)
    except ValidationError as error:
        return refusal(wrongs(error.errors(), [each.name for each in table.filters])).response()
    response = FORMS[form](table, table.all(given, request.build_absolute_uri("/")[:-1]))
    response["Access-Control-Allow-Origin"] = "*"
    return response
