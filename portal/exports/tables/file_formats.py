"""Tables as files: CSV and JSON streamed while they are read, and XLSX."""

import csv
import json
from itertools import islice

from django.http import HttpResponse, StreamingHttpResponse

from .table import CHUNK_ROWS, cells, clean_text

# A spreadsheet would run a cell that begins with one of these as a formula (CSV injection).
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")

CSV_TYPE = "text/csv; charset=utf-8"
JSON_TYPE = "application/json"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Echo:
    """A pseudo-file that lets csv.writer return each line instead of storing it."""

    def write(self, line):
        return line


def csv_lines(headings, rows):
    """Yields the lines of a CSV file, with a byte-order mark: without it Excel does not read UTF-8."""
    writer = csv.writer(Echo())
    yield "\ufeff" + writer.writerow(headings)
    for row in rows:
        yield writer.writerow([escape_formula(clean_text(cell)) for cell in row])


def escape_formula(text):
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def csv_response(name, headings, rows):
    """Returns a short table, such as that of a chart, as a CSV file."""
    return attachment(HttpResponse("".join(csv_lines(headings, rows)), content_type=CSV_TYPE), f"{name}.csv")


def csv_file(table, rows):
    lines = csv_lines([column.name for column in table.columns], (cells(table, row) for row in rows))
    return attachment(StreamingHttpResponse(in_chunks(lines), content_type=CSV_TYPE), f"{table.name}.csv")


def json_file(table, rows):
    return StreamingHttpResponse(in_chunks(json_lines(table, rows)), content_type=JSON_TYPE)


def json_lines(table, rows):
    # Written by hand around each row: json.dumps of the whole would need all rows in memory.
    yield f'{{"{table.name}": ['
    for index, row in enumerate(rows):
        yield f"{',' if index else ''}\n{json.dumps(row, ensure_ascii=False)}"
    yield "\n]}\n"


def xlsx_file(table, rows):
    from .workbook import xlsx_chunks  # not before it is used: openpyxl takes 8 MB

    return attachment(
        StreamingHttpResponse(xlsx_chunks(table, rows), content_type=XLSX_TYPE), f"{table.name}.xlsx"
    )


def in_chunks(lines):
    """Joins a few hundred lines at a time, since each chunk costs the server a call."""
    lines = iter(lines)
    while chunk := "".join(islice(lines, CHUNK_ROWS)):
        yield chunk


def attachment(response, filename):
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


FILE_FORMATS = {"csv": csv_file, "json": json_file, "xlsx": xlsx_file}
