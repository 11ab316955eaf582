"""Writes a table as an Excel workbook."""

import tempfile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from .table import Kind, cells

# The limits of Excel: characters in a cell, and digits of a number before it rounds.
MAX_CELL_CHARACTERS, MAX_DIGITS = 32_767, 15
CHUNK_BYTES = 64 * 1024


def xlsx_chunks(table, rows):
    """Yields the bytes of a workbook by way of the disk: a ZIP archive is complete only at its end."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(str(table.title))
    sheet.freeze_panes = "A2"
    sheet.append([text_cell(sheet, column.name) for column in table.columns])
    for row in rows:
        sheet.append(
            [
                sheet_cell(sheet, column, value)
                for column, value in zip(table.columns, cells(table, row), strict=True)
            ]
        )
    with tempfile.TemporaryFile() as file:
        workbook.save(file)
        file.seek(0)
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def sheet_cell(sheet, column, value):
    # A number of more digits than a spreadsheet keeps stays text, so that it is not rounded.
    if value and column.kind == Kind.DECIMAL and len(value.replace(".", "")) <= MAX_DIGITS:
        return float(value) if "." in value else int(value)
    return value if column.kind == Kind.INTEGER else text_cell(sheet, value)


def text_cell(sheet, value):
    """Returns a cell that stays text whatever it begins with; what does not fit ends in “…”."""
    if len(value) > MAX_CELL_CHARACTERS:
        value = f"{value[: MAX_CELL_CHARACTERS - 2]} …"
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell
