"""Makes the table in an uploaded file a dataset, with sentences for what is refused or left out."""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from tablib import Dataset

from organisation.reader_process import read_in_child
from portal.exports.tables.file_formats import FORMULA_SIGNS

from . import reading

EXTENSIONS = (".csv", ".xlsx")
# A browser sends so much back with the confirmation; Django takes 2.5 MB with all fields of a form.
MAX_PAYLOAD_BYTES = 2_000_000

REFUSALS = {
    "no_rows": gettext_lazy(
        "The table has no rows: the first row names the columns, and each further row is a record."
    ),
    "too_large": gettext_lazy(
        "The table is larger than %(rows)d rows, %(columns)d columns or %(signs)d signs: "
        "bring it in by parts."
    ),
    "too_much_to_confirm": gettext_lazy(
        "The table changes more than can be confirmed at once: bring it in by parts."
    ),
    "not_text": gettext_lazy("The file holds something else than text, whatever its name says."),
    "letters": gettext_lazy("The file's letters cannot be read: save it in the encoding UTF-8."),
    "headers": gettext_lazy(
        "Two columns have the same name, or one has none: name each column once in the first row."
    ),
    "row_too_wide": gettext_lazy(
        "Row %(row)d has more cells than there are columns: "
        "a comma in a text may stand without quotation marks."
    ),
    "cell_outside": gettext_lazy(
        "The cell %(cell)s stands under no name of a column: name its column, or empty it."
    ),
    "quotes": gettext_lazy("The table cannot be read from row %(row)d: a quotation mark may be missing."),
    "long_cell": gettext_lazy(
        "Row %(row)d has a cell of more than %(signs)d signs: shorten it, "
        "or close the quotation mark that takes in what follows."
    ),
    "damaged": gettext_lazy("The file is damaged: open it in a spreadsheet and save it again."),
    "too_complex": gettext_lazy(
        "The file holds far more than a table: copy the table into a new file, and bring that in."
    ),
    "formula": gettext_lazy(
        "Row %(row)d, column %(column)d is a formula or its error: replace it by its value."
    ),
    "merged_columns": gettext_lazy(
        "The cells %(cells)s are merged over several columns: part them, so that each column has its own."
    ),
    "merged_hidden": gettext_lazy(
        "The cells %(cells)s are merged, and their first row is hidden: part them, or show the row."
    ),
    "hidden_key": gettext_lazy(
        "The column “%(column)s” is hidden, by which records are known: show it, or remove it."
    ),
}
NOTES = {
    "sheet": gettext_lazy("Read from the sheet “%(name)s”."),
    "hidden_sheets": gettext_lazy("Not read, because they are hidden: the sheets %(names)s."),
    "lines_above": gettext_lazy(
        "Left out, because they stand above the names of the columns: rows %(rows)s."
    ),
    "hidden_columns": gettext_lazy("Left out, because they are hidden or struck out: the columns %(names)s."),
    "hidden_rows": gettext_lazy("Left out, because they are hidden or filtered out: rows %(rows)s."),
    "struck_rows": gettext_lazy("Left out, because they are struck out: rows %(rows)s."),
    "struck_cells": gettext_lazy("Read as empty, because they are struck out: the cells %(cells)s."),
    "partly_struck": gettext_lazy("Read without the words that are struck out: the cells %(cells)s."),
    "invisible": gettext_lazy(
        "Read without words that nobody sees, because of their format or colour: the cells %(cells)s."
    ),
    "merged": gettext_lazy("Merged cells speak for all their rows: %(cells)s."),
    "encoding": gettext_lazy(
        "The file is not in UTF-8 and was read as %(encoding)s: check letters with accents."
    ),
}
MAX_NAMED = 30  # of the places that a note names


def read_table(contents, extension, columns, keys=()):
    """Returns the dataset in a checked file, with `numbers` of its rows and `notes`; see `reading.read`."""
    arguments = {"extension": extension, "columns": list(columns), "keys": list(keys)}
    table = read_in_child(reading.__name__, contents, REFUSALS, **arguments)
    rows = [[unescape_formula(cell) for cell in row] for row in table["rows"]]
    dataset = build_dataset(table["headers"], rows, table["numbers"])
    dataset.notes = [sentence(code, params) for code, params in table["notes"]]
    return dataset


def refusal(code, **params):
    return ValidationError(REFUSALS[code], code=code, params=params)


def sentence(code, params):
    texts = {}
    for name, value in params.items():
        if isinstance(value, list):
            more = ["…"] if len(value) > MAX_NAMED else []
            value = ", ".join([*value[:MAX_NAMED], *more])
        texts[name] = value
    return NOTES[code] % texts


def build_dataset(headers, rows, numbers):
    if not all(is_storable(cell) for row in (headers, *rows) for cell in row):
        raise refusal("not_text")
    dataset = Dataset(*rows, headers=headers)
    dataset.numbers, dataset.notes = numbers, []
    return dataset


def is_storable(text):
    # PostgreSQL refuses NUL, and UTF-8 cannot encode lone surrogates, which JSON can hold.
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def unescape_formula(text):
    """Removes the apostrophe that the export puts before a text that a spreadsheet would run as a formula."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_SIGNS) else text


def serialise(dataset, numbers):
    """Returns the rows of these numbers, compressed, which the browser sends back with the confirmation."""
    rows = [[number, *row] for number, row in zip(dataset.numbers, dataset, strict=True) if number in numbers]
    text = json.dumps([dataset.headers, *rows], ensure_ascii=False, separators=(",", ":"))
    payload = urlsafe_b64encode(zlib.compress(text.encode())).decode()
    if len(payload) > MAX_PAYLOAD_BYTES:
        raise refusal("too_much_to_confirm")
    return payload


def too_large():
    return refusal(
        "too_large", rows=reading.MAX_ROWS, columns=reading.MAX_COLUMNS, signs=reading.MAX_CHARACTERS
    )


def deserialise(payload):
    """Returns the dataset of a payload; it is not signed, so it is checked like an uploaded file."""
    try:
        inflate = zlib.decompressobj()
        # The signs of a table take up to four bytes each, with those of JSON around them.
        text = inflate.decompress(urlsafe_b64decode(payload), 5 * reading.MAX_CHARACTERS)
        [headers, *rows] = json.loads(text) if inflate.eof else []
        numbers = [row.pop(0) for row in rows]
        is_table = len(set(headers)) == len(headers) and all(
            isinstance(cell, str) for row in (headers, *rows) for cell in row
        )
        is_table &= all(isinstance(each, int) for each in numbers) and all(
            len(row) == len(headers) for row in rows
        )
    except (ValueError, TypeError, AttributeError, IndexError, RecursionError, zlib.error):
        is_table = False
    if not is_table:
        raise ValidationError(_("The table was lost on the way: choose the file again."))
    size = sum(len(cell) for row in rows for cell in row)
    if len(rows) > reading.MAX_ROWS or len(headers) > reading.MAX_COLUMNS or size > reading.MAX_CHARACTERS:
        raise too_large()
    return build_dataset(headers, rows, numbers)
