"""Tables that leave the site as CSV files."""

import csv

from django.http import HttpResponse

# A spreadsheet would run a cell that begins with one of these as a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def csv_response(name, headings, rows):
    """A CSV file in UTF-8 with a byte-order mark, so that spreadsheets read its letters."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(response)
    writer.writerow(headings)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return response


def safe(cell):
    cell = str(cell)
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
