"""Takes the XML of a sheet, and of the texts that sheets share, element by element."""

import math
import re
from dataclasses import dataclass, field
from decimal import Decimal

from .look import NO, Look, is_tiny
from .number_formats import section_for, sections, shown_number, shown_text
from .palette import AUTO

CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
MAX_SHEET_COLUMNS = 2**14
YES = ("1", "true", "on")
FORMULA = object()  # stands for the text of a cell that is computed, or whose computation failed
OF_CELL = None  # the colour of words that have none of their own


@dataclass
class Sheet:
    """The visible rows of a sheet: {number: {column from 0: text or FORMULA}}, and what they leave out."""

    name: str
    rows: dict = field(default_factory=dict)
    hidden_rows: list = field(default_factory=list)
    hidden_columns: set = field(default_factory=set)
    struck: set = field(default_factory=set)  # (row, column), as the following two
    partly_struck: set = field(default_factory=set)
    invisible: set = field(default_factory=set)
    merged: list = field(default_factory=list)  # (first row, first column, last row, last column)


class StopReading(Exception):
    """Ends the reading of a sheet of which enough is known."""


class Strings:
    """Reads the texts that the cells of a workbook share, as `Run.result` gives them."""

    def __init__(self, workbook, part):
        self.texts, self.run = [], Run(workbook.palette)
        if part:
            workbook.parse(part, self.start, self.end, self.run.data)

    def start(self, name, attributes, path):
        if name == "si":
            self.run.clear()
        self.run.start(name, attributes)

    def end(self, name):
        self.run.end(name)
        if name == "si":
            self.texts.append(self.run.result)


class Run:
    """Gathers the text of a cell from its runs, without those struck out and without readings aside."""

    def __init__(self, palette):
        self.palette = palette
        self.clear()

    def clear(self):
        self.pieces, self.has_struck = [], False
        self.is_text = self.is_aside = False
        self.begin_run()

    def begin_run(self):
        self.is_struck = self.is_tiny = False
        self.color = OF_CELL

    def start(self, name, attributes):
        if name == "t":
            self.is_text = True
        elif name == "r":
            self.begin_run()
        elif name == "rPr":
            self.color = AUTO
        elif name == "strike":
            self.is_struck = attributes.get("val", "1") not in NO
        elif name == "color":
            self.color = self.palette.color(attributes)
        elif name == "sz":
            self.is_tiny = is_tiny(attributes)
        elif name == "rPh":
            self.is_aside = True

    def end(self, name):
        if name == "t":
            self.is_text = False
        elif name == "r":
            self.begin_run()
        elif name == "rPh":
            self.is_aside = False

    def data(self, text):
        if self.is_text and not self.is_aside:
            if self.is_struck and text.strip():
                self.has_struck = True
            elif not self.is_struck:
                self.pieces.append((text, self.color, self.is_tiny))

    @property
    def result(self):
        """Returns the text, its pieces (text, colour, is tiny) if they have a look, and if some is struck."""
        pieces = self.pieces if any(piece[1:] != (OF_CELL, False) for piece in self.pieces) else ()
        text = "".join(piece[0] for piece in self.pieces)
        return unescaped(text), [(unescaped(first), *look) for first, *look in pieces], self.has_struck


def unescaped(text):
    return ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


class SheetReader:
    """Takes the elements of a sheet as they come."""

    def __init__(self, workbook, name, may_stop):
        self.workbook, self.may_stop = workbook, may_stop
        self.sheet, self.run = Sheet(name), Run(workbook.palette)
        self.row = self.column = -1
        self.number = 0
        self.cell = self.value = None

    def start(self, name, attributes, path):
        if name == "c":
            self.start_cell(attributes)
        elif name == "v":
            self.value = []
        elif name == "f" and self.cell is not None:
            self.has_formula = True
        elif name == "row":
            self.number = int(attributes.get("r", self.number + 1))
            self.column, self.cells = -1, {}
            is_flat = attributes.get("customHeight") in YES and float(attributes.get("ht", 1)) == 0
            self.is_hidden = attributes.get("hidden") in YES or is_flat
        elif name == "col":
            if attributes.get("hidden") in YES or float(attributes.get("width", 1)) == 0:
                first, last = int(attributes["min"]), int(attributes["max"])
                self.sheet.hidden_columns |= set(range(first - 1, min(last, MAX_SHEET_COLUMNS)))
        elif name == "mergeCell":
            self.sheet.merged.append(cell_range(attributes["ref"]))
        elif self.cell is not None:
            self.run.start(name, attributes)

    def start_cell(self, attributes):
        self.column = place_of(attributes["r"])[1] if "r" in attributes else self.column + 1
        self.cell, self.value, self.has_formula = attributes, None, False
        self.run.clear()

    def data(self, text):
        if self.value is not None:
            self.value.append(text)
        elif self.cell is not None:
            self.run.data(text)

    def end(self, name):
        if name == "v":
            self.value, self.text = None, "".join(self.value)
            self.cell["v"] = self.text
        elif name == "c":
            self.end_cell()
        elif name == "row":
            self.end_row()
        elif self.cell is not None:
            self.run.end(name)

    def end_cell(self):
        cell, self.cell = self.cell, None
        place = (self.number, self.column)
        styles, style = self.workbook.styles, int(cell.get("s", 0))
        look = styles[style] if style < len(styles) else Look()
        is_struck = look.is_struck
        self.is_rich = False
        text, has_struck = self.text_of(cell, look)
        if text and look.is_unseen and not self.is_rich:
            text, self.is_invisible = "", True
        if not text and has_struck:
            is_struck = True
        if is_struck and (text or has_struck):
            self.sheet.struck.add(place)
        elif has_struck:
            self.sheet.partly_struck.add(place)
        if text:
            self.cells[self.column] = text
        if self.is_invisible and not is_struck:
            self.sheet.invisible.add(place)

    def text_of(self, cell, look):
        """Returns the text of a cell as it is shown, and True if some of its words are struck out."""
        kind, value, code = cell.get("t", "n"), cell.get("v", ""), look.format
        self.is_invisible = False
        if self.has_formula or kind == "e":
            return FORMULA, False
        if kind == "inlineStr" or (kind in ("s", "str") and value):
            if kind == "s":
                text, pieces, has_struck = self.workbook.strings[int(value)]
            else:
                text, pieces, has_struck = self.run.result if kind == "inlineStr" else (value, (), False)
            self.is_rich = bool(pieces)
            seen = seen_of(pieces, look) if pieces else text
            shown = shown_text(seen, code).strip()
            if "[" in code and look.hides(self.workbook.palette.of_format((*sections(code), *[""] * 3)[3])):
                shown = ""
            self.is_invisible = bool(text.strip()) and (not shown or seen != text)
            return shown, has_struck
        if not value:
            return "", False
        if kind == "b":
            return "TRUE" if value in YES else "FALSE", False
        if kind == "d":
            return value.partition("T")[0], False
        number = float(value)
        if not math.isfinite(number):
            raise ValueError
        try:
            shown = shown_number(number, code, self.workbook.from_1904)
        except ValueError:
            return FORMULA, False  # the cell shows ##### or a day that there was not
        is_hidden = "[" in code and look.hides(
            self.workbook.palette.of_format(section_for(Decimal(number), code)[0])
        )
        self.is_invisible = is_hidden or not shown
        return "" if is_hidden else shown, False

    def end_row(self):
        if not self.cells:
            return
        if self.is_hidden:
            self.sheet.hidden_rows.append(self.number)
        else:
            self.sheet.rows[self.number] = self.cells
            self.may_stop(self.sheet)


def seen_of(pieces, look):
    """Returns the words of the pieces of a text that are seen in a cell of this look."""
    return "".join(
        text
        for text, color, is_tiny in pieces
        if not (is_tiny or (look.is_unseen if color is OF_CELL else look.hides(color)))
    )


def place_of(reference):
    """Returns the (row, column from 0) of a reference such as B12; ValueError if it is none."""
    match = CELL.fullmatch(reference.replace("$", ""))
    if not match:
        raise ValueError
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column - 1


def cell_name(row, column):
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def cell_range(reference):
    first, _colon, last = reference.partition(":")
    return (*place_of(first), *place_of(last or first))
