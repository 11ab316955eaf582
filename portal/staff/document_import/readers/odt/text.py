"""Reads the body of an OpenDocument text: paragraphs, headings, lists, tables, notes and frames in order."""

import re
from typing import NamedTuple

from organisation.reader_process.unreadable import Unreadable
from portal.staff.colours import UNKNOWN

from ..forbidding import notices_of_headers
from ..raised import add_lowered, written_raised
from ..shape import (
    CAPTION,
    COMMENTS,
    CONTENTS,
    CONTROLS,
    DIAGRAMS,
    EMBEDDED,
    HEADERS,
    HEADING,
    HIDDEN,
    ITEM,
    LEFT_OUT,
    MAX_LINES,
    NOTE,
    PARAGRAPH,
    QUOTATION,
    STRUCK_OUT,
    SYMBOLS,
    TRACKED_CHANGES,
    Line,
    Notice,
)
from ..signs import visible
from ..symbols import readable
from .look import Look, page_colour
from .names import attribute, iter_named, number, short, words_of
from .styles import Counters
from .table import read_table

INDEXES = {
    f"text:{name}"
    for name in (
        *("table-of-content", "illustration-index", "table-index", "object-index", "user-index"),
        *("alphabetical-index",),
    )
}
LEFT_OUT_PARTS = {
    "office:annotation": COMMENTS,
    "office:forms": CONTROLS,
    "draw:control": CONTROLS,
    "draw:image": EMBEDDED,
    "draw:plugin": EMBEDDED,
    "draw:floating-frame": EMBEDDED,
    "svg:title": EMBEDDED,
    "svg:desc": EMBEDDED,
    "draw:object": DIAGRAMS,
    "draw:object-ole": DIAGRAMS,
}
SILENT = {
    "text:script",
    "text:note-citation",
    "text:index-title-template",
    "office:annotation-end",
    "text:number",
}
HEADER_ELEMENTS = [f"style:{name}{kind}" for name in ("header", "footer") for kind in ("", "-left", "-first")]
MAX_SPACES = 40


class Place(NamedTuple):
    """What the elements around a paragraph say of it; `list_style` and `depth` are those of its list."""

    kind: str = ""
    depth: int = 0
    list_style: str = ""
    look: Look = Look()


def hidden_place(place):
    return place._replace(look=place.look._replace(is_hidden=True))


class Text:
    def __init__(self, content, styles_root, styles):
        self.body = next(iter_named(content, "office:text"), None)
        self.styles_root, self.styles, self.counters = styles_root, styles, Counters(styles)
        self.lines, self.notes, self.notices = [], [], []
        self.tables = 0
        self.item_start = ()  # (number that its file gives an item, or None) until its first paragraph
        self.frames = []  # text boxes of the paragraph that is being read

    def read(self):
        page = Look(ground=page_colour(self.styles_root))
        self.read_blocks(self.body if self.body is not None else (), Place(look=page))
        headers = [words_of(each) for each in iter_named(self.styles_root, *HEADER_ELEMENTS)]
        if any(header.strip() for header in headers):
            self.tell(HEADERS)
        self.notices += notices_of_headers(headers)
        if self.body is not None and any(
            True for _change in iter_named(self.body, "text:insertion", "text:deletion")
        ):
            self.notices.append(Notice(TRACKED_CHANGES))
        return self.lines + self.notes, list(dict.fromkeys(self.notices))

    def tell(self, part):
        self.notices.append(Notice(LEFT_OUT, part))

    def read_blocks(self, parent, place):
        for element in parent:
            name = short(element.tag) if isinstance(element.tag, str) else ""
            if name in ("text:p", "text:h"):
                self.read_paragraph(element, name, place)
            elif name == "text:list":
                own = attribute(element, "text:style-name") or place.list_style
                goes_on = attribute(element, "text:continue-list") or attribute(
                    element, "text:continue-numbering"
                )
                if not place.depth and goes_on in (None, "false"):
                    self.counters.restart(own)
                self.read_blocks(
                    element, place._replace(kind=place.kind or ITEM, depth=place.depth + 1, list_style=own)
                )
            elif name == "text:section":
                is_hidden = attribute(element, "text:display") in ("none", "condition") and (
                    attribute(element, "text:display") == "none"
                    or attribute(element, "text:is-hidden") == "true"
                )
                own = self.styles.properties("section", attribute(element, "text:style-name"))
                own_place = place._replace(look=place.look.within(own))
                self.read_blocks(element, hidden_place(place) if is_hidden else own_place)
            elif name == "text:list-item":
                self.item_start = (number(element, "text:start-value", 99_999, None),)
                self.read_blocks(element, place)
                self.item_start = ()
            elif name == "table:table":
                read_table(self, element, place)
            elif name in INDEXES:
                self.read_blocks(element, place._replace(kind=CONTENTS))
            elif name in LEFT_OUT_PARTS:
                self.leave_out(element, name)
            elif name.startswith("draw:"):
                self.read_shape(element, name, place)
            elif name not in SILENT and name != "text:tracked-changes":
                self.read_blocks(element, place)

    def read_shape(self, element, name, place):
        """Reads the text of a shape or frame; of one that tells its words twice, the first."""
        style = attribute(element, "draw:style-name")
        own = self.styles.properties("graphic", style) if style else {}
        place = place._replace(look=place.look._replace(ground=UNKNOWN).within(own))
        if name == "draw:frame" and (
            boxes := [each for each in element if short(each.tag) == "draw:text-box"]
        ):
            self.read_blocks(boxes[0], place._replace(kind="", depth=0))
        else:
            self.read_blocks(element, place._replace(kind="", depth=0))

    def leave_out(self, element, name):
        part = LEFT_OUT_PARTS[name]
        if part != CONTROLS or len(element):
            self.tell(part)

    def read_paragraph(self, element, name, place):
        outer_frames, self.frames = self.frames, []
        style = attribute(element, "text:style-name")
        look = place.look.within(self.styles.properties("paragraph", style))
        hides_itself = any(
            attribute(each, "text:is-hidden") != "false"
            for each in element
            if short(each.tag) == "text:hidden-paragraph"
        )
        texts = []
        self.read_inline(element, look._replace(is_hidden=True) if hides_itself else look, texts)
        text = visible("".join(texts)).strip(" \n")
        if text:
            kind, level = self.kind_of(element, name, style, place)
            if kind == HEADING:
                mark = self.number_of(element, level, style, place)
                text = " ".join(f"{mark} {text}".split())
            elif kind == ITEM and self.item_start:
                mark = self.counters.next(place.list_style, place.depth, self.item_start[0])
                text = f"{mark}\t{text}" if mark else text
            self.item_start = ()
            self.lines.append(Line(text, kind, level))
            if len(self.lines) > MAX_LINES:
                raise Unreadable("too long")
        frames, self.frames = self.frames, outer_frames
        for frame, frame_name in frames:
            # What is behind a box may have any colour.
            shown = Look(is_hidden=look.is_hidden, ground=UNKNOWN)
            self.read_shape(frame, frame_name, place._replace(look=shown))

    def kind_of(self, element, name, style, place):
        """Returns (kind, level of a heading or item) of a paragraph."""
        own = self.styles.kind(style)
        if place.kind in (CONTENTS, NOTE):
            return place.kind, 0
        level = number(element, "text:outline-level", 10) if name == "text:h" else self.styles.level(style)
        if level or own == HEADING:
            return HEADING, level or 1
        if own in (CAPTION, QUOTATION, CONTENTS):
            return own, 0
        return (ITEM, place.depth) if place.kind == ITEM else (PARAGRAPH, 0)

    def number_of(self, element, level, style, place):
        """Returns the number of a heading: the one that the file gives, or the one that its style counts."""
        given = next((each for each in element if short(each.tag) == "text:number"), None)
        if attribute(element, "text:is-list-header") == "true":
            return ""
        own = self.styles.list_of(style)
        list_style = place.list_style if place.depth else own if own is not None else "Outline"
        if own == "" and not place.depth:
            return ""
        start = attribute(element, "text:start-value")
        start = int(start) if start and start.isdecimal() and len(start) < 6 else None
        list_style = list_style if list_style in self.styles.lists else ""
        computed = self.counters.next(list_style, place.depth or level, start)
        return words_of(given) if given is not None else computed

    def read_inline(self, element, look, texts):
        self.add(element.text, look, texts)
        for child in element:
            if isinstance(child.tag, str):
                self.read_child(child, short(child.tag), look, texts)
            self.add(child.tail, look, texts)

    def add(self, text, look, texts):
        if text and look.is_left_out and text.strip():
            self.notices.append(Notice(HIDDEN if look.is_unseen else STRUCK_OUT))
        elif text and not look.is_left_out:
            # White space of the file is one space; its own elements tell any other.
            text = readable(re.sub(r"[ \t\r\n]+", " ", text), look.font)
            if "\0" in text:
                self.tell(SYMBOLS)
            texts.append(text.replace("\0", ""))

    def read_child(self, child, name, look, texts):
        if name == "text:s":
            texts.append("" if look.is_left_out else " " * number(child, "text:c", MAX_SPACES))
        elif name in ("text:tab", "text:line-break"):
            texts.append("" if look.is_left_out else {"text:tab": "\t", "text:line-break": "\n"}[name])
        elif name == "text:note":
            self.read_note(child, look, texts)
        elif name == "text:hidden-text":
            if attribute(child, "text:is-hidden") != "false":
                self.notices.append(Notice(HIDDEN))
            else:
                self.read_inline(child, look, texts)
        elif name in LEFT_OUT_PARTS:
            self.leave_out(child, name)
        elif name.startswith("draw:") and name != "draw:a":
            self.frames.append((child, name))
            # What stands before a frame and after it are not one word.
            texts.append(" " if texts and texts[-1][-1:].isalnum() else "")
        elif name == "text:ruby-text":
            texts.append("" if look.is_left_out else f"({words_of(child)})")
        elif name not in SILENT:
            style = attribute(child, "text:style-name") if name == "text:span" else None
            own = look.within(self.styles.properties("text", style)) if style else look
            self.read_raised(child, own, texts) if own.height else self.read_inline(child, own, texts)

    def read_raised(self, element, look, texts):
        """Adds raised or lowered letters, so that none runs into the number before it."""
        own = []
        self.read_inline(element, look._replace(height=0), own)
        text, before = "".join(own), "".join(texts[-3:])
        if look.height > 0:
            texts.append(written_raised(before, text))
        else:
            add_lowered(texts, text)

    def read_note(self, note, look, texts):
        """Adds the mark of a note, in brackets that keep it from a number, and reads its words."""
        mark = next((words_of(each) for each in note if short(each.tag) == "text:note-citation"), "")
        mark = f"[{mark.strip()}]"
        texts.append("" if look.is_left_out else mark)
        own = Look(look.is_hidden, ground=look.ground, is_struck_out=look.is_struck_out)
        outer, self.lines = self.lines, []
        for body in note:
            if short(body.tag) == "text:note-body":
                self.read_blocks(body, Place(NOTE, look=own))
        lines, self.lines = self.lines, outer
        if lines:
            lines[0] = lines[0]._replace(text=f"{mark} {lines[0].text}")
        self.notes += [line._replace(kind=NOTE, number=0, cells=()) for line in lines]
