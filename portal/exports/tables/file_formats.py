"""Tables as files: CSV and JSON written while they are read, and XLSX."""

import csv
import json
import tempfile
from itertools import islice

from django.http import HttpResponse, StreamingHttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from .table import AT_ONCE, Kind, plain

# A spreadsheet would run a cell that begins with one of these as a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
# What a spreadsheet can hold: letters in a cell, and digits of a number before it rounds.
LONGEST_CELL, MOST_DIGITS = 32_767, 15
PORTION = 64 * 1024

CSV_TYPE = "text/csv; charset=utf-8"
JSON_TYPE = "application/json"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Line:
    """A file for csv.writer that gives back what is written to it."""

    def write(self, line):
        return line


def csv_lines(headings, rows):
    """UTF-8 with a byte-order mark, so that spreadsheets read its letters."""
    writer = csv.writer(Line())
    yield "\ufeff" + writer.writerow(headings)
    for row in rows:
        yield writer.writerow([safe(plain(cell)) for cell in row])


def safe(text):
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def csv_response(name, headings, rows):
    """A short table, such as that of a chart, as a CSV file."""
    return attachment(HttpResponse("".join(csv_lines(headings, rows)), content_type=CSV_TYPE), f"{name}.csv")


def csv_file(table, rows):
    lines = csv_lines([column.name for column in table.columns], (cells(table, row) for row in rows))
    return attachment(StreamingHttpResponse(in_portions(lines), content_type=CSV_TYPE), f"{table.name}.csv")


def json_file(table, rows):
    return StreamingHttpResponse(in_portions(json_lines(table, rows)), content_type=JSON_TYPE)


def json_lines(table, rows):
    yield f'{{"{table.name}": ['
    for number, row in enumerate(rows):
        yield f"{',' if number else ''}\n{json.dumps(row, ensure_ascii=False)}"
    yield "\n]}\n"


def xlsx_file(table, rows):
    return attachment(
        StreamingHttpResponse(xlsx_bytes(table, rows), content_type=XLSX_TYPE), f"{table.name}.xlsx"
    )


def xlsx_bytes(table, rows):
    """A ZIP archive has to be finished before it can be sent, so it waits on the disk."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(str(table.title))
    sheet.freeze_panes = "A2"
    sheet.append([text_cell(sheet, column.name) for column in table.columns])
    for row in rows:
        sheet.append(
            [sheet_cell(sheet, column, value) for column, value in zip(table.columns, cells(table, row))]
        )
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while portion := file.read(PORTION):
            yield portion


def sheet_cell(sheet, column, value):
    if column.kind == Kind.DECIMAL and len(value.replace(".", "")) <= MOST_DIGITS:
        return float(value) if "." in value else int(value)
    return value if column.kind == Kind.INTEGER else text_cell(sheet, value)


def text_cell(sheet, value):
    """Text whatever it begins with; what does not fit ends in a sign that there is more at the row's address."""
    cell = WriteOnlyCell(sheet, value if len(value) <= LONGEST_CELL else f"{value[: LONGEST_CELL - 2]} …")
    cell.data_type = "s"
    return cell


def cells(table, row):
    return [column.cell(row[column.name]) for column in table.columns]


def in_portions(lines):
    """A few hundred lines at a time: each portion costs the server a call."""
    lines = iter(lines)
    while portion := "".join(islice(lines, AT_ONCE)):
        yield portion


def attachment(response, filename):
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


FORMS = {"csv": csv_file, "json": json_file, "xlsx": xlsx_file}
