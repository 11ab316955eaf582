"""Reads the elements of a page in their order: each line of text, its kind, and what is left out."""

import re
from typing import NamedTuple

from organisation.reader_process.unreadable import Unreadable
from portal.staff.colours import UNKNOWN

from ..forbidding import notices_of_headers
from ..raised import add_lowered, written_raised
from ..shape import (
    CAPTION,
    CONTENTS,
    HEADERS,
    HEADING,
    HIDDEN,
    ITEM,
    LEFT_OUT,
    MAX_CHARACTERS,
    MAX_LINES,
    NOTE,
    OPENABLE,
    PARAGRAPH,
    QUOTATION,
    STRUCK_OUT,
    SYMBOLS,
    Line,
    Notice,
)
from ..signs import visible
from ..symbols import readable
from .kinds import heading_level, kind_of, number_of
from .left_out import is_hidden, part_of
from .marks import height_of, is_back_link, is_note_mark
from .media import is_for_screens
from .panels import Panels
from .sight import UNREAD, Sight
from .style import BLOCK_DISPLAYS, Sheet
from .table import read_table
from .tree import added_signs, are_apart, words_of

# Not the head: the parser leaves elements that are newer than itself in it where no body is opened.
SILENT = set("title script style link meta base param source track area map datalist rp annotation".split())
UNSEEN = {"noscript", "template"}
BLOCKS = set(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main ol optgroup option "
    "p pre search section summary table tbody td tfoot th thead tr ul".split()
)
LIST_MARKER = re.compile(r"(?:[•‣◦▪●·*–—-]|\(?\d{1,2}[.)])\s")
WHITE_SPACE, SPACES = re.compile(r"[ \t\n\r\f]+"), re.compile(" {2,}")
SPACED_TAB = re.compile(" *\t *")
CONTROL_SIGNS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
STICKY_KINDS = (CONTENTS, NOTE, CAPTION, QUOTATION)


class Place(NamedTuple):
    """What the elements around a text say of it."""

    kind: str = PARAGRAPH
    number: int = 0
    is_preformatted: bool = False
    depth: int = 0  # of lists


class Page:
    def __init__(self, root):
        self.root, self.has_scripts = root, root.find(".//script") is not None
        sheets = list(sheets_of(root))
        self.panels = Panels(root, self.has_scripts or any(":target" in each for each in sheets))
        self.sheet = Sheet(sheets)
        self.lines, self.notices, self.texts = [], [], []
        # A sheet that is not there may set any colour behind the words.
        is_known = not (
            any(map(is_other_sheet, root.iter("link"))) or any("@import" in each for each in sheets)
        )
        self.sight = Sight() if is_known else Sight(color=UNREAD, ground=UNKNOWN)
        self.tables = self.level = self.characters = self.breaks = 0
        self.marks = {}  # of notes, by the id that each leads to
        self.counts = {}  # of the last item of each ordered list
        self.item_mark = ""  # the number of the item whose first line comes next
        self.note_mark = ""  # of the note whose first line comes next
        self.edge = ()  # the elements that ended and began since the last text

    def read(self):
        self.read_element(self.root, Place())
        self.end_line(Place())
        if self.panels.has_closed_ones:
            self.notices.append(Notice(OPENABLE))
        return self.lines, list(dict.fromkeys(self.notices))

    def read_children(self, element, place):
        self.add(element.text, place)
        for child in element:
            if isinstance(child.tag, str):
                self.read_element(child, place)
            self.add(child.tail, place)

    def read_element(self, element, place):
        styles, outer = self.sheet.styles(element), self.sight
        self.sight = outer.within(element, styles)
        self.read_styled(element, styles, place, outer)
        self.sight = outer

    def read_styled(self, element, styles, place, outer):
        tag = element.tag
        is_block = tag in BLOCKS or styles.get("display") in BLOCK_DISPLAYS
        if is_block:
            self.end_line(place)
        if self.leaves_out(element, styles):
            return
        if tag == "br":
            self.texts.append("\n")
            self.count(lines=1)
        elif tag == "table":
            read_table(self, element, place)
        elif not is_block and self.read_mark(element, styles, place, outer):
            pass
        else:
            own = self.place_of(element, styles, place)
            if tag == "li" and own.kind != NOTE:
                self.item_mark = number_of(self, element)
            before, after = added_signs(element)
            self.edge = (*self.edge, element)
            self.texts.append(before)
            self.read_children(element, own)
            self.texts.append(after)
            self.edge = (*self.edge, element)
            if is_block or own.kind == HEADING != place.kind:
                self.end_line(own)
            # An item of which nothing is seen has no number either.
            self.item_mark = "" if tag == "li" else self.item_mark

    def place_of(self, element, styles, place):
        """Returns the place of what an element holds, and says a label before a panel that has one."""
        tag = element.tag
        if (label := self.panels.labels.get(element)) is not None:
            self.add_line(Line(" ".join(visible(words_of(label)).split()), HEADING, min(self.level + 1, 6)))
        if tag == "details" and "open" not in element.attrib:
            self.notices.append(Notice(OPENABLE))
        kind, number, depth = place.kind, place.number, place.depth
        if tag in ("ul", "ol", "dl", "menu", "dir"):
            depth += 1
        if place.kind in STICKY_KINDS[:3]:
            pass
        elif own_kind := kind_of(self, element):
            kind, number = own_kind, 0
        elif level := heading_level(self, element):
            kind, number = HEADING, level
        elif kind != QUOTATION and tag in ("li", "dt", "dd"):
            kind, number = ITEM, depth or 1
        if kind == NOTE and element.get("id") in self.marks:
            self.note_mark = self.marks[element.get("id")]
        return Place(kind, number, place.is_preformatted or tag in ("pre", "listing", "xmp"), depth)

    def leaves_out(self, element, styles):
        """Says that an element is left out, and notes what staff are told of it."""
        tag = element.tag
        # A browser shows no title, and swallows what follows one that is never closed.
        is_stray_title = tag == "title" and element.getparent().tag != "head"
        if tag in SILENT and not is_stray_title or is_back_link(element) or element in self.panels.moved_tabs:
            return True
        part = part_of(self, element, styles)
        if tag in UNSEEN or is_stray_title or not part and is_hidden(self, element, styles):
            if words_of(element).strip():
                self.notices.append(Notice(HIDDEN))
            return True
        if part == HEADERS:
            self.notices += notices_of_headers([words_of(element)])
        if part:
            self.notices.append(Notice(STRUCK_OUT) if part == STRUCK_OUT else Notice(LEFT_OUT, part))
        return bool(part)

    def read_mark(self, element, styles, place, outer):
        """Adds the mark of a note, or raised and lowered letters, so that no number runs into them."""
        height = height_of(element, styles, self.sight, outer)
        if not (height or element.tag == "a") or self.sight.is_unseen:
            return False
        text = " ".join(words_of(element).split())
        before = "".join(self.texts[-3:]).rstrip()
        if is_note := is_note_mark(element, text):
            link = element if element.tag == "a" else element.find(".//a")
            text = text if text.startswith(("[", "(")) else written_raised("", text, is_note)
            if link is not None:
                self.marks.setdefault(link.get("href", "").rpartition("#")[2], text)
        elif not height or any(each.tag in BLOCKS for each in element.iter()):
            return False
        else:
            text = self.words_within(element, place)
            if height < 0:
                if before:
                    add_lowered(self.texts, text)
                    text = ""
            else:
                text = written_raised(before, text) if before else text
        self.texts.append(text)
        self.edge = ()
        return True

    def words_within(self, element, place):
        """Returns the words of an element that are seen."""
        outer, self.texts, self.edge = self.texts, [], ()
        self.read_children(element, place)
        texts, self.texts = self.texts, outer
        return "".join(texts)

    def add(self, text, place):
        if not text:
            return
        self.count(characters=len(text))
        if self.sight.is_unseen and text.strip():
            self.notices.append(Notice(HIDDEN))
            text = " "
        text = readable(text, self.sight.font)
        if "\0" in text:
            self.notices.append(Notice(LEFT_OUT, SYMBOLS))
        text = CONTROL_SIGNS.sub(" ", visible(text))
        text = text if place.is_preformatted else WHITE_SPACE.sub(" ", text)
        if self.texts and are_apart("".join(self.texts[-3:]), text, self.edge):
            self.texts.append(" ")
        self.texts.append(text)
        self.edge = ()

    def count(self, characters=0, lines=0):
        """Counts what is kept; Unreadable at far more than any document may have."""
        self.characters, self.breaks = self.characters + characters, self.breaks + lines
        if self.characters > 4 * MAX_CHARACTERS or self.breaks + len(self.lines) > MAX_LINES:
            raise Unreadable("too long")

    def end_line(self, place):
        """Ends the current line; a blank line, or a marker of a list after a break, makes several of it."""
        text, self.texts, self.edge = "".join(self.texts), [], ()
        if place.kind == HEADING:
            self.add_line(Line(" ".join(text.split()), HEADING, place.number))
            return
        lines = []
        for line in (SPACED_TAB.sub("\t", SPACES.sub(" ", each)).strip(" \t") for each in text.split("\n")):
            if line and lines and lines[-1] and not LIST_MARKER.match(line):
                lines[-1] += f"\n{line}"
            else:
                lines.append(line)
        for line in filter(None, lines):
            is_item = place.kind == PARAGRAPH and len(lines) > 1 and LIST_MARKER.match(line)
            self.add_line(Line(line, ITEM if is_item else place.kind, 1 if is_item else place.number))

    def add_line(self, line):
        if line.kind == NOTE and line.text:
            mark, self.note_mark = self.note_mark, ""
            has_mark = line.text.startswith((mark, mark.strip("[]")))
            line = line if has_mark else line._replace(text=f"{mark} {line.text}")
        if line.text:
            mark, self.item_mark = self.item_mark, ""
            self.lines.append(with_number(line, mark) if mark and not line.cells else line)


def sheets_of(root):
    """Yields the text of each style sheet that a page holds for screens."""
    for element in root.iter("style"):
        is_used = element.getparent() is None or element.getparent().tag not in UNSEEN
        if is_used and is_for_screens(element.get("media", "")):
            yield element.text or ""


def is_other_sheet(link):
    """Says that a link leads to a style sheet for screens, which is another file."""
    names = link.get("rel", "").lower().split()
    return "stylesheet" in names and "alternate" not in names and is_for_screens(link.get("media", ""))


def with_number(line, number):
    """Returns a line behind its number, before a tab if it is an item, as in a Word document."""
    return line._replace(text=f"{number}\t{line.text}" if line.kind == ITEM else f"{number} {line.text}")
