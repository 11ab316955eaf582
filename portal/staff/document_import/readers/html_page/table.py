"""Reads the tables of a page: those that hold data as rows, those that only lay out as their paragraphs."""

from ..cells import join_cell
from ..shape import row

MAX_COLUMNS = 200


def read_table(page, table, place):
    rows = list(rows_of(table))
    if is_layout(table, rows):
        for _section, table_row in rows:
            page.read_element(table_row, place)
        return
    for caption in table.iterchildren("caption"):
        page.read_element(caption, place)
    page.tables += 1
    number = page.tables
    width = max(len(list(table_row.iterchildren("td", "th"))) for _section, table_row in rows)
    spans = {}  # {column: rows that a cell above still fills}
    for section, table_row in rows:
        styles, outer = page.sheet.styles(table_row), page.sight
        page.sight = outer.within(table_row, styles)
        is_seen = not page.leaves_out(table_row, styles)
        cells = (
            read_row(page, table_row, section == "thead", spans, max(width, len(spans))) if is_seen else []
        )
        page.sight = outer
        if any(text for text, _is_header in cells):
            page.add_line(row(cells, number))


def read_row(page, table_row, is_head, spans, width):
    """Returns the cells of a row; a cell over several columns or rows leaves the others of them empty."""
    cells = []

    def fill():
        while spans.get(len(cells)) and len(cells) < MAX_COLUMNS:
            spans[len(cells)] -= 1
            cells.append(("", False))

    elements = list(table_row.iterchildren("td", "th"))
    for index, cell in enumerate(elements):
        fill()
        column, is_header = len(cells), is_head or cell.tag == "th"
        cells.append((read_cell(page, cell), is_header))
        # No wider than the cells of the widest row, whatever a page says.
        free = max(0, width - len(cells) - (len(elements) - index - 1))
        cells += [("", is_header)] * min(span_of(cell, "colspan") - 1, free, MAX_COLUMNS)
        if (height := span_of(cell, "rowspan")) > 1:
            spans.update(dict.fromkeys(range(column, len(cells)), height - 1))
    fill()
    return cells


def read_cell(page, cell):
    """Returns the text of a cell."""
    from .page import Place

    outer, page.lines = page.lines, []
    page.read_element(cell, Place())
    lines, page.lines = page.lines, outer
    return join_cell(lines)


def rows_of(table):
    """Yields (tag of its section, row) of each row of a table as it is shown: its head first, its foot last.

    Rows of tables within it are no rows of it, and a second head or foot stands where it is written.
    """
    head, foot = list(table.iterchildren("thead"))[:1], list(table.iterchildren("tfoot"))[:1]
    for child in [*head, *(child for child in table if child not in (*head, *foot)), *foot]:
        if child.tag == "tr":
            yield "", child
        elif child.tag in ("thead", "tbody", "tfoot"):
            for table_row in child.iterchildren("tr"):
                yield child.tag, table_row


def is_layout(table, rows):
    """Says that a table only places its words: it has one column, or cells that are pages of their own."""
    if table.get("role") in ("presentation", "none") or not rows:
        return True
    cells = [cell for _section, table_row in rows for cell in table_row.iterchildren("td", "th")]
    if len(cells) <= len(rows) and all(
        len(list(each.iterchildren("td", "th"))) <= 1 for _section, each in rows
    ):
        return True
    if any(cell.tag == "th" for cell in cells):
        return False
    headings = (f"h{level}" for level in range(1, 7))
    return any(True for cell in cells for _element in cell.iter("table", *headings))


def span_of(cell, name):
    value = cell.get(name, "1").strip()
    return int(value) if value.isdecimal() and len(value) < 6 else MAX_COLUMNS if value.isdecimal() else 1
