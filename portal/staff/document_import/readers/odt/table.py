"""Reads the tables of an OpenDocument text as rows; a table of one column is paragraphs."""

from ..cells import join_cell
from ..shape import HIDDEN, Notice, row
from .names import attribute, iter_named, number, short, words_of

FOLDED = ("collapse", "filter")
MAX_COLUMNS, MAX_REPEATED_ROWS = 200, 100


def read_table(text, table, place):
    rows = list(rows_of(text, table))
    hidden, column_styles = columns_of(table)
    if all(len(cells_of(table_row)) < 2 for table_row, _is_header in rows):
        for table_row, _is_header in rows:
            text.read_blocks(table_row, place)
        return
    own_look = place.look.within(text.styles.properties("table", attribute(table, "table:style-name")))
    place = place._replace(look=own_look)
    text.tables += 1
    own_number = text.tables  # a table in a cell counts on
    for table_row, is_header in rows:
        cells = []
        row_style = attribute(table_row, "table:style-name")
        row_look = place.look.within(text.styles.properties("table-row", row_style))
        row_default = attribute(table_row, "table:default-cell-style-name")
        for cell in cells_of(table_row):
            default_style = row_default or column_styles.get(len(cells))
            words, styled_as_header = read_cell(text, cell, place._replace(look=row_look), default_style)
            repeated = number(cell, "table:number-columns-repeated", MAX_COLUMNS)
            cells += [(words, is_header or styled_as_header)] * min(repeated, MAX_COLUMNS - len(cells))
        if any(words for words, _is_header in (cells[column] for column in hidden if column < len(cells))):
            text.notices.append(Notice(HIDDEN))
        cells = [cell for column, cell in enumerate(cells) if column not in hidden]
        if any(words for words, _is_header in cells):
            repeated = number(table_row, "table:number-rows-repeated", MAX_REPEATED_ROWS)
            text.lines += [row(cells, own_number)] * repeated


def columns_of(table):
    """Returns the numbers of the columns, from 0, that are folded away, and {number: style of its cells}."""
    hidden, styles, column = set(), {}, 0
    for each in iter_named(table, "table:table-column"):
        repeated = min(number(each, "table:number-columns-repeated", MAX_COLUMNS), MAX_COLUMNS - column)
        if attribute(each, "table:visibility") in FOLDED:
            hidden |= set(range(column, column + repeated))
        if style := attribute(each, "table:default-cell-style-name"):
            styles |= dict.fromkeys(range(column, column + repeated), style)
        column += repeated
    return hidden, styles


def rows_of(text, table, is_header=False):
    """Yields (row, is in the header) of each row of a table, and tells of those that are folded away."""
    for child in table:
        name = short(child.tag) if isinstance(child.tag, str) else ""
        if name == "table:table-row" and attribute(child, "table:visibility") in FOLDED:
            if words_of(child).strip():
                text.notices.append(Notice(HIDDEN))
        elif name == "table:table-row":
            yield child, is_header
        elif name in ("table:table-header-rows", "table:table-rows", "table:table-row-group"):
            yield from rows_of(text, child, is_header or name == "table:table-header-rows")


def cells_of(table_row):
    """Returns the cells of a row; one that another covers is there, and empty."""
    names = ("table:table-cell", "table:covered-table-cell")
    return [child for child in table_row if isinstance(child.tag, str) and short(child.tag) in names]


def read_cell(text, cell, place, default_style=None):
    """Returns (the words of a cell, whether their style is that of a heading of a table)."""
    outer, text.lines = text.lines, []
    if short(cell.tag) == "table:table-cell":
        own = text.styles.properties("table-cell", attribute(cell, "table:style-name") or default_style)
        text.read_blocks(cell, place._replace(kind="", depth=0, look=place.look.within(own)))
    lines, text.lines = text.lines, outer
    styles = [attribute(child, "text:style-name") or "" for child in cell]
    is_header = any("Table Heading" in text.styles.names(style) for style in styles if style)
    return join_cell(lines), is_header
