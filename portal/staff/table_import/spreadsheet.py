"""Reads an uploaded CSV file or Excel workbook into a table of text; formulas are refused."""

import csv
import datetime
import json
from io import BytesIO, StringIO
from itertools import islice
from zipfile import BadZipFile

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from openpyxl.cell.read_only import EMPTY_CELL
from tablib import Dataset

from portal.exports.tables.file_formats import FORMULA_SIGNS

from ..upload import decode_text

EXTENSIONS = (".csv", ".xlsx")
MAX_ROWS, MAX_COLUMNS, MAX_CHARACTERS = 2_000, 40, 500_000
MAX_SHEET_ROWS = 1_048_576  # of Excel; a file may declare that a row has any number


def read_table(contents, extension):
    """Returns the dataset in a checked file; ValidationError if it holds no table."""
    rows = workbook_rows(contents) if extension == ".xlsx" else csv_rows(decode_text(contents))
    filled = (strip_row(row) for row in rows if any(cell.strip() for cell in row))
    return build_dataset(list(islice(filled, MAX_ROWS + 2)))  # a row too many is refused, never left out


def strip_row(row):
    """Returns the cells of a row without the space around them, up to the last that is not empty."""
    cells = [cell.strip() for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def build_dataset(rows):
    """Returns the dataset of rows of text whose first names the columns; ValidationError if it is none."""
    if len(rows) < 2:
        raise ValidationError(
            _("The table has no rows: the first row names the columns, and each further row is a record.")
        )
    if (
        len(rows) > MAX_ROWS + 1
        or len(rows[0]) > MAX_COLUMNS
        or sum(len(cell) for row in rows for cell in row) > MAX_CHARACTERS
    ):
        raise ValidationError(
            _(
                "The table is larger than %(rows)d rows, %(columns)d columns or %(signs)d signs: "
                "bring it in by parts."
            ),
            params={"rows": MAX_ROWS, "columns": MAX_COLUMNS, "signs": MAX_CHARACTERS},
        )
    if not all(is_storable(cell) for row in rows for cell in row):
        raise ValidationError(_("The file holds something else than text, whatever its name says."))
    headers = [heading.lower().replace(" ", "_") for heading in rows[0]]
    if len(set(headers)) < len(headers) or "" in headers:
        raise ValidationError(
            _("Two columns have the same name, or one has none: name each column once in the first row.")
        )
    width = len(headers)
    for number, row in enumerate(rows[1:], 2):
        if any(row[width:]):
            raise ValidationError(
                _(
                    "Row %(row)d has more cells than there are columns: "
                    "a comma in a text may stand without quotation marks."
                ),
                params={"row": number},
            )
    return Dataset(
        *[[unescape_formula(cell) for cell in (row + [""] * width)[:width]] for row in rows[1:]],
        headers=headers,
    )


def is_storable(text):
    # PostgreSQL refuses NUL, and UTF-8 cannot encode lone surrogates, which JSON can hold.
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def unescape_formula(text):
    """Removes the apostrophe that the export puts before a text that a spreadsheet would run as a formula."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_SIGNS) else text


def csv_rows(text):
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise ValidationError(_("The table cannot be read: a quotation mark may be missing.")) from error


def workbook_rows(contents):
    """Yields the cells of the first worksheet as text, row by row; some rows that are empty are left out."""
    try:
        workbook = openpyxl.load_workbook(
            BytesIO(contents), read_only=True, data_only=False, keep_links=False
        )
        worksheet = workbook.worksheets[0]
        worksheet.reset_dimensions()  # the file may declare any size, to which openpyxl would pad
        rows = worksheet.iter_rows(max_row=MAX_SHEET_ROWS, max_col=MAX_COLUMNS + 1)
        for row_number, row in enumerate(rows, 1):
            if any(cell is not EMPTY_CELL for cell in row):
                yield [cell_text(cell, row_number, number) for number, cell in enumerate(row, 1)]
    # What openpyxl raises for the many ways in which a workbook can be malformed.
    except (
        BadZipFile,
        KeyError,
        ValueError,
        IndexError,
        TypeError,
        AttributeError,
        SyntaxError,
        OSError,
    ) as error:
        raise ValidationError(
            _("The file is damaged: open it in a spreadsheet and save it again.")
        ) from error


def cell_text(cell, row_number, column_number):
    """Returns a cell as a person reads it, a date to the day; ValidationError for a formula or an error."""
    value = cell.value
    if cell.data_type in ("f", "e"):
        raise ValidationError(
            _("Row %(row)d, column %(column)d is a formula or its error: replace it by its value."),
            params={"row": row_number, "column": column_number},
        )
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def serialise(dataset):
    """Returns a dataset as JSON, which the browser sends back with the confirmation."""
    return json.dumps([dataset.headers, *map(list, dataset)], ensure_ascii=False)


def deserialise(payload):
    """Returns the dataset of a payload; it is not signed, so it is checked like an uploaded file."""
    try:
        rows = json.loads(payload)
    except (ValueError, RecursionError):
        rows = None
    if not isinstance(rows, list) or not all(
        isinstance(row, list) and all(isinstance(cell, str) for cell in row) for row in rows
    ):
        raise ValidationError(_("The table was lost on the way: choose the file again."))
    return build_dataset(rows)
