"""Finds the rows of tables of figures by period: each becomes a claim with a figure for each of its cells."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from impact.numbers import SHARE, read_number

from ..readers.shape import ROW
from .column_kinds import ColumnKind
from .dates import find_dates, is_later
from .figures import FigureMatch
from .short_scales import leaves_scale_open
from .suggestion import CLAIM, Suggestion
from .table_columns import MEASURED, NOTE_MARK, Column, Table, is_period, period_in, without_note

MAX_LABEL = 100  # what the column of `Figure` holds
# How an empty cell is written.
ABSENT = re.compile(
    r"[-–—.·…/]*|n\.? ?/?[adcr]\.?|s\.? ?o\.?|x|tb[acd]|pending|unknown|inconnue?|none|not \w+|non \w+"
    r"|sans objet",
    re.IGNORECASE,
)
NUMBER_AND_UNIT = re.compile(r"(?P<number>.*\d\S*)\s(?P<unit>[^\W\d][^\d]{1,60})")
PERCENT = re.compile(r"(?:%|per ?cent|pour cent)$", re.IGNORECASE)
CURRENCY_FIRST = re.compile(r"(?:US)?[£$€¥]")


@dataclass(frozen=True)
class TableFigure(FigureMatch):
    """A figure of a cell, with its column and the period it is of, in words and in ISO 8601."""

    column: int = 0
    period: str = ""
    date: str = ""


def table_suggestions(text, blocks, patterns, until):
    """Returns {index of a block: its suggestion} of the rows of tables whose figures have a date.

    A total is none of all where a cell that it adds up is empty.
    """
    suggestions, told = {}, ""
    for indexes in tables_of(blocks):
        told = told or latest_told(text, patterns, until)
        table = Table(text, blocks, indexes, patterns)
        if is_of_targets(table):
            continue
        columns, above, incomplete = table.columns(until, told), {}, set()
        for index in indexes[len(table.head) :]:
            row = table.rows[index]
            own_columns = columns or columns_of_row(table, row, until, told)
            name = ", ".join(row_names(table, row, columns))
            if table.head:
                suggestion = row_suggestion(table, row, own_columns, incomplete) if own_columns else None
            else:
                suggestion = pair_suggestion(table, row, until)
            is_total = patterns.TOTAL.search(name)
            if suggestion:
                suggestions[index] = suggestion
                if is_total:
                    suggestion.remark = wrong_sums(suggestion, above)
                for figure in suggestion.figures if not is_total else ():
                    above.setdefault(figure.column, []).append(figure.value)
            if is_total:
                above, incomplete = {}, set()
            else:
                if absent := {number for number in columns if is_absent(table, row, number)}:
                    incomplete |= absent | set(table.columns_of_kind(ColumnKind.TOTAL))
                # What could not be read is in the total, and in no sum of ours.
                for number in columns if not suggestion else ():
                    above.setdefault(number, []).append(None)
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


def latest_told(text, patterns, until):
    """Returns the latest date of which a text tells as past, or `until`, as its day may be mistaken."""
    latest = until
    for start, end, date in find_dates(text, 0, len(text)):
        if is_later(date, latest):
            line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
            line = text[line_start : line_end if line_end > 0 else len(text)]
            is_past = patterns.PAST.search(line) and not patterns.PLAN.search(line)
            latest = date if is_past and "\t" not in line else latest
    return latest


def is_of_targets(table):
    """Says that the caption, or the head over the names of the rows, calls all figures targets."""
    title, pattern = table.title(), table.patterns.TARGET_TABLE
    # “Results against targets”
    tells_results = table.columns_of_kind(ColumnKind.RESULT) or table.patterns.RESULTS_HEADING.search(title)
    names = table.heads().get(0, [])
    return (
        any(map(pattern.search, names))
        and not table.columns_of_kind(ColumnKind.RESULT)
        or (bool(pattern.search(title)) and not tells_results)
    )


def columns_of_row(table, row, until, told):
    """Returns the columns of a row named by its period, as “2024 | 312 | 20” under what they count."""
    name = ", ".join(row_names(table, row, {}))
    if not is_period(name, table.patterns):
        return {}
    date = period_in(name, table.patterns)
    if is_later(date, until) and is_later(date, told):
        return {}
    question = "future" if is_later(date, until) else ""
    return {
        number: Column(", ".join(map(without_note, words)), table.kind_of(words), "", date, "", question)
        for number, words in table.heads().items()
        if number and words and table.kind_of(words) in MEASURED
    }


def row_names(table, row, columns):
    """Returns the words of each cell that names a row: those before its figures, no unit or reference."""
    others = table.columns_of_kind(ColumnKind.UNIT, ColumnKind.REFERENCE, ColumnKind.OTHER)
    names = []
    for number in sorted(set(row) - set(others)):
        is_figure = number and (table.is_number(*row[number]) or is_absent(table, row, number))
        if is_figure or number in columns or names and number in table.columns_of_kind(*ColumnKind):
            break
        names.append(without_note(table.words(row[number])))
    return names


def is_absent(table, row, number):
    return number not in row or bool(ABSENT.fullmatch(without_note(table.words(row[number]))))


def unit_cell(table, row):
    """Returns the words of the unit column of a row; empty if there is none."""
    numbers = [number for number in table.columns_of_kind(ColumnKind.UNIT) if number in row]
    return without_note(table.words(row[numbers[0]])) if numbers else ""


def row_suggestion(table, row, columns, incomplete):
    """Returns the claim of a row; None if it has no name, or a cell that is no number or under no words."""
    text, names, headed = table.text, row_names(table, row, columns), table.heads()
    name = ", ".join(names)
    is_named_by_period = is_period(name, table.patterns)
    if not re.search(r"[^\W\d]", name) and not is_named_by_period:
        return None
    if table.patterns.PLANNED_ROW.search(name):
        return None
    if any(number not in headed and table.is_number(*row[number]) for number in row):
        return None
    unit, figures = unit_cell(table, row), []
    absent = [number for number in columns if is_absent(table, row, number)]
    is_total = bool(table.patterns.TOTAL.search(name))
    for number, column in columns.items():
        if number in absent or is_total and number in incomplete:
            continue
        if column.kind == ColumnKind.TOTAL and len(absent) > 0:
            continue
        label = f"{column.words}, {name}" if is_named_by_period else f"{name}, {column.words}"
        counted = column.words if not column.period and not column.kind else names[-1]
        if is_total and column.period or column.kind == ColumnKind.TOTAL and not column.period:
            counted = table.counted() or counted
        figure = figure_in(text, row[number], label, number, column, unit or column.unit, counted)
        if not figure:
            return None
        figures.append(figure)
    results = [figure for figure in figures if columns[figure.column].is_result]
    if not results:
        return None
    told = ", ".join(f"{figure.as_written} ({columns[figure.column].words})" for figure in figures)
    context = [table.caption] if table.caption else []
    title = f"{table.title()} – " if table.caption else ""
    shown_name = f"{name} ({unit})" if unit else name
    return Suggestion(
        CLAIM,
        min(row.values())[0],
        max(row.values())[1],
        "table",
        name,
        values={
            "text": f"{title}{shown_name}: {told}",
            "date": max(figure.date for figure in results),
            "in_our_words": True,
        },
        figures=figures,
        extra_spans=[(block.start, block.end) for block in (*context, *table.head_blocks)],
    )


def pair_suggestion(table, row, until):
    """Returns the claim of a row that is a number and what it counts, under a heading that gives the date."""
    date = table.date()
    if not date or is_later(date, until) or set(row) != {0, 1} or not table.is_number(*row[0]):
        return None
    label = table.words(row[1])
    figure = figure_in(table.text, row[0], label, 0, Column(label, None, "", date), "", label)
    if not figure or table.is_number(*row[1]) or table.patterns.PLANNED_ROW.search(label):
        return None
    values = {"text": f"{figure.as_written} {label}", "date": date}
    return Suggestion(CLAIM, row[0][0], row[1][1], "table", label, values=values, figures=[figure])


def figure_in(text, cell, label, number, column, unit, counted):
    """Returns the figure of a cell that is a number, with or without what it counts; None for any other.

    Marks of notes are no part of it. Where nothing else names a unit, it is what is `counted`.
    """
    start, end = cell
    written = text[start:end]
    if without_note(written) != " ".join(written.split()):
        written = NOTE_MARK.sub("", written)
    own_unit = "%" if PERCENT.search(written) else ""
    currency = CURRENCY_FIRST.match(written)
    own_unit = own_unit or (currency[0] if currency else "")
    # “312 of 400” is a share, and no part of a child.
    is_share = SHARE.fullmatch(" ".join(written.split()))
    own_unit = own_unit or ("%" if is_share else "")
    reading = read_number(written, own_unit or unit)
    if not reading and (match := NUMBER_AND_UNIT.fullmatch(written)):
        written, own_unit = match["number"], match["unit"].strip()
        reading = read_number(written, own_unit)
    if not reading or len(reading.values) != 1:
        return None
    shown_unit = own_unit or unit or as_unit(counted)
    is_open = not currency and leaves_scale_open(written, f"{shown_unit} {label}")
    return TableFigure(
        start,
        start + len(written),
        reading.qualifier,
        reading.values[0],
        shown_unit[:MAX_LABEL],
        written,
        label[:MAX_LABEL],
        column.question or ("rounded" if reading.is_rounded else "scale" if is_open else ""),
        column=number,
        period=column.period,
        date=column.date,
    )


def as_unit(words):
    """Returns words as they read behind a number: “312 teachers trained”."""
    return words[0].lower() + words[1:] if re.match(r"[^\W\d][^\W\dA-Z_]", words) else words


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
        if len(above.get(figure.column, ())) > 1
        and None not in above[figure.column]
        and sum(above[figure.column]) != figure.value
    )
