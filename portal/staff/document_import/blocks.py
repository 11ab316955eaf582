"""Splits a text into headings, list items and paragraphs, by what its file says or by how its lines look."""

import re
from dataclasses import dataclass

from .readers.shape import CELL, HEADER_CELL, HEADING, ITEM, PARAGRAPH

LIST_MARKER = re.compile(r"\s*(?:[•‣◦▪●·*–—-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")
# “Integrity: We are committed …”
DEFINITION = re.compile(r"(?P<name>[A-ZÀ-Þ][\w’'&-]*(?: [\w’'&-]+){0,3}): +(?P<text>\S+(?: +\S+){2,})")
ANNOUNCEMENT = re.compile(r"following (\w+) (?:areas|fields|programmes|programs|pillars|strands)[^.]*:$")
COUNT_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
MAX_HEADING_LENGTH, MAX_HEADING_WORDS = 80, 9

LABEL = "label"  # beside the kinds that a file declares: a single word in small letters


@dataclass
class Block:
    """A line of a text without its list marker and the space around it.

    `number` is the level of a heading or the number of the table of a row, 0 where no file tells it; `cells`
    are the spans of a row's cells that are not empty, as (start, end, is header cell). `heading` is the block
    it stands under, `lead_in` the paragraph before the list it belongs to.
    """

    start: int
    end: int
    kind: str
    text: str
    number: int = 0
    cells: tuple = ()
    heading: "Block | None" = None
    lead_in: str = ""

    @property
    def section(self):
        return self.heading.text if self.heading else ""


def split_blocks(text, parts=()):
    """Returns the blocks of a text in their order.

    `parts` are as the file declares them (see `document.Part`); without any, kinds are guessed from lines.
    """
    blocks = list(line_blocks(text, parts))
    if not parts:
        for index, block in enumerate(blocks):
            if block.kind == PARAGRAPH:
                block.kind = guess_kind(block.text, is_last=index + 1 == len(blocks))
    heading, lead_in = None, ""
    for block in blocks:
        if block.kind == HEADING:
            heading, lead_in = block, ""
        else:
            block.heading, block.lead_in = heading, lead_in if block.kind == ITEM else ""
            if block.kind == PARAGRAPH:
                lead_in = block.text
    return blocks


def line_blocks(text, parts):
    declared, cells, line_start = {}, [], 0
    for start, end, kind, *number in parts:  # stored without a number before files told it
        if kind in (CELL, HEADER_CELL):
            cells.append((start, end, kind == HEADER_CELL))
        else:
            declared[start] = (kind, *number)
    cells.reverse()
    for line in text.split("\n"):
        line_end, own_cells = line_start + len(line), []
        while cells and cells[-1][0] < line_end:
            own_cells.append(cells.pop())
        if line.strip():
            marker = LIST_MARKER.match(line)
            kind, *number = declared.get(line_start, (PARAGRAPH,))
            start = marker.end() if marker else len(line) - len(line.lstrip())
            end = len(line.rstrip())
            if start < end:
                yield Block(
                    line_start + start,
                    line_start + end,
                    ITEM if marker else kind,
                    line[start:end],
                    *(number or [0]),
                    tuple(own_cells),
                )
        line_start = line_end + 1


def guess_kind(line, is_last):
    """Guesses the kind of a line of plain text: a heading is short and has no full stop at its end.

    One word in small letters is a label, such as a tag that was copied from a web page.
    """
    if re.fullmatch(r"[a-z]+", line):
        return LABEL
    is_short = len(line) <= MAX_HEADING_LENGTH and len(line.split()) <= MAX_HEADING_WORDS
    looks_like_heading = is_short and line[0].isupper() and not re.search(r"[.;:,!?…]$", line)
    return HEADING if looks_like_heading and not is_last else PARAGRAPH


def definition_indexes(blocks):
    """Returns the indexes of blocks such as “Integrity: We are …” of which two or more follow each other."""
    matches = [block.kind in (PARAGRAPH, ITEM) and bool(DEFINITION.fullmatch(block.text)) for block in blocks]
    return {
        index
        for index, is_match in enumerate(matches)
        if is_match and (index and matches[index - 1] or index + 1 < len(matches) and matches[index + 1])
    }


def announced_indexes(blocks):
    """Returns the indexes of headings that a sentence announces: “we work in the following three areas:”."""
    indexes = set()
    for index, block in enumerate(blocks):
        if block.kind == PARAGRAPH and (announcement := ANNOUNCEMENT.search(block.text)):
            headings = [later for later in range(index + 1, len(blocks)) if blocks[later].kind == HEADING]
            indexes |= set(headings[: COUNT_WORDS.get(announcement[1], 0)])
    return indexes
