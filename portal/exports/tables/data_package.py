"""All tables as one Frictionless Data Package (https://datapackage.org), for programs that read a table with its meaning."""

from django.conf import settings
from django.http import JsonResponse
from django.utils.translation import gettext as _

from .file_formats import CSV_TYPE
from .registry import TABLES
from .table import Kind

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TABLE_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"
DATE_PATTERN = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
TYPES = {
    Kind.ADDRESS: {"type": "string", "format": "uri"},
    Kind.DATE: {"type": "string"},
    Kind.TIME: {"type": "datetime"},
    Kind.INTEGER: {"type": "integer"},
    Kind.DECIMAL: {"type": "number"},
}


def datapackage(site):
    package = {
        "$schema": PROFILE,
        "name": "published-records",
        "title": settings.SITE_NAME,
        "description": _("Every published record, as it stands now."),
        "homepage": f"{site}/data/",
        "resources": [resource(table, site) for table in TABLES.values()],
    }
    return package | ({"licenses": [licence()]} if licence() else {})


def licence():
    """As the specification wants it: an address, or the name that a licence has there; nothing if none is on record."""
    given = settings.PORTAL_DATA_LICENCE
    return {} if not given else {"path": given} if "://" in given else {"name": given}


def resource(table, site):
    return {
        "name": table.name,
        "title": str(table.title),
        "description": str(table.holds),
        "type": "table",
        "path": f"{site}/data/{table.name}.csv",
        "format": "csv",
        "mediatype": CSV_TYPE.partition(";")[0],
        "encoding": "utf-8",
        "schema": schema(table),
    }


def schema(table):
    found = {
        "$schema": TABLE_SCHEMA,
        "fields": [field(column, column.name in table.key) for column in table.columns],
        "primaryKey": list(table.key),
    }
    if table.parents:
        found["foreignKeys"] = [
            {"fields": [name], "reference": {"resource": other, "fields": [field]}}
            for name, (other, field) in table.parents.items()
        ]
    return found


def field(column, is_key):
    constraints = {"required": True} if column.required or is_key else {}
    if column.choices:
        constraints["enum"] = list(column.choices)
    if column.kind == Kind.DATE:
        constraints["pattern"] = DATE_PATTERN
    described = {
        "name": column.name,
        "description": str(column.meaning),
        **TYPES.get(column.kind, {"type": "string"}),
    }
    return described | ({"constraints": constraints} if constraints else {})


def package_json(request):
    return JsonResponse(
        datapackage(request.build_absolute_uri("/")[:-1]),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
