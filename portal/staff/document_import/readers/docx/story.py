"""Reads a story in Word's sense, the body, a note or a header, into lines."""

from portal.staff.colours import UNKNOWN

from ..shape import (
    CAPTION,
    COMMENTS,
    CONTENTS,
    HEADING,
    HIDDEN,
    ITEM,
    JOINED,
    LEFT_OUT,
    NUMBERS,
    PARAGRAPH,
    STRUCK_OUT,
    SYMBOLS,
    TRACKED_CHANGES,
    Line,
    Notice,
)
from ..symbols import readable
from .drawings import drawing_lines
from .equation import linear
from .fields import COMPUTED_NUMBERS, CONTENTS_FIELDS, FORMULAS, Field, Fields, shown_text
from .styles import Place
from .tables import table_lines
from .writing import CONTROL_SIGNS, Writing
from .xml import attribute, child, chosen_content, descendants, name_of

DELETED, INSERTED = ("w:del", "w:moveFrom"), ("w:ins", "w:moveTo")
# A person sees nothing of these; the properties may hold a past state besides.
UNSEEN = ("w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:sectPr", "w:tblPr", "w:tcPr", "w:trPr", "w:rt")
BREAKS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "\u2011"}
REFERENCES = ("w:footnoteReference", "w:endnoteReference")
DRAWINGS = ("w:drawing", "w:pict", "w:object", "w:txbxContent")


class Story:
    """A story of a part; `document` holds what all of them share (see `Document`)."""

    def __init__(self, document, part, root, kind=PARAGRAPH):
        self.document, self.part, self.kind = document, part, kind
        self.fields = Fields(root)
        self.place, self.contents_depth = Place(ground=document.page_colour), 0
        # The words of paragraphs whose mark is struck out: they go on in the next one.
        self.carried = ""

    def tell(self, code, words=""):
        self.document.notices.append(Notice(code, words))

    def related_root(self, identity):
        return self.document.package.root(self.document.package.target(self.part, identity))

    def next_table(self):
        self.document.tables += 1
        return self.document.tables

    def read(self, root):
        lines = []
        self.add_blocks(root, lines)
        if self.carried.strip():
            lines.append(Line(self.carried, self.kind))
        return lines

    def add_blocks(self, container, lines):
        """Adds the lines of the paragraphs and tables in a container."""
        for element in container if container is not None else ():
            name = name_of(element)
            if name == "w:p":
                self.add_paragraph(element, lines)
            elif name == "w:tbl":
                lines += table_lines(self, element)
            elif name in DELETED:
                self.skip(element)
            elif name == "mc:AlternateContent":
                self.add_blocks(chosen_content(element), lines)
            elif name in ("w:altChunk", "w:subDoc"):
                self.tell(LEFT_OUT, JOINED)
            elif name not in UNSEEN:
                if name in INSERTED:
                    self.tell(TRACKED_CHANGES)
                is_list = is_contents_list(element)
                self.contents_depth += is_list
                self.add_blocks(element, lines)
                self.contents_depth -= is_list

    def skip(self, element):
        """Leaves out what was struck out; the marks of its fields still count."""
        self.tell(TRACKED_CHANGES)
        for mark in descendants(element, "w:fldChar"):
            self.fields.mark(mark)

    def add_paragraph(self, element, lines):
        properties = child(element, "w:pPr")
        writing = Writing()
        writing.has_contents = bool(self.contents_depth) or self.fields.has_open(CONTENTS_FIELDS)
        outer, style = self.place, attribute(child(properties, "w:pStyle"))
        self.place = self.document.styles.paragraph_place(style, properties, outer)
        self.write(element, writing, style)
        self.place = outer
        text = self.carried + writing.finished()
        self.carried = ""
        mark = child(properties, "w:rPr")
        self.tell_of_mark(mark)
        is_joined = any(child(mark, name) is not None for name in DELETED)
        if is_joined or attribute(child(properties, "w:framePr"), "dropCap", "none") != "none":
            self.carried = text
        elif text.strip() or not (writing.has_hidden_words or writing.boxes):
            self.add_line(text, properties, writing, lines)
        lines += writing.boxes

    def tell_of_mark(self, properties):
        if any(child(properties, name) is not None for name in (*DELETED, *INSERTED)):
            self.tell(TRACKED_CHANGES)

    def add_line(self, text, properties, writing, lines):
        kind, level, list_, list_level = self.document.styles.kind(properties)
        if list_ and (label := self.document.numbering.label(list_, list_level)) != "" and text.strip():
            if label is None:
                self.tell(LEFT_OUT, NUMBERS)
            else:
                text = f"{label}{chr(9) if kind == ITEM else ' '}{text}"
        if self.kind != PARAGRAPH:
            kind, level = self.kind, 0
        elif kind == HEADING:
            pass
        elif writing.has_contents:
            kind, level = CONTENTS, 0
        elif writing.has_caption_number:
            kind, level = CAPTION, 0
        # One empty line is as good as a hundred.
        if text.strip() or not lines or lines[-1].text.strip():
            lines.append(Line(text, kind, level))

    def write(self, container, writing, style):
        """Writes the runs of a paragraph, out of whatever wraps them."""
        for element in container if container is not None else ():
            name = name_of(element)
            if name == "w:r":
                self.write_run(element, writing, style)
            elif name in DELETED:
                self.skip(element)
            elif name == "m:oMath":
                if self.fields.are_seen:
                    writing.add(linear(element))
            elif name == "mc:AlternateContent":
                self.write(chosen_content(element), writing, style)
            elif name == "w:fldSimple":
                self.write_simple_field(element, writing, style)
            elif name == "w:subDoc":
                self.tell(LEFT_OUT, JOINED)
            elif name not in UNSEEN:
                if name in INSERTED:
                    self.tell(TRACKED_CHANGES)
                self.write(element, writing, style)

    def write_simple_field(self, element, writing, style):
        field = Field(instruction=attribute(element, "instr"))
        self.fields.open.append(field)
        self.note_field(field, writing)
        self.write(element, writing, style)
        self.fields.open.remove(field)

    def write_run(self, run, writing, style):
        look = self.document.styles.look(style, self.place, child(run, "w:rPr"))
        for element in run:
            self.write_content(element, writing, style, look)

    def write_content(self, element, writing, style, look):
        name = name_of(element)
        if name == "w:fldChar":
            self.take_field_mark(element, writing, look)
        elif name == "w:instrText":
            self.fields.instruct(element.text or "")
        elif not self.fields.are_seen or name in UNSEEN or name in DELETED:
            pass
        elif look.is_hidden or look.is_struck_out:
            words = descendants(element, "w:t", "w:sym", *REFERENCES)
            if any((each.text or "").strip() or name_of(each) != "w:t" for each in words):
                writing.has_hidden_words = True
                self.tell(HIDDEN if look.is_hidden else STRUCK_OUT)
        elif name == "w:t":
            self.write_text(element.text or "", look, writing)
        elif name in BREAKS:
            writing.add(BREAKS[name])
        elif name == "w:sym":
            self.write_symbol(element, look, writing)
        elif name in REFERENCES:
            if mark := self.document.notes[name[2:-9]].refer(element):
                writing.add_mark(mark)
        elif name in DRAWINGS:
            outer = self.place
            self.place = Place(ground=UNKNOWN)  # what is behind a box may have any colour
            writing.boxes += drawing_lines(self, element)
            self.place = outer
        elif name == "w:commentReference":
            self.tell(LEFT_OUT, COMMENTS)
        elif name == "w:ruby":
            self.write_ruby(element, writing, style)
        else:
            for each in chosen_content(element) if name == "mc:AlternateContent" else element:
                self.write_content(each, writing, style, look)

    def write_text(self, text, look, writing):
        text = readable(text.translate(CONTROL_SIGNS), look.font)
        if "\0" in text:
            self.tell(LEFT_OUT, SYMBOLS)
        writing.add(text.replace("\0", ""), look.height)

    def write_symbol(self, element, look, writing):
        code = attribute(element, "char")
        if code.isalnum() and len(code) <= 4:
            try:
                self.write_text(chr(int(code, 16)), look._replace(font=attribute(element, "font")), writing)
            except ValueError:
                self.tell(LEFT_OUT, SYMBOLS)

    def write_ruby(self, element, writing, style):
        """Writes the word and, in brackets, how it is read, which Word sets above it."""
        self.write(child(element, "w:rubyBase"), writing, style)
        reading = Writing()
        self.write(child(element, "w:rt"), reading, style)
        if text := reading.finished().strip():
            writing.add(f"({text})")

    def take_field_mark(self, element, writing, look):
        field = self.fields.mark(element)
        if field:
            self.note_field(field, writing)
            if self.fields.are_seen and not look.is_hidden:
                self.write_text(shown_text(field), look._replace(font=""), writing)
        elif attribute(element, "fldCharType") == "separate":
            writing.has_contents |= self.fields.has_open(CONTENTS_FIELDS)

    def note_field(self, field, writing):
        writing.has_caption_number |= field.name == "SEQ"
        if field.name in COMPUTED_NUMBERS:
            self.tell(LEFT_OUT, NUMBERS)
        if field.name in FORMULAS:
            self.tell(LEFT_OUT, SYMBOLS)


def is_contents_list(element):
    galleries = [
        attribute(child(element, "w:sdtPr", name, "w:docPartGallery"))
        for name in ("w:docPartObj", "w:docPartList")
    ]
    return name_of(element) == "w:sdt" and "Table of Contents" in galleries
