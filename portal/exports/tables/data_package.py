"""All tables as one Frictionless Data Package (https://datapackage.org), with the meaning of each field."""

from django.http import JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from organisation.block_pages import address_with
from organisation.models import site_settings
from portal.delivery.public_address import lasting_origin

from .file_formats import CSV_TYPE
from .registry import TABLES
from .table import Kind

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TABLE_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"
DATE_PATTERN = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
FIELD_TYPES = {
    Kind.ADDRESS: {"type": "string", "format": "uri"},
    # Not the specification's type "date", which knows no year or month alone.
    Kind.DATE: {"type": "string"},
    Kind.TIME: {"type": "datetime"},
    Kind.INTEGER: {"type": "integer"},
    Kind.DECIMAL: {"type": "number"},
}


def data_package(base_url):
    package = {
        "$schema": PROFILE,
        "name": "published-records",
        "title": site_settings().title,
        "description": _("Every published record, as it stands now."),
        "homepage": base_url + (address_with("OpenDataPlugin") or reverse("pages-root")),
        "resources": [resource(table, base_url) for table in TABLES.values()],
    }
    return package | ({"licenses": [licence()]} if licence() else {})


def licence():
    """Returns the licence as the specification has it: {path} of an address, or {name}; empty if unset."""
    setting = site_settings().licence
    return {} if not setting else {"path": setting} if "://" in setting else {"name": setting}


def resource(table, base_url):
    return {
        "name": table.name,
        "title": str(table.title),
        "description": str(table.description),
        "type": "table",
        "path": f"{base_url}/data/{table.name}.csv",
        "format": "csv",
        "mediatype": CSV_TYPE.partition(";")[0],
        "encoding": "utf-8",
        "schema": table_schema(table),
    }


def table_schema(table):
    schema = {
        "$schema": TABLE_SCHEMA,
        "fields": [field(column) for column in table.columns],
        "primaryKey": list(table.key),
    }
    if table.foreign_keys:
        schema["foreignKeys"] = [
            {"fields": [name], "reference": {"resource": other, "fields": [column]}}
            for name, (other, column) in table.foreign_keys.items()
        ]
    return schema


def field(column):
    constraints = {"required": True} if column.required else {}
    if values := column.values:
        constraints["enum"] = list(values)
    if column.kind == Kind.DATE:
        constraints["pattern"] = DATE_PATTERN
    descriptor = {
        "name": column.name,
        "description": str(column.meaning),
        **FIELD_TYPES.get(column.kind, {"type": "string"}),
    }
    return descriptor | ({"constraints": constraints} if constraints else {})


def package_json(request):
    return JsonResponse(
        data_package(lasting_origin(request)),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={"Cache-Control": "no-cache"},
    )
