"""The parts of a text: headings, items of lists and paragraphs, as its file tells or, in plain text, as its lines look."""

import re
from dataclasses import dataclass

SIGN = re.compile(r"\s*(?:[•‣◦▪●·*–—-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")
NAMED = re.compile(r"(?P<name>[A-ZÀ-Þ][\w’'&-]*(?: [\w’'&-]+){0,3}): +(?P<text>\S+(?: +\S+){2,})")
LONGEST_HEADING, MOST_HEADING_WORDS = 80, 9

HEADING, ITEM, PARAGRAPH, ROW, LABEL = "heading", "item", "paragraph", "row", "label"


@dataclass
class Block:
    """A line of the text without its sign and the space around it, the heading it stands under, and what leads into its list."""

    start: int
    end: int
    kind: str
    words: str
    heading: "Block | None" = None
    lead: str = ""

    @property
    def section(self):
        return self.heading.words if self.heading else ""


def blocks_of(text, parts=()):
    """The blocks in their order; `parts` are (start, end, kind) where the file told, else kinds are guessed from the lines."""
    blocks = list(lines_of(text, parts))
    if not parts:
        for place, block in enumerate(blocks):
            if block.kind == PARAGRAPH:
                block.kind = guessed(block.words, has_more=place + 1 < len(blocks))
    heading, lead = None, ""
    for block in blocks:
        if block.kind == HEADING:
            heading, lead = block, ""
        else:
            block.heading, block.lead = heading, lead if block.kind == ITEM else ""
            if block.kind == PARAGRAPH:
                lead = block.words
    return blocks


def lines_of(text, parts):
    kinds = {start: kind for start, _end, kind in parts}
    place = 0
    for line in text.split("\n"):
        if line.strip():
            sign = SIGN.match(line)
            kind = ITEM if sign else kinds.get(place, PARAGRAPH)
            begin = sign.end() if sign else len(line) - len(line.lstrip())
            stop = len(line.rstrip())
            if begin < stop:
                yield Block(place + begin, place + stop, kind, line[begin:stop])
        place += len(line) + 1


def guessed(words, has_more):
    """What a line of plain text is: a heading is short and ends without a stop; one word in small letters is some label."""
    if re.fullmatch(r"[a-z]+", words):
        return LABEL
    is_short = len(words) <= LONGEST_HEADING and len(words.split()) <= MOST_HEADING_WORDS
    return (
        HEADING
        if has_more and is_short and words[0].isupper() and not re.search(r"[.;:,!?…]$", words)
        else PARAGRAPH
    )


def named_blocks(blocks):
    """The places of blocks such as “Integrity: We are committed …”, where at least two stand one after the other."""
    fits = [block.kind in (PARAGRAPH, ITEM) and bool(NAMED.fullmatch(block.words)) for block in blocks]
    return {
        place
        for place, fit in enumerate(fits)
        if fit and (place and fits[place - 1] or place + 1 < len(fits) and fits[place + 1])
    }


def announced(blocks):
    """The places of headings that a sentence before them announces: “we work in the following three areas:”."""
    numbers = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
    found = set()
    for place, block in enumerate(blocks):
        if block.kind == PARAGRAPH and (
            said := re.search(
                r"following (\w+) (?:areas|fields|programmes|programs|pillars|strands)[^.]*:$", block.words
            )
        ):
            headings = [later for later in range(place + 1, len(blocks)) if blocks[later].kind == HEADING]
            found |= set(headings[: numbers.get(said[1], 0)])
    return found
