"""The rows of an uploaded table as text, whatever spreadsheet they come from; formulas are no values."""

import csv
import datetime
import json
from io import BytesIO, StringIO
from zipfile import BadZipFile

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from tablib import Dataset

from portal.exports.tables.file_formats import FORMULA_SIGNS

from ..upload import decode_text

ENDINGS = (".csv", ".xlsx")
MOST_ROWS, MOST_COLUMNS, MOST_CHARACTERS = 2_000, 40, 500_000


def table_of(contents, ending):
    """The table in a file that was let in; ValidationError, with one sentence, if it is none."""
    rows = rows_of_workbook(contents) if ending == ".xlsx" else rows_of_csv(decode_text(contents))
    return dataset_of([cut(row) for row in rows if any(text.strip() for text in row)])


def cut(row):
    """The cells of a row up to the last that is not empty, without the space around their texts."""
    texts = [text.strip() for text in row]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def dataset_of(rows):
    if len(rows) < 2:
        raise ValidationError(
            _("The table has no rows: the first row names the columns, and each further row is a record.")
        )
    if (
        len(rows) > MOST_ROWS + 1
        or len(rows[0]) > MOST_COLUMNS
        or sum(len(text) for row in rows for text in row) > MOST_CHARACTERS
    ):
        raise ValidationError(
            _(
                "The table is larger than %(rows)d rows, %(columns)d columns or %(signs)d signs: bring it in by parts."
            ),
            params={"rows": MOST_ROWS, "columns": MOST_COLUMNS, "signs": MOST_CHARACTERS},
        )
    if not all(is_text(text) for row in rows for text in row):
        raise ValidationError(_("The file holds something else than text, whatever its name says."))
    headings = [heading.lower().replace(" ", "_") for heading in rows[0]]
    if len(set(headings)) < len(headings) or "" in headings:
        raise ValidationError(
            _("Two columns have the same name, or one has none: name each column once in the first row.")
        )
    for number, row in enumerate(rows[1:], 2):
        if any(row[len(headings) :]):
            raise ValidationError(
                _(
                    "Row %(row)d has more cells than there are columns: a comma in a text may stand without quotation marks."
                ),
                params={"row": number},
            )
    width = len(headings)
    return Dataset(
        *[[plain(text) for text in (row + [""] * width)[:width]] for row in rows[1:]], headers=headings
    )


def is_text(text):
    """Whether a database keeps it: neither NUL nor half a sign."""
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def plain(text):
    """A text that was kept from being run as a formula when it went out, as it was before."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_SIGNS) else text


def rows_of_csv(text):
    sign = max(",;\t", key=text.partition("\n")[0].count)
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=sign, strict=True))
    except csv.Error as error:
        raise ValidationError(_("The table cannot be read: a quotation mark may be missing.")) from error


def rows_of_workbook(contents):
    """The cells of the first sheet as text."""
    try:
        book = openpyxl.load_workbook(BytesIO(contents), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # a sheet may say anything of its size
        cells = list(sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1))
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
    return [
        [text_of(cell, row, column) for column, cell in enumerate(line, 1)]
        for row, line in enumerate(cells, 1)
    ]


def text_of(cell, row, column):
    """A cell as a person reads it, a date to the day; ValidationError for what only a spreadsheet can work out."""
    value = cell.value
    if cell.data_type in ("f", "e"):
        raise ValidationError(
            _("Row %(row)d, column %(column)d is a formula or its error: replace it by its value."),
            params={"row": row, "column": column},
        )
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def packed(table):
    """A table as text, to be sent back with a confirmation."""
    return json.dumps([table.headers, *map(list, table)], ensure_ascii=False)


def unpacked(text):
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        rows = None
    if not isinstance(rows, list) or not all(
        isinstance(row, list) and all(isinstance(cell, str) for cell in row) for row in rows
    ):
        raise ValidationError(_("The table was lost on the way: choose the file again."))
    return dataset_of(rows)
