"""Reads the head of a table of figures: the kind of each column, its period and its unit."""

import re
from dataclasses import dataclass

from ..readers.shape import CAPTION
from .column_kinds import ColumnKind, column_kind
from .dates import find_dates, is_later
from .language import language_to_read
from .plans import YEARS, range_end
from .units import find_unit

CAPTION_NUMBER = re.compile(r"^(?:table|tableau|figure|graphique)\s\d+[a-z]?\s?[.:–—-]?\s*", re.IGNORECASE)
# The mark of a note behind words or a number: “2025*”, “312[a]”, “children³”.
NOTE_MARK = re.compile(r"(?:\s?\[[\w*†‡§]{1,4}\]|\s?[*†‡§]+|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)+$")
# “since 2019” and “by 2030” are no periods.
NO_PERIOD = re.compile(
    r"\b(?:since|before|after|until|from|by|than|vs|versus|to|depuis|avant|après|d'ici|à|jusqu'en)\s*$",
    re.IGNORECASE,
)
UNIT_IN_BRACKETS = re.compile(r"\((?:in |en )?(%|[A-Z]{3}|[£$€¥]|US\$|per ?cent|pour cent)\)")
MEASURED = (None, ColumnKind.RESULT, ColumnKind.TOTAL)


@dataclass(frozen=True)
class Column:
    """A column of a table: the words over it, its kind, and the period they or the caption name."""

    words: str
    kind: str | None
    period: str  # its words; empty where the caption names it
    date: str
    unit: str = ""
    question: str = ""

    @property
    def is_result(self):
        return self.kind in MEASURED


def without_note(words):
    """Returns words without the marks of notes at their end; “10²” is a hundred and stays."""
    shown = " ".join(words.split())
    return shown if re.fullmatch(r".*(?<!\d)10[⁰¹²³⁴⁵⁶⁷⁸⁹]+", shown) else NOTE_MARK.sub("", shown)


def period_in(words, patterns):
    """Returns the end of the one period in a cell, in ISO 8601 of reduced precision; empty if none."""
    words = without_note(words)
    if match := patterns.QUARTERS.search(words):
        month = 3 * int(match["quarter"]) if match["quarter"] else 6 * int(match["half"][1])
        found = [(match.start(), f"{match['year']}-{month:02}")]
    elif ranges := list(YEARS.finditer(words)):
        found = [(match.start(), range_end(match)) for match in ranges]
    else:
        # A fiscal year is written with and without a space.
        words = re.sub(r"\bFY ?(?=(?:19|20)\d\d\b)", "FY ", words)
        found = [(start, date) for start, _end, date in find_dates(words, 0, len(words))]
    return found[0][1] if len(found) == 1 and not NO_PERIOD.search(words[: found[0][0]]) else ""


def is_period(words, patterns):
    """Says that words name a period and hold no other number."""
    others = re.sub(r"(?:19|20)\d\d(?:\s?[/–-]\s?\d{2,4})?(?:-\d\d)?|[QTHS][1-4]\b", "", without_note(words))
    others = re.sub(r"\b\d{1,2}(?=(?:st|nd|rd|th|er)? [^\W\d]{3,})", "", others)
    return bool(period_in(words, patterns)) and not re.search(r"\d", others)


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

    def words(self, cell):
        return " ".join(self.text[slice(*cell)].split())

    def is_number(self, start, end):
        words = self.text[start:end].strip()
        return bool(re.match(r"[£$€¥~<>≥≤±+-]? ?\d", words)) and not is_period(words, self.patterns)

    def title(self):
        """Returns the words of the caption without its number; empty if there is none."""
        return CAPTION_NUMBER.sub("", " ".join(self.caption.text.split())) if self.caption else ""

    def counted(self):
        """Returns what the caption says is counted, as “participants”; empty if it does not."""
        words = f" {self.title()}"
        return find_unit(words, 0, language_to_read(self.text))[0] if self.caption else ""

    def date(self):
        """Returns the one date of the caption, or else of the heading over the table; empty if none."""
        for words in (self.title(), self.headings[-1].text if self.headings else ""):
            dates = {date for _start, _end, date in find_dates(words, 0, len(words))}
            if dates:
                return dates.pop() if len(dates) == 1 else ""
        return ""

    def heads(self):
        """Returns {number, from 0: the words of each cell over the column}."""
        numbers = sorted({number for index in self.head for number in self.rows[index]})
        return {
            number: [self.words(place) for index in self.head if (place := self.cell_over(number, index))]
            for number in numbers
        }

    def kind_of(self, words):
        """Returns the kind of a column: that of a cell alone, or of all the words over it."""
        kinds = [column_kind(without_note(cell), self.patterns) for cell in words]
        for kind in (ColumnKind.UNIT, ColumnKind.REFERENCE, ColumnKind.TARGET):
            if kind in kinds:
                return kind
        return next((kind for kind in reversed(kinds) if kind), None)

    def cell_over(self, number, index):
        """Returns the place of the cell that heads a column in a row; a merged cell heads several.

        Of a cell that spans columns the others are empty, and a row below it has words for each of them.
        """
        row = self.rows[index]
        is_headed_below = any(number in self.rows[lower] for lower in self.head if lower > index)
        if number not in row and is_headed_below:
            number = max((each for each in row if 0 < each < number), default=number)
        return row.get(number)

    def columns(self, until, told):
        """Returns {number, from 0: column} of the columns whose figures were measured, and have a date.

        What is dated after `until` is a forecast, unless its head calls it a result, or the text tells of a
        time as late as `told` as past.
        """
        heads = {number: words for number, words in self.heads().items() if number}
        kinds = {number: self.kind_of(words) for number, words in heads.items()}
        periods = {
            number: [(cell, date) for cell in words if (date := period_in(cell, self.patterns))]
            for number, words in heads.items()
        }
        has_periods = any(periods[number] and kinds[number] in MEASURED for number in heads)
        columns, caption_date = {}, "" if has_periods else self.date()
        for number, words in heads.items():
            kind, known = kinds[number], periods[number]
            dated = [cell for cell in words if find_dates(cell, 0, len(cell))]
            period, date = known[-1] if known else ("", "" if dated or kind not in MEASURED else caption_date)
            if not date or kind not in (*MEASURED, ColumnKind.BASELINE):
                continue
            is_future = is_later(date, until)
            if is_future and is_later(date, told) and kind not in (ColumnKind.RESULT, ColumnKind.BASELINE):
                continue
            question = "baseline" if kind == ColumnKind.BASELINE else "future" if is_future else ""
            unit = next((match[1] for cell in words if (match := UNIT_IN_BRACKETS.search(cell))), "")
            shown = ", ".join(map(without_note, words))
            columns[number] = Column(shown, kind, period, date, unit, question)
        return columns

    def columns_of_kind(self, *kinds):
        return [number for number, words in self.heads().items() if self.kind_of(words) in kinds]


def cells_by_column(text, block):
    """Returns {column, from 0: (start, end)} of the cells of a row that are not empty."""
    line_start = text.rfind("\n", 0, block.start) + 1
    return {text.count("\t", line_start, start): (start, end) for start, end, _is_header in block.cells}
