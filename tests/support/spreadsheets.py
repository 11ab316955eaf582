"""Tables as spreadsheets save them, and the two steps in which staff import them."""

import csv
from io import BytesIO, StringIO

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from impact.models import Claim, Figure
from organisation.models import Milestone, Organisation, Source
from portal.staff.table_import.reading import read

TABLE_URL = "/admin/tables/{}/"
TABLE_COLUMNS = ("reference", "subject", "date", "value", "unit", "organisation", "title", "text")


def xlsx(*rows, formula=None):
    """Returns a workbook with these rows, and with a formula in the first cell of the second."""
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    if formula:
        workbook.active["A2"] = formula
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def csv_bytes(*rows):
    file = StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue().encode()


def dry_run(client, name, contents, file_name="a.csv"):
    """Uploads a table and returns the response that shows what it would change."""
    return client.post(TABLE_URL.format(name), {"file": SimpleUploadedFile(file_name, contents)})


def confirm(client, response, name):
    """Confirms the dry run of a response."""
    data = {"table": response.context["payload"], "seen": response.context["diff_checksum"]}
    return client.post(TABLE_URL.format(name), data, follow=True)


def error_messages(response):
    """Returns the errors by row and column, or the message about the whole file."""
    return response.context.get("errors") or [
        message for messages in response.context["form"].errors.values() for message in messages
    ]


def stored_rows():
    """Returns every value that an import could change."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Claim, Figure, Source, Milestone, Organisation)
    ]


def table_of(change, *rows):
    """Returns what is read of a workbook with these rows, after `change(workbook, its first sheet)`."""
    workbook = openpyxl.Workbook()
    for row in rows or (["reference", "subject", "date"], ["E1", "a", "1998"], ["E2", "b", "1999"]):
        workbook.active.append(row)
    change(workbook, workbook.active)
    file = BytesIO()
    workbook.save(file)
    table = read(file.getvalue(), ".xlsx", TABLE_COLUMNS, ("reference",))
    rows = dict(zip(table["numbers"], table["rows"], strict=True))
    return table["headers"], rows, [[code, *params.values()] for code, params in table["notes"]]
