"""Reads a text file: joins the lines of wrapped paragraphs and items, and knows the lines of a contents list.

What a line of its own is cannot be told from a text file; such a line has no kind.
"""

import re
from itertools import groupby, pairwise

from organisation.reader_process.unreadable import Unreadable

from .shape import CONTENTS, ITEM, MAX_CHARACTERS, MAX_LINES, PARAGRAPH, QUOTATION, Line
from .signs import visible

LIST_MARKER = re.compile(r"\s*(?:[•‣◦▪●·*–—-]|\(?\d{1,2}[.)]|\(?(?!p\. ?\d)[a-z][.)])\s+(?=\S)")
LEADERS = re.compile(r"(?:\.{4,}|(?:\. ){3,}\.?|…{2,}|_{4,})\s*(?:\d{1,4}|[ivxl]{1,6})?\s*$")
SENTENCE_END = re.compile(r"[.!?:;…][”’\"')\]]*(?:\[\d+\])?$")
# What a mail program sets before each line of the message that is answered.
QUOTE = re.compile(r" {0,3}>[> ]*")
BROKEN_WORD = re.compile(r"[^\W\d_][-\u2010\u00ad]$")
COLUMNS = re.compile(r"\t|\S {3,}\S")
# Text is wrapped at widths such as 65 or 80: longer lines are paragraphs, and short ones names and headings.
MAX_WRAPPED, MIN_WRAPPED = 120, 25
MAX_CONTENTS_LINE = 300
# A few have come from a terminal or a database; a file of many is none of text.
CONTROL_SIGNS = re.compile("[\x01-\x08\x0e-\x1b\x7f]")
MAX_CONTROL_SIGNS = 0.02  # of the signs of a text


def read(contents):
    """Returns the lines of UTF-8 bytes, which together are its text sign for sign, and no notices."""
    text = visible(contents.decode().replace("\x85", "\n"))
    if len(CONTROL_SIGNS.findall(text)) <= MAX_CONTROL_SIGNS * len(text):
        text = CONTROL_SIGNS.sub("", text)
    if len(text) > MAX_CHARACTERS or text.count("\n") >= MAX_LINES:
        raise Unreadable("too long")
    return [line for group in groups(text.split("\n")) for line in lines_of(group)], []


def groups(lines):
    """Yields lines that follow each other without an empty one; each empty line is a group."""
    group = []
    for line in lines:
        if line.strip():
            group.append(line)
            continue
        yield group
        yield [line]
        group = []
    yield group


def lines_of(group):
    """Yields the lines of a group, those of a wrapped paragraph, an item or a quoted message as one."""
    last = ""
    for is_marked, lines in groupby(group, lambda line: bool(QUOTE.match(line))):
        lines = list(lines)
        if is_marked and is_message(lines, last):
            yield Line("\n".join(lines), QUOTATION)
        else:
            yield from unquoted_lines(lines)
        last = lines[-1]


def is_message(lines, last):
    """Says that lines behind “>” are a message that another answers, and no list with such a marker."""
    bare = [QUOTE.sub("", line, count=1) for line in lines]
    return last.rstrip().endswith(":") or any(goes_on(*pair) for pair in pairwise(bare))


def unquoted_lines(group):
    joined = []
    is_wrapped = any(goes_on(*pair) for pair in pairwise(group))
    width = max((len(line) for line in group if len(line) <= MAX_WRAPPED), default=0)
    for line in group:
        if joined and continues(joined, line, width if is_wrapped else 0):
            joined.append(line)
        else:
            yield from as_line(joined)
            joined = [line]
    yield from as_line(joined)


def as_line(joined):
    if not joined:
        return
    kind = ""
    if len(joined) > 1:
        kind = ITEM if LIST_MARKER.match(joined[0]) else PARAGRAPH
    elif len(joined[0]) <= MAX_CONTENTS_LINE and LEADERS.search(joined[0]):
        kind = CONTENTS
    yield Line("\n".join(joined), kind)


def continues(joined, line, width):
    """Says that a line goes on with the paragraph or item before it; `width` is that of a wrapped text."""
    last = joined[-1]
    if not may_be_joined(last, line):
        return False
    if goes_on(last, line):
        return True
    indent, own_indent = indent_of(joined[0]), indent_of(line)
    if LIST_MARKER.match(joined[0]) and own_indent > indent:
        return True
    if own_indent > indent_of(last) or len(last) > MAX_WRAPPED:
        return False
    # Nothing but the length of the line says that a capital letter or a figure goes on with it.
    first_word = line.split(maxsplit=1)[0]
    is_full = len(last) >= 0.7 * width or len(last) + 1 + len(first_word) > width
    return bool(width) and len(last) >= MIN_WRAPPED and is_full


def goes_on(last, line):
    """Says that a sentence goes on from one line to the next by its letters alone."""
    if not may_be_joined(last, line) or SENTENCE_END.search(last.rstrip()):
        return False
    opening = line.lstrip().lstrip("(“‘\"'")[:1]
    is_one_word = len(line.split()) == 1 and not re.search(r"[^\w]\s*$", line)
    if opening.islower():
        if BROKEN_WORD.search(last.rstrip()):
            return len(last) <= MAX_WRAPPED
        return len(last) >= MIN_WRAPPED and len(last) <= MAX_WRAPPED and not is_one_word
    ends_inside = re.search(r"(?:^|\s)[a-zà-ÿ]+$", last.rstrip()) and opening.isdigit()
    return bool(ends_inside) and MIN_WRAPPED <= len(last) <= MAX_WRAPPED and not is_one_word


def may_be_joined(last, line):
    return not (
        LIST_MARKER.match(line)
        or COLUMNS.search(line.strip())
        and not LIST_MARKER.match(line)
        or COLUMNS.search(LIST_MARKER.sub("", last, count=1).strip())
        or len(last) <= MAX_CONTENTS_LINE
        and LEADERS.search(last)
        or not re.search(r"\w", last)
        or not re.search(r"\w", line)
    )


def indent_of(line):
    return len(line) - len(line.lstrip())
