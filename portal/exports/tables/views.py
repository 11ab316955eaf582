from functools import cache

from django.views.decorators.http import require_safe
from pydantic import ValidationError

from portal.delivery.public_address import lasting_origin

from .file_formats import FILE_FORMATS
from .problem_details import invalid_parameters
from .query import filter_model, filter_values, parameter_errors
from .registry import TABLES


@cache  # not made before it is used: the models of all tables take 2 MB
def filters_of(table_name):
    return filter_model(TABLES[table_name])


@require_safe
def table_file(request, name, file_format):
    """Serves a table as a file: the whole of it, or the rows that pass the filters in the query."""
    table = TABLES[name]
    try:
        values = filter_values(filters_of(name), request.GET)
    except ValidationError as error:
        allowed = [each.name for each in table.filters]
        return invalid_parameters(parameter_errors(error.errors(), allowed)).response()
    response = FILE_FORMATS[file_format](table, table.rows(values, lasting_origin(request)))
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "no-cache"  # a row may be withdrawn at any moment
    return response
