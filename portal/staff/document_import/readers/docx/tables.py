"""Reads tables: a line for each row, or the lines of the cells where the table only sets out the page."""

import re
from dataclasses import dataclass, field

from ..shape import HIDDEN, ITEM, TRACKED_CHANGES, row
from .letters import is_shaded_place
from .styles import Place
from .xml import attribute, child, chosen_content, descendants, is_on, is_on_value, name_of, number_in

# Word makes no more columns than these.
MAX_COLUMNS = 63
PARTS = {"firstRow": 0x20, "lastRow": 0x40}
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
    is_shaded = is_shaded_place(properties) or story.document.styles.is_shaded_table(style)
    place = Place(style, is_on_colour=outer.is_on_colour or is_shaded)
    elements = [each for each in elements_of(table, "w:tr") if is_seen(story, each)]
    rows = []
    for index, each in enumerate(elements):
        story.place = place._replace(conditions=row_conditions(look, index, len(elements)))
        rows.append((each, row_cells(story, each)))
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


def row_conditions(look, index, count):
    """Returns the parts of a table that a row belongs to, of those that its style may give another look."""
    parts = {"firstRow": index == 0, "lastRow": index == count - 1}
    return tuple(part for part, is_there in parts.items() if is_there and looks_different(look, part))


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
    if is_hidden and descendants(table_row, "w:t"):
        story.tell(HIDDEN)
    return not is_struck_out and not is_hidden


def row_cells(story, table_row):
    """Returns the cells of a row; those that are merged with the one above or before are empty."""
    properties = child(table_row, "w:trPr")
    cells = skipped_columns(child(properties, "w:gridBefore"))
    for element in elements_of(table_row, "w:tc"):
        own = child(element, "w:tcPr")
        is_struck_out = child(own, "w:cellDel") is not None
        if is_struck_out or child(own, "w:cellIns") is not None:
            story.tell(TRACKED_CHANGES)
        if is_struck_out:
            continue
        cell = Cell(columns=min(max(1, number_in(child(own, "w:gridSpan"), default=1)), MAX_COLUMNS))
        if not (continues(child(own, "w:vMerge")) or continues(child(own, "w:hMerge"))):
            outer = story.place
            story.place = outer._replace(is_on_colour=outer.is_on_colour or is_shaded_place(own))
            story.add_blocks(element, cell.lines)
            story.place = outer
        elif descendants(element, "w:t"):
            story.tell(HIDDEN)
        cells.append(cell)
    cells += skipped_columns(child(properties, "w:gridAfter"))
    return cells[:MAX_COLUMNS]


def continues(merge):
    """Says that a cell only continues a merged one; that is meant where nothing is said."""
    return merge is not None and attribute(merge, default="continue") == "continue"


def skipped_columns(element):
    return [Cell() for _number in range(min(max(0, number_in(element, default=0)), MAX_COLUMNS))]
