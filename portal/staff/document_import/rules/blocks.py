"""Splits a text into headings, list items and paragraphs, by what its file says or by how its lines look."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from ..document import Part
from ..readers.shape import CAPTION, CELL, CONTENTS, HEADER_CELL, HEADING, ITEM, NOTE, PARAGRAPH, ROW
from .sentences import split_sentences

LIST_MARKER = re.compile(r"\s*(?:[•‣◦▪●·*–—-]|\(?\d{1,2}[.)]|\(?(?!p\. ?\d)[a-z][.)])\s+")
# “Integrity: We are committed …”
DEFINITION = re.compile(
    r"(?P<name>[A-ZÀ-Þ][\w’'&-]*(?: [\w’'&-]+){0,3})[\u00a0\u202f ]?: +(?P<text>\S+(?: +\S+){2,})"
)
# A program that saves a page may leave a space of what led from an entry to its page: “2.1 Results 12”.
CONTENTS_ENTRY = re.compile(r"(?P<title>.+?)[\s.…]+(?:\d{1,3}|[ivxl]{1,6})", re.DOTALL)
CONTENTS_LINE = re.compile(r"\w.*(?:\t|\s?\.{3,}\s?|\s?…+\s?)[\divxl]{1,4}$")
ANNOUNCEMENT = re.compile(r"following (\w+) (?:areas|fields|programmes|programs|pillars|strands)[^.]*:$")
COUNT_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
MAX_HEADING_LENGTH, MAX_HEADING_WORDS = 80, 9
# Words with which no heading ends, but the beginning of a sentence that a list or a line goes on with.
UNFINISHED = re.compile(
    r"(?:[:,]|\b(?:we|to|the|an?|and|or|of|that|which|who|has|have|had|will|because"
    r"|nous|le|la|les|des?|du|et|ou|à|qui|que|avons|ont|car))$",
    re.IGNORECASE,
)


# “Table 2: Girls by year”, in a paragraph that no style calls a caption.
NUMBERED_CAPTION = re.compile(r"(?:table|tableau)\s\d{1,3}[a-z]?\s?[.:–—-]\s.{1,200}", re.IGNORECASE)

LABEL = "label"  # beside the kinds that a file declares: a single word in small letters


@dataclass
class Block:
    """A line of a text without its list marker and the space around it, or a paragraph over several lines.

    `number` is the level of a heading or the number of the table of a row, 0 where no file tells it; `cells`
    are the spans of a row's cells that are not empty, as (start, end, is header cell). `headings` are the
    blocks it stands under, the outermost first, `lead_in` the paragraph before the list it belongs to, `stem`
    the span of the last sentence of it where the items go on with it. `begins_before` and `ends_after` say
    that its first or last sentence stands partly in another block.
    """

    start: int
    end: int
    kind: str
    text: str
    number: int = 0
    cells: tuple = ()
    headings: tuple = ()
    lead_in: str = ""
    stem: tuple = ()
    begins_before: bool = False
    ends_after: bool = False

    @property
    def section(self):
        return self.headings[-1].text if self.headings else ""


def split_blocks(text, parts=()):
    """Returns the blocks of a text in their order.

    `parts` are as the file declares them (see `document.Part`); what no part declares is guessed from lines.
    """
    blocks = list(declared_blocks(text, parts))
    for index, block in enumerate(blocks):
        block.kind = block.kind or guess_kind(block.text, is_last=index + 1 == len(blocks))
    for index in contents_indexes(blocks):
        blocks[index].kind = CONTENTS
    for block, following in pairwise(blocks):
        is_over_table = block.kind == PARAGRAPH and following.kind == ROW
        if is_over_table and NUMBERED_CAPTION.fullmatch(block.text):
            block.kind = CAPTION
    mark_cut_sentences(text, blocks)
    headings, lead_in, stem = (), "", ()
    for block in blocks:
        # Notes stand after the text, under whatever heading comes last.
        block.headings = () if block.kind == NOTE else headings
        if block.kind == HEADING:
            block.number = block.number or numbered_level(block.text)
            # One without a level stands beside those before it.
            headings = (*(each for each in headings if each.number < block.number), block)
            block.headings, lead_in, stem = headings[:-1], "", ()
        else:
            block.lead_in, block.stem = (lead_in, stem) if block.kind == ITEM else ("", ())
            if block.kind == PARAGRAPH:
                lead_in, stem = block.text, stem_of(text, block)
    return blocks


def stem_of(text, block):
    """Returns the span of the last sentence of a paragraph that a list goes on with; empty if it is whole."""
    return split_sentences(text, block.start, block.end)[-1] if UNFINISHED.search(block.text) else ()


def mark_cut_sentences(text, blocks):
    """Marks the blocks between which a sentence goes on, as over a page."""
    for block, following in pairwise(blocks):
        is_cut = (
            block.kind in (PARAGRAPH, ITEM)
            and following.kind == PARAGRAPH
            and text[following.start].islower()
            and not re.search(r"[.!?;:][”’\"')\]]*$", block.text)
        )
        block.ends_after, following.begins_before = is_cut, is_cut


def numbered_level(heading):
    """Returns the level that a heading's own number tells, as 2 for “3.2 Results”; 0 if it has none."""
    number = re.match(r"\d{1,2}((?:\.\d{1,2})*)\.?\s", heading)
    return number[1].count(".") + 1 if number else 0


def declared_blocks(text, parts):
    """Yields the blocks of a text; those that no part declares have no kind."""
    cells = [Part(*part) for part in parts if part[2] in (CELL, HEADER_CELL)]
    offset = 0
    for part in (Part(*part) for part in parts if part[2] not in (CELL, HEADER_CELL)):
        yield from line_blocks(text, offset, part.start)
        own = tuple(
            (cell.start, cell.end, cell.kind == HEADER_CELL)
            for cell in cells[bisect_left(cells, (part.start,)) : bisect_left(cells, (part.end,))]
        )
        yield from block_at(text, part.start, part.end, part.kind, part.number, own)
        offset = part.end
    yield from line_blocks(text, offset, len(text))


def line_blocks(text, start, end):
    """Yields a block without a kind for each line between two offsets."""
    for line in text[start:end].split("\n"):
        yield from block_at(text, start, start + len(line))
        start += len(line) + 1


def block_at(text, start, end, kind="", number=0, cells=()):
    """Yields the block of a line; nothing if the line is blank."""
    line = text[start:end]
    marker = LIST_MARKER.match(line) if kind in ("", PARAGRAPH, ITEM) else None
    words = line[marker.end() :] if marker else line.lstrip()
    if words.strip():
        start = end - len(words)
        kind = ITEM if marker else kind
        yield Block(start, start + len(words.rstrip()), kind, words.rstrip(), number, cells)


def guess_kind(line, is_last):
    """Guesses the kind of a line of plain text: a heading is short and has no full stop at its end.

    One word in small letters is a label, such as a tag that was copied from a web page.
    """
    if re.fullmatch(r"[a-z]+", line):
        return LABEL
    is_short = len(line) <= MAX_HEADING_LENGTH and len(line.split()) <= MAX_HEADING_WORDS
    looks_like_heading = is_short and line[0].isupper() and not re.search(r"[.;:,!?…]$", line)
    looks_like_heading = looks_like_heading and not UNFINISHED.search(line)
    return HEADING if looks_like_heading and not is_last else PARAGRAPH


def contents_indexes(blocks):
    """Returns the indexes of lines such as “3.2 Results … 12” of which three or more follow each other.

    Of lines that name headings of the text, two are enough.
    """
    indexes, run = entry_indexes(blocks), []
    for index, block in enumerate([*blocks, None]):
        if block and block.kind != ROW and CONTENTS_LINE.search(block.text):
            run.append(index)
        else:
            indexes |= set(run) if len(run) > 2 else set()
            run = []
    return indexes


def entry_indexes(blocks):
    """Returns the indexes of lines that follow each other, each the words of a heading and a page number."""
    titles = {" ".join(block.text.split()) for block in blocks if block.kind == HEADING}
    indexes, run = set(), {}
    for index, block in enumerate([*blocks, None]):
        is_line = block and block.kind in (PARAGRAPH, ITEM, HEADING)
        entry = CONTENTS_ENTRY.fullmatch(block.text) if titles and is_line else None
        title = " ".join(entry["title"].split()) if entry else ""
        if title in titles and title not in run:
            run[title] = index
        else:
            indexes |= set(run.values()) if len(run) > 1 else set()
            run = {title: index} if title in titles else {}
    return indexes


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
