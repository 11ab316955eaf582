"""Reads a Markdown file as the page that it describes; its notes come last."""

import re
from html import escape
from itertools import count

from markdown_it import MarkdownIt

from . import html_page
from .shape import COMMENTS, LEFT_OUT, METADATA, Notice

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
NAMES_OF_TITLES = ("title", "subtitle")
# They stand on a cover, too, and are kept as the file shows them: “author: Ada Bell”.
NAMES_OF_COVERS = ("author", "authors", "date")
NOTE = re.compile(
    r"^ {0,3}\[\^([^\]\s]{1,60})\]:[ \t]*(.*(?:\n(?:[ \t]+\S.*|(?=\n[ \t]{2,}\S)))*)", re.MULTILINE
)
FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
# What pandoc writes besides: “## Results {#results .unnumbered}”, “3,120^2^”, “H~2~O”, “^[a note here]”.
ATTRIBUTES = re.compile(r"^( {0,3}#{1,6}[ \t][^\n{]*)\{[#.][^{}\n]*\}[ \t]*$", re.MULTILINE)
RAISED, LOWERED = re.compile(r"(?<!\\)\^([^\s^\[\]]{1,12})\^"), re.compile(r"(?<![\\~])~(\d{1,4})~(?!~)")
NOTE_IN_PLACE = re.compile(r"(?<!\\)\^\[([^\[\]]{1,2000})\]")
CODE = re.compile(
    rf"{FENCE.pattern}|(?<!`)(?P<ticks>`++)[^\n]{{1,500}}?(?<!`)(?P=ticks)(?!`)|^(?: {{4}}|\t)[^\n]*$",
    FENCE.flags,
)


def read(contents):
    """Returns the lines of UTF-8 bytes and the notices."""
    text = contents.decode().replace("\r\n", "\n")
    notices = [Notice(LEFT_OUT, COMMENTS)] if "<!--" in text else []
    title, text = "", text
    if front_matter := FRONT_MATTER.match(text):
        title, is_whole = titles_of(front_matter[1])
        notices += [] if is_whole else [Notice(LEFT_OUT, METADATA)]
        text = text[front_matter.end() :]
    text, notes = without_notes(text)
    text = outside_code(text, lambda words: as_page(words, notes))
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    page = title + parser.render(text)
    for label in notes:
        page = page.replace(escape(f"[^{label}]"), f'<sup role="doc-noteref">{escape(label)}</sup>')
    page += "".join(
        f'<div role="doc-footnote">{parser.render(f"[{label}] {words}")}</div>'
        for label, words in notes.items()
    )
    lines, page_notices = html_page.read(page.encode())
    return lines, notices + page_notices


def titles_of(front_matter):
    """Returns (the titles, authors and date of front matter as a page, whether it holds nothing else)."""
    headings, is_whole = "", True
    for line in front_matter.split("\n"):
        name, _colon, value = line.partition(":")
        value = value.strip().strip("\"'")
        is_told = bool(value) and value[0] not in "|>[{&*"
        if name in NAMES_OF_TITLES and is_told:
            headings += f"<h1>{escape(value)}</h1>\n"
        elif name in NAMES_OF_COVERS and is_told:
            headings += f"<p>{escape(f'{name}: {value}')}</p>\n"
        elif line.strip():
            is_whole = False
    return headings, is_whole


def as_page(text, notes):
    """Returns a text with what pandoc writes as other Markdown has it; adds its notes to {label: words}."""

    def take(match):
        label = str(next(number for number in count(len(notes) + 1) if str(number) not in notes))
        notes[label] = match[1]
        return f"[^{label}]"

    text = NOTE_IN_PLACE.sub(take, ATTRIBUTES.sub(r"\1", text))
    return LOWERED.sub(r"<sub>\1</sub>", RAISED.sub(r"<sup>\1</sup>", text))


def outside_code(text, change):
    """Returns a text in which what is no code has been changed."""
    kept, start = [], 0
    for code in CODE.finditer(text):
        kept += [change(text[start : code.start()]), code[0]]
        start = code.end()
    return "".join([*kept, change(text[start:])])


def without_notes(text):
    """Returns a text without the notes that it defines outside code, and {label: words} of these."""
    notes, kept, start = {}, [], 0

    def take(match):
        notes[match[1]] = re.sub(r"\n[ \t]+", "\n", match[2])
        return ""

    for fence in FENCE.finditer(text):
        kept += [NOTE.sub(take, text[start : fence.start()]), fence[0]]
        start = fence.end()
    return "".join([*kept, NOTE.sub(take, text[start:])]), notes
