"""Reads the bytes of a CSV file or an Excel workbook into rows of plain text; it knows no Django.

`read` returns what a process of its own can hand back: {"sheet": its name, "headers": names, "numbers": those
of the rows as a spreadsheet shows them, "rows": lists of text, "notes": [code, parameters] of what differs
from the file}.
"""

from organisation.reader_process.unreadable import Unreadable

from ..document_import.readers.signs import INVISIBLE
from .delimited import decoded, delimited_rows
from .sheet import FORMULA, Sheet, StopReading, cell_name
from .workbook import MALFORMED, Workbook

MAX_ROWS, MAX_COLUMNS, MAX_CHARACTERS = 20_000, 40, 4_000_000
# The row that names the columns stands within so many rows; titles and remarks may come before it.
HEADER_WITHIN = 50


def read(contents, extension, columns, keys=()):
    """Returns the table whose header names some of the columns; Unreadable if there is none.

    `keys` are the columns by which a record is known: a row without them would be another record.
    """
    notes = []
    if extension == ".xlsx":
        sheet = workbook_sheet(contents, columns, notes)
    else:
        sheet = Sheet("")
        text, encoding = decoded(contents)
        if encoding:
            notes.append(["encoding", {"encoding": encoding}])
        for number, cells in delimited_rows(text, lambda rows: header_score(dict(rows), columns)):
            if cells:
                sheet.rows[number] = cells
                check_row_count(sheet)
    return Table(sheet, columns, keys, notes).as_plain()


def check_row_count(sheet):
    if len(sheet.rows) > MAX_ROWS + HEADER_WITHIN:
        raise too_large()


def too_large():
    return Unreadable("too_large", rows=MAX_ROWS, columns=MAX_COLUMNS, signs=MAX_CHARACTERS)


def workbook_sheet(contents, columns, notes):
    """Returns the first visible sheet that holds the columns, else the first that has any cells."""
    try:
        workbook, best, best_score = Workbook(contents), None, -1
        for name, state, part in workbook.sheets:
            if state == "visible":
                sheet = workbook.sheet(name, part, stop_without_header(columns))
                score = header_score(sheet.rows, columns)
                if sheet.rows and score > best_score:
                    best, best_score = sheet, score
                if score > 1.5:
                    break
    except MALFORMED as error:
        raise Unreadable("damaged") from error
    if best is None:
        raise Unreadable("no_rows")
    if len(workbook.sheets) > 1:
        notes.append(["sheet", {"name": best.name}])
    if hidden := [name for name, state, _part in workbook.sheets if state != "visible"]:
        notes.append(["hidden_sheets", {"names": hidden}])
    return best


def stop_without_header(columns):
    """Returns what ends the reading of a sheet whose first rows do not name the columns."""

    def may_stop(sheet):
        check_row_count(sheet)
        if len(sheet.rows) == HEADER_WITHIN and header_score(sheet.rows, columns) <= 1:
            raise StopReading

    return may_stop


def heading(text):
    return "" if text is FORMULA else "_".join(INVISIBLE.sub("", text).lower().split())


def known_count(cells, columns):
    return len({heading(text) for text in cells.values()} & set(columns))


def header_row(rows, columns):
    """Returns the number of the row that names the columns: most likely the first that names two of them."""
    first = [(number, cells) for number, cells in list(rows.items())[:HEADER_WITHIN] if cells]
    counts = [(number, known_count(cells, columns), len(cells)) for number, cells in first]
    for fits in (
        lambda known, cells: known > 1,
        lambda known, cells: known == cells,
        lambda known, cells: known,
        lambda known, cells: True,
    ):
        for number, known, cells in counts:
            if fits(known, cells):
                return number
    return None


def header_score(rows, columns):
    """Returns how many columns the header of rows names; for one alone it counts if it is all of a row."""
    number = header_row(rows, columns)
    if number is None:
        return 0
    known = known_count(rows[number], columns)
    return 1.5 if known == len(rows[number]) == 1 else known


class Table:
    """A sheet with a header: leaves out what a person does not see, and notes it."""

    def __init__(self, sheet, columns, keys, notes):
        self.sheet, self.columns, self.keys, self.notes = sheet, columns, keys, notes
        self.is_workbook = bool(sheet.name)
        if not sheet.rows:
            raise Unreadable("no_rows")
        self.header = header_row(sheet.rows, columns)
        self.first = self.header + 1
        sheet.hidden_columns |= {column for row, column in sheet.struck if row == self.header}
        self.names = self.header_names()
        self.fill_merged()

    def header_names(self):
        """Returns {column: name} of the columns that are seen and used."""
        cells = {column: heading(text) for column, text in self.sheet.rows[self.header].items()}
        names = {column: name for column, name in cells.items() if column not in self.sheet.hidden_columns}
        hidden = [name for column, name in cells.items() if column in self.sheet.hidden_columns]
        if lost := [name for name in hidden if name in self.keys and name not in names.values()]:
            raise Unreadable("hidden_key", column=lost[0])
        if hidden:
            self.notes.append(["hidden_columns", {"names": hidden}])
        if len(names) > MAX_COLUMNS:
            raise too_large()
        if len(set(names.values())) < len(names) or "" in names.values():
            raise Unreadable("headers")
        if above := [number for number in self.sheet.rows if number < self.header]:
            self.notes.append(["lines_above", {"rows": ranges(above)}])
        return names

    def fill_merged(self):
        """Lets each merged cell speak for all its rows; Unreadable if it speaks for two columns."""
        rows, filled, told = self.sheet.rows, {}, []
        last_row, area = max(rows), 0
        for top, left, bottom, right in self.sheet.merged:
            if top == self.header:
                self.first = max(self.first, bottom + 1)
            named = [column for column in self.names if left <= column <= right]
            if bottom < self.first or top > last_row or not named:
                continue
            name = f"{cell_name(top, left)}:{cell_name(bottom, right)}"
            if right > left and (len(named) > 1 or left not in self.names):
                raise Unreadable("merged_columns", cells=name)
            if top in self.sheet.hidden_rows:
                raise Unreadable("merged_hidden", cells=name)
            text = rows.get(top, {}).get(left)
            area += min(bottom, last_row) - top
            if area > MAX_ROWS * MAX_COLUMNS:
                raise Unreadable("damaged")
            for number in range(top + 1, min(bottom, last_row) + 1):
                if text and number in rows:
                    filled.setdefault(number, {})[left] = text
                    if (top, left) in self.sheet.struck:
                        self.sheet.struck.add((number, left))
            told += [name] if text and bottom > top else []
        for number, cells in filled.items():
            rows[number] |= cells
        if told:
            self.notes.append(["merged", {"cells": told}])

    def as_plain(self):
        numbers, rows, struck_rows, struck_cells = [], [], [], []
        for number, cells in self.sheet.rows.items():
            if number < self.first:
                continue
            seen = {column: text for column, text in cells.items() if column not in self.sheet.hidden_columns}
            if beyond := seen.keys() - self.names.keys():
                self.refuse_beyond(number, min(beyond))
            struck = {column for column in seen if (number, column) in self.sheet.struck}
            if struck and (struck >= seen.keys() or any(self.names[each] in self.keys for each in struck)):
                struck_rows.append(number)
                continue
            struck_cells += [cell_name(number, column) for column in sorted(struck)]
            if not (kept := {column: text for column, text in seen.items() if column not in struck}):
                continue
            self.check_formulas(number, kept)
            numbers.append(number)
            rows.append([kept.get(column, "") for column in self.names])
        if len(rows) > MAX_ROWS or sum(len(cell) for row in rows for cell in row) > MAX_CHARACTERS:
            raise too_large()
        self.note_unseen(struck_rows, struck_cells)
        if not rows:
            raise Unreadable("no_rows")
        return {
            "sheet": self.sheet.name,
            "headers": list(self.names.values()),
            "numbers": numbers,
            "rows": rows,
            "notes": self.notes,
        }

    def refuse_beyond(self, number, column):
        """Raises Unreadable for a cell under no name."""
        if column < max(self.names, default=0):
            raise Unreadable("headers")
        if self.is_workbook:
            raise Unreadable("cell_outside", cell=cell_name(number, column))
        raise Unreadable("row_too_wide", row=number)

    def check_formulas(self, number, cells):
        for column, text in cells.items():
            if text is FORMULA:
                raise Unreadable("formula", row=number, column=column + 1)

    def note_unseen(self, struck_rows, struck_cells):
        def named_cells(places):
            return [
                cell_name(number, column)
                for number, column in sorted(places)
                if number >= self.first and column in self.names
            ]

        hidden = [number for number in self.sheet.hidden_rows if number >= self.first]
        for code, params in (
            ("hidden_rows", {"rows": ranges(hidden)}),
            ("struck_rows", {"rows": ranges(struck_rows)}),
            ("struck_cells", {"cells": struck_cells}),
            ("partly_struck", {"cells": named_cells(self.sheet.partly_struck)}),
            ("invisible", {"cells": named_cells(self.sheet.invisible)}),
        ):
            if any(params.values()):
                self.notes.append([code, params])


def ranges(numbers):
    """Returns sorted numbers as text, those in a row as a range: ["2", "4–7"]."""
    spans = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return [str(first) if first == last else f"{first}–{last}" for first, last in spans]
