"""Reads tables of figures by period: each row becomes a claim with a figure for each of its cells."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from impact.numbers import read_number

from ..readers.shape import CAPTION, ROW
from .dates import find_dates
from .figures import FigureMatch
from .suggestion import CLAIM, Suggestion

MAX_LABEL = 100  # what the column of `Figure` holds
# How an empty cell is written.
ABSENT = re.compile(r"[-–—.·…]*|n\.? ?/?[ad]\.?", re.IGNORECASE)
CAPTION_NUMBER = re.compile(r"^(?:table|tableau|figure|graphique)\s\d+[a-z]?\s?[.:–—-]?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class TableFigure(FigureMatch):
    """A figure of a cell, with its column and the period it is of, in words and in ISO 8601."""

    column: int = 0
    period: str = ""
    date: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table: the words over it, and the period they or the caption name."""

    words: str
    period: str  # its words; empty where the caption names it
    date: str


class Table:
    """A table of a text: its caption, the rows that head it, and those with numbers."""

    def __init__(self, text, blocks, indexes, patterns):
        self.text, self.patterns = text, patterns
        self.rows = {index: cells_by_column(text, blocks[index]) for index in indexes}
        self.caption = next(
            (
                blocks[index]
                for index in (indexes[0] - 1, indexes[-1] + 1)
                if 0 <= index < len(blocks) and blocks[index].kind == CAPTION
            ),
            None,
        )
        self.headings = blocks[indexes[0]].headings
        self.head = []
        for index in indexes:
            if any(self.is_number(*cell) for cell in self.rows[index].values()):
                break
            self.head.append(index)
        self.head_blocks = [blocks[index] for index in self.head]

    def is_number(self, start, end):
        words = self.text[start:end].strip()
        return bool(re.match(r"[£$€¥]? ?\d", words)) and not period_in(words, self.patterns)

    def title(self):
        """Returns the words of the caption without its number; empty if there is none."""
        return CAPTION_NUMBER.sub("", " ".join(self.caption.text.split())) if self.caption else ""

    def date(self):
        """Returns the one date of the caption, or else of the heading over the table; empty if none."""
        for words in (self.title(), self.headings[-1].text if self.headings else ""):
            dates = {date for _start, _end, date in find_dates(words, 0, len(words))}
            if dates:
                return dates.pop() if len(dates) == 1 else ""
        return ""

    def columns(self):
        """Returns {number, from 0: column} of the columns of figures that have a date."""
        columns, date = {}, self.date()
        for number in sorted({number for index in self.head for number in self.rows[index]} - {0}):
            words, period, period_date = [], "", ""
            for index in self.head:
                if place := self.cell_over(number, index):
                    cell = " ".join(self.text[slice(*place)].split())
                    found = period_in(cell, self.patterns)
                    period, period_date = (cell, found) if found else (period, period_date)
                    words.append(cell)
            if period_date or date and not any(find_dates(each, 0, len(each)) for each in words):
                columns[number] = Column(", ".join(words), period, period_date or date)
        return columns

    def cell_over(self, number, index):
        """Returns the place of the cell that heads a column in a row; a merged cell heads several.

        Of a cell that spans columns the others are empty, and a row below it has words for each of them.
        """
        row = self.rows[index]
        is_headed_below = any(number in self.rows[lower] for lower in self.head if lower > index)
        if number not in row and is_headed_below:
            number = max((each for each in row if 0 < each < number), default=number)
        return row.get(number)


def table_suggestions(text, blocks, patterns):
    """Returns {index of a block: its suggestion} of the rows of tables whose figures have a date."""
    suggestions = {}
    for indexes in tables_of(blocks):
        table = Table(text, blocks, indexes, patterns)
        columns, above = table.columns(), {}
        for index in indexes[len(table.head) :]:
            row = table.rows[index]
            suggestion = row_suggestion(table, row, columns) if columns else pair_suggestion(table, row)
            if not suggestion:
                continue
            if columns and patterns.TOTAL.search(suggestion.match):
                suggestion.remark = wrong_sums(suggestion, above)
                above = {}
            for figure in suggestion.figures if not suggestion.remark else ():
                above.setdefault(figure.column, []).append(figure.value)
            suggestions[index] = suggestion
    return suggestions


def tables_of(blocks):
    """Yields the indexes of the blocks of each table."""
    rows = []
    for index, block in enumerate(blocks):
        if rows and (block.kind != ROW or block.number != blocks[rows[-1]].number):
            yield rows
            rows = []
        if block.kind == ROW and block.number:
            rows.append(index)
    if rows:
        yield rows


def cells_by_column(text, block):
    """Returns {column, from 0: (start, end)} of the cells of a row that are not empty."""
    line_start = text.rfind("\n", 0, block.start) + 1
    return {text.count("\t", line_start, start): (start, end) for start, end, _is_header in block.cells}


def period_in(words, patterns):
    """Returns the end of the period that words name, in ISO 8601 of reduced precision; empty if none."""
    words = words.strip()
    if match := patterns.QUARTERS.fullmatch(words):
        month = 3 * int(match["quarter"]) if match["quarter"] else 6 * int(match["half"][1])
        return f"{match['year']}-{month:02}"
    if match := re.fullmatch(r"((?:19|20)\d\d)\s?[/–-]\s?((?:19|20)?\d\d)", words):
        return match[1][: 4 - len(match[2])] + match[2]
    found = find_dates(words, 0, len(words))
    return found[0][2] if len(found) == 1 and found[0][:2] == (0, len(words)) else ""


def row_suggestion(table, row, columns):
    """Returns the claim of a row; None if it has no name or a cell that is no number."""
    text = table.text
    name = " ".join(text[slice(*row[0])].split()) if 0 in row else ""
    if not re.search(r"[^\W\d]", name):
        return None
    figures = []
    for number, column in columns.items():
        if number not in row or ABSENT.fullmatch(text[slice(*row[number])]):
            continue
        if not (figure := figure_in(text, row[number], f"{name}, {column.words}", number, column)):
            return None
        figures.append(figure)
    # A cell under no words belongs to a table that is not understood.
    if not figures or any(number not in columns and table.is_number(*row[number]) for number in row):
        return None
    told = ", ".join(f"{figure.as_written} ({columns[figure.column].words})" for figure in figures)
    context = [table.caption] if table.caption else []
    title = f"{table.title()} – " if table.caption else ""
    return Suggestion(
        CLAIM,
        min(row.values())[0],
        max(row.values())[1],
        "table",
        name,
        values={
            "text": f"{title}{name}: {told}",
            "date": max(figure.date for figure in figures),
            "in_our_words": True,
        },
        figures=figures,
        extra_spans=[(block.start, block.end) for block in (*context, *table.head_blocks)],
    )


def pair_suggestion(table, row):
    """Returns the claim of a row that is a number and what it counts, under a heading that gives the date."""
    date = table.date()
    if not date or table.head or set(row) != {0, 1} or not table.is_number(*row[0]):
        return None
    label = " ".join(table.text[slice(*row[1])].split())
    figure = figure_in(table.text, row[0], label, 0, Column(label, "", date))
    if not figure or table.is_number(*row[1]):
        return None
    values = {"text": f"{figure.as_written} {label}", "date": date}
    return Suggestion(CLAIM, row[0][0], row[1][1], "table", label, values=values, figures=[figure])


def figure_in(text, cell, label, number, column):
    """Returns the figure of a cell that is nothing but a number; None for any other."""
    start, end = cell
    written = text[start:end]
    unit = "%" if written.endswith("%") else ""
    reading = read_number(written, unit)
    if not reading or len(reading.values) != 1:
        return None
    value = reading.values[0]
    return TableFigure(
        start,
        end,
        reading.qualifier,
        value,
        unit,
        written,
        label[:MAX_LABEL],
        column=number,
        period=column.period,
        date=column.date,
    )


def wrong_sums(suggestion, above):
    """Returns a sentence for the totals that are not the sum of the rows above them; empty if all are."""
    return " ".join(
        _("The rows above add up to %(sum)s in “%(column)s”; the document says %(said)s.")
        % {
            "sum": f"{sum(above[figure.column]):f}",
            "column": figure.label,
            "said": figure.as_written,
        }
        for figure in suggestion.figures
        if len(above.get(figure.column, ())) > 1 and sum(above[figure.column]) != figure.value
    )
