"""The shape that every reader gives a document: lines of a kind, and what staff have to be told of it."""

from typing import NamedTuple

HEADING, PARAGRAPH, ITEM, ROW, CAPTION, NOTE = "heading", "paragraph", "item", "row", "caption", "note"
CONTENTS = "contents"  # an entry of a contents list, which names what stands elsewhere
QUOTATION = "quotation"  # a paragraph that the file itself sets off as somebody's words
CELL, HEADER_CELL = "cell", "header cell"  # of a row

# What staff are told, most important first; each may come with the words that it is about.
FORBIDDEN = "forbidden"  # words that forbid publication, as in “embargo”
HIDDEN = "hidden"
OPENABLE = "openable"  # hidden until a reader opens it, and kept
TRACKED_CHANGES = "tracked changes"
STRUCK_OUT = "struck out"
LEFT_OUT = "left out"  # `words` names the kind of part: one of those below
NOTICES = (FORBIDDEN, TRACKED_CHANGES, STRUCK_OUT, HIDDEN, OPENABLE, LEFT_OUT)
# Kinds of parts that a reader may leave out.
HEADERS, COMMENTS, CONTROLS, NAVIGATION, DIAGRAMS, NUMBERS, EMBEDDED, METADATA = (
    "headers",
    "comments",
    "controls",
    "navigation",
    "diagrams",
    "numbers",
    "embedded",
    "metadata",
)
CHARTS, JOINED, SYMBOLS = "charts", "joined", "symbols"

# A reader may stop at more, because no document with more is taken.
MAX_CHARACTERS, MAX_LINES = 400_000, 20_000


class Line(NamedTuple):
    """A line of the kept text.

    `number` is the level of a heading or an item, from 1, or the number of the table that a row belongs to.
    The text of a row is that of its cells with a tab between two; `cells` are (text, is header cell).
    """

    text: str
    kind: str = PARAGRAPH
    number: int = 0
    cells: tuple = ()


class Notice(NamedTuple):
    """Something that staff have to know of a file before they use its words; `code` is one of NOTICES."""

    code: str
    words: str = ""


def row(cells, table):
    """Returns the line of a table's row, whose cells are (text, is header cell) without tabs or breaks."""
    cells = tuple((" ".join(text.split()), bool(is_header)) for text, is_header in cells)
    return Line("\t".join(text for text, _is_header in cells), ROW, table, cells)
