"""Reads a CSV file as a spreadsheet opens it: its encoding, its delimiter, its rows as they are numbered."""

import csv
import re
from io import StringIO
from itertools import islice

from organisation.reader_process.unreadable import Unreadable

DELIMITERS = ",;\t|"
# Excel writes this line, or obeys it, and shows it as no row.
SEPARATOR_LINE = re.compile(r"sep=(.)(?:\r\n|\r|\n|$)", re.IGNORECASE)
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# A longer cell is the rest of a file behind a quotation mark that nobody closed; Excel's hold a quarter.
MAX_CELL_SIGNS = 131_072


def decoded(contents):
    """Returns the text of a file, and the encoding that was guessed; empty if the file is sure of its own."""
    try:
        return contents.decode("utf-16" if contents.startswith(UTF16_MARKS) else "utf-8-sig"), ""
    except UnicodeDecodeError:
        if contents.startswith(UTF16_MARKS):
            raise Unreadable("letters") from None
    try:
        return contents.decode("windows-1252"), "Windows-1252"
    except UnicodeDecodeError:
        raise Unreadable("letters") from None


def delimited_rows(text, score):
    """Yields (number, {column: text}) of the rows of a CSV file.

    `score(rows)` says how well a delimiter has parted the first rows; the best is taken.
    """
    if line := SEPARATOR_LINE.match(text):
        return numbered_rows(text[line.end() :], line[1])
    line = text.partition("\n")[0]
    best = max(DELIMITERS, key=lambda sign: (score(first_rows(text, sign)), line.count(sign)))
    return numbered_rows(text, best)


def first_rows(text, delimiter, count=60):
    try:
        return list(islice(numbered_rows(text, delimiter), count))
    except Unreadable:
        return []


def numbered_rows(text, delimiter):
    csv.field_size_limit(MAX_CELL_SIGNS)
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, row in enumerate(rows, 1):
            yield number, {column: cell for column, each in enumerate(row) if (cell := each.strip())}
    except csv.Error as error:
        if "field limit" in str(error):
            raise Unreadable("long_cell", row=number + 1, signs=MAX_CELL_SIGNS) from error
        raise Unreadable("quotes", row=number + 1) from error
