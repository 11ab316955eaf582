"""Reads tables: a line for each row, or the lines of the cells where the table only sets out the page."""

import re
from dataclasses import dataclass, field
from itertools import product

from ..shape import HIDDEN, ITEM, TRACKED_CHANGES, row
from .letters import MIN_LINE, ground_of
from .styles import Place
from .xml import attribute, child, chosen_content, descendants, is_on, is_on_value, name_of, number_in

# Word makes no more columns than these.
MAX_COLUMNS = 63
PARTS = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100}
PARTS |= {"noHBand": 0x200, "noVBand": 0x400}
CORNERS = {
    ("firstRow", "firstCol"): "nwCell",
    ("firstRow", "lastCol"): "neCell",
    ("lastRow", "firstCol"): "swCell",
    ("lastRow", "lastCol"): "seCell",
}
LABEL = re.compile(r"\S{1,12}\t")


@dataclass
class Cell:
    lines: list = field(default_factory=list)
    columns: int = 1

    @property
    def text(self):
        """Joins the lines of a cell: items stay apart by bullets or their own numbers, and so do figures."""
        text = ""
        for line in self.lines:
            words = line.text.strip()
            if not text or not words:
                text = text or words
            elif line.kind == ITEM and not LABEL.match(words):
                text += f" • {words}"
            else:
                # With a space alone, “12” above “500” would be read as one number.
                text += (" / " if text[-1].isdigit() and words[0].isdigit() else " ") + words
        return text

    @property
    def blocks(self):
        return sum(bool(line.text.strip()) for line in self.lines)


def table_lines(story, table):
    """Returns the lines of a table; `story` reads its cells."""
    outer, properties = story.place, child(table, "w:tblPr")
    style, look = attribute(child(properties, "w:tblStyle")), child(properties, "w:tblLook")
    ground = ground_of(properties, story.document.theme, outer.ground)
    place = Place(style, ground=ground, is_hidden=outer.is_hidden)
    elements = [each for each in elements_of(table, "w:tr") if is_seen(story, each)]
    rows = []
    for index, each in enumerate(elements):
        story.place = place._replace(
            conditions=row_conditions(look, index, len(elements), story.document.styles.band_sizes(style)[0]),
            ground=ground_of(child(each, "w:tblPrEx"), story.document.theme, ground),
            is_hidden=place.is_hidden or is_too_low(each),
        )
        rows.append((each, row_cells(story, each, look)))
    story.place = outer
    columns = max((sum(cell.columns for cell in cells) for _row, cells in rows), default=0)
    blocks = max((cell.blocks for _row, cells in rows for cell in cells), default=0)
    if columns <= 1 or len(rows) == 1 and blocks > 1:
        return [line for _row, cells in rows for cell in cells for line in cell.lines]
    number = story.next_table()
    first_is_header = len(rows) > 1 and looks_different(look, "firstRow")
    lines = []
    for index, (element, cells) in enumerate(rows):
        is_header = is_on(child(element, "w:trPr", "w:tblHeader")) or index == 0 and first_is_header
        texts = [text for cell in cells for text in [cell.text, *[""] * (cell.columns - 1)]]
        lines.append(row([(text, is_header) for text in texts], number))
    return lines


def looks_different(look, part):
    """Says that the style of a table gives this part of it a look of its own."""
    value = attribute(look)
    bits = int(value, 16) if re.fullmatch(r"[0-9a-fA-F]{1,4}", value) else 0
    return is_on_value(look, part) or bool(bits & PARTS[part])


def row_conditions(look, index, count, band_size):
    """Returns the parts of a table that a row belongs to, of those that its style may give another look."""
    has_first = looks_different(look, "firstRow")
    parts = {"firstRow": index == 0, "lastRow": index == count - 1}
    found = [part for part, is_there in parts.items() if is_there and looks_different(look, part)]
    is_banded = look is not None and not looks_different(look, "noHBand")
    if is_banded and not found:
        found.append(("band1Horz", "band2Horz")[(index - has_first) // band_size % 2])
    return tuple(found)


def cell_conditions(story, look, column, is_last):
    """Returns the parts of a table that a cell belongs to, those that outweigh the others last."""
    rows, band_size = story.place.conditions, story.document.styles.band_sizes(story.place.table_style)[1]
    if look is None:
        return rows
    has_first = looks_different(look, "firstColumn")
    is_first, is_last = column == 0 and has_first, is_last and looks_different(look, "lastColumn")
    bands = []
    if not (is_first or is_last or looks_different(look, "noVBand")):
        bands = [("band1Vert", "band2Vert")[(column - has_first) // band_size % 2]]
    columns = ["firstCol"] * is_first + ["lastCol"] * is_last
    corners = [CORNERS[pair] for pair in product(rows, columns) if pair in CORNERS]
    is_edge = any(each in ("firstRow", "lastRow") for each in rows)
    return (*bands, *columns, *rows, *corners) if is_edge else (*bands, *rows, *columns, *corners)


def is_too_low(table_row):
    """Says that a row has an exact height which is too low for any letter."""
    height = child(table_row, "w:trPr", "w:trHeight")
    return attribute(height, "hRule") == "exact" and number_in(height, default=MIN_LINE + 1) <= MIN_LINE


def elements_of(container, name):
    """Yields the rows of a table or the cells of a row, out of whatever wraps them."""
    for each in container:
        if name_of(each) == name:
            yield each
        elif name_of(each) == "mc:AlternateContent":
            yield from elements_of(chosen_content(each), name)
        elif name_of(each) in ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo"):
            yield from elements_of(each, name)


def is_seen(story, table_row):
    """Says that a row is in the final version, and tells what is not."""
    properties = child(table_row, "w:trPr")
    is_struck_out = child(properties, "w:del") is not None
    if is_struck_out or child(properties, "w:ins") is not None:
        story.tell(TRACKED_CHANGES)
    is_hidden = is_on(child(properties, "w:hidden"))
    if is_hidden and has_words(table_row):
        story.tell(HIDDEN)
    return not is_struck_out and not is_hidden


def has_words(element):
    return any((each.text or "").strip() for each in descendants(element, "w:t"))


def row_cells(story, table_row, look):
    """Returns the cells of a row; those that are merged with the one above or before are empty."""
    properties = child(table_row, "w:trPr")
    cells = skipped_columns(child(properties, "w:gridBefore"))
    elements = list(elements_of(table_row, "w:tc"))
    for index, element in enumerate(elements):
        own = child(element, "w:tcPr")
        is_struck_out = child(own, "w:cellDel") is not None
        if is_struck_out or child(own, "w:cellIns") is not None:
            story.tell(TRACKED_CHANGES)
        if is_struck_out:
            continue
        cell = Cell(columns=min(max(1, number_in(child(own, "w:gridSpan"), default=1)), MAX_COLUMNS))
        if not (continues(child(own, "w:vMerge")) or continues(child(own, "w:hMerge"))):
            outer, is_last = story.place, index == len(elements) - 1
            column = sum(each.columns for each in cells)
            conditions = cell_conditions(story, look, column, is_last)
            story.place = outer._replace(
                conditions=conditions,
                ground=ground_of_cell(story, own, conditions),
            )
            story.add_blocks(element, cell.lines)
            story.place = outer
        elif has_words(element):
            story.tell(HIDDEN)
        cells.append(cell)
    cells += skipped_columns(child(properties, "w:gridAfter"))
    return cells[:MAX_COLUMNS]


def ground_of_cell(story, properties, conditions):
    """Returns the colour behind a cell: its own, else that of the table's style, else that around it."""
    styled = story.document.styles.table_ground(story.place.table_style, conditions, None)
    if child(properties, "w:shd") is not None or styled is None:
        return ground_of(properties, story.document.theme, story.place.ground)
    return styled


def continues(merge):
    """Says that a cell only continues a merged one; that is meant where nothing is said."""
    return merge is not None and attribute(merge, default="continue") == "continue"


def skipped_columns(element):
    return [Cell() for _number in range(min(max(0, number_in(element, default=0)), MAX_COLUMNS))]
