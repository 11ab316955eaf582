"""Reads the text of a Word document as its final version shows it: no deletions, comments or hidden text."""

from zipfile import BadZipFile
from zlib import error as BadCompression

from lxml import etree

from portal.staff.reader_process.unreadable import Unreadable

from .package import open_member
from .shape import HEADING, HIDDEN, ITEM, NOTE, PARAGRAPH, TRACKED_CHANGES, Line, Notice, row

# Tracked deletions, the old places of moved text, and the copy of a text box that older programs read.
SKIPPED_ELEMENTS = {"del", "moveFrom", "Fallback"}
CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
OFF_VALUES = ("", "0", "false", "off", "none")


def read(contents):
    """Returns the lines of a document and its notices. Footnotes follow the body.

    Headers, comments and field codes are not read.
    """
    try:
        style_kinds = read_style_kinds(open_member(contents, "word/styles.xml"))
        body = Story(style_kinds).read(open_member(contents, "word/document.xml"))
        stories = [body]
        if body.has_footnotes:
            stories.append(Story(style_kinds, NOTE).read(open_member(contents, "word/footnotes.xml")))
    except (etree.XMLSyntaxError, BadZipFile, BadCompression, EOFError, NotImplementedError) as error:
        raise Unreadable("damaged") from error
    notices = [Notice(TRACKED_CHANGES)] if any(story.has_tracked_changes for story in stories) else []
    notices += [Notice(HIDDEN)] if any(story.has_hidden_text for story in stories) else []
    return [line for story in stories for line in story.lines], notices


def iter_elements(stream, *events):
    """Yields (event, element, local name) of an XML stream, in constant memory and loading nothing else."""
    for event, element in etree.iterparse(
        stream, events=events, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    ):
        # Word never writes a document type; refusing it rules out entities that multiply.
        if element.getroottree().docinfo.doctype:
            raise etree.XMLSyntaxError("a document type", 0, 0, 0)
        yield event, element, local_name(element.tag)
        if event == "end":
            # iterparse keeps the whole tree: the element and its closed siblings are freed.
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def local_name(tag):
    """Returns a name without its namespace, because OOXML has two sets of namespaces."""
    return tag.rpartition("}")[2]


def attribute(element, name="val"):
    return next((value for key, value in element.attrib.items() if local_name(key) == name), None)


def is_on(element):
    """Returns the value of a toggle property such as `vanish`; without an attribute its presence sets it."""
    return attribute(element) not in OFF_VALUES


class Story:
    """A story in Word's sense: the text of the body, or of the footnotes."""

    def __init__(self, style_kinds, kind=PARAGRAPH):
        self.style_kinds, self.kind, self.lines = style_kinds, kind, []
        self.tables = 0
        # Stacks, because a cell may hold a table and a text box stands inside a paragraph.
        self.open_paragraphs, self.open_rows = [], []
        self.skipped_depth = 0
        self.is_hidden_run = False
        self.has_tracked_changes = self.has_hidden_text = self.has_footnotes = False

    def read(self, stream):
        for event, element, name in iter_elements(stream, "start", "end"):
            if name in SKIPPED_ELEMENTS:
                self.skipped_depth += 1 if event == "start" else -1
                self.has_tracked_changes |= name != "Fallback"
            elif event == "start":
                self.start_element(name, element)
            else:
                self.end_element(name, element)
        return self

    def start_element(self, name, element):
        if name == "p":
            self.open_paragraphs.append({"texts": [], "kind": ""})
        elif name == "r":
            self.is_hidden_run = False
        elif name == "tbl":
            self.tables += not self.open_rows
        elif name == "tr":
            self.open_rows.append([])
        elif name == "tc" and self.open_rows:
            self.open_rows[-1].append([])
        elif name == "footnoteReference":
            self.has_footnotes = True

    def end_element(self, name, element):
        parent = local_name(element.getparent().tag) if element.getparent() is not None else ""
        if name == "vanish" and parent == "rPr" and is_on(element):
            self.is_hidden_run = True
        elif name == "t":
            self.add_text(element.text or "")
        elif name in CHARACTERS and parent == "r":
            self.add_text("" if attribute(element, "type") in ("page", "column") else CHARACTERS[name])
        elif name in ("pStyle", "numId", "outlineLvl") and self.open_paragraphs:
            self.set_kind(name, attribute(element))
        elif name == "p" and self.open_paragraphs:
            self.end_paragraph()
        elif name == "tr" and self.open_rows:
            self.end_row()

    def add_text(self, text):
        self.has_hidden_text |= self.is_hidden_run and bool(text.strip())
        if self.open_paragraphs and not self.skipped_depth and not self.is_hidden_run:
            self.open_paragraphs[-1]["texts"].append(text)

    def set_kind(self, property_name, value):
        """Sets the kind of the open paragraph from one of its properties; a heading outweighs a list item."""
        kind = {
            "pStyle": self.style_kinds.get(value, ""),
            "numId": ITEM if value != "0" else "",
            "outlineLvl": HEADING,
        }[property_name]
        paragraph = self.open_paragraphs[-1]
        if kind == HEADING or not paragraph["kind"]:
            paragraph["kind"] = kind

    def end_paragraph(self):
        paragraph = self.open_paragraphs.pop()
        if self.skipped_depth:
            return
        text = "".join(paragraph["texts"])
        if self.open_rows and self.open_rows[-1]:
            self.open_rows[-1][-1].append(text.replace("\n", " "))
        else:
            self.lines.append(Line(text, paragraph["kind"] or self.kind))

    def end_row(self):
        cells = [" ".join(filter(None, cell)) for cell in self.open_rows.pop()]
        if self.open_rows and self.open_rows[-1]:
            self.open_rows[-1][-1].append("\t".join(cells))
        else:
            self.lines.append(row([(cell, False) for cell in cells], self.tables))


def read_style_kinds(stream):
    """Returns {style id: "heading" or "item"} of the paragraph styles, inherited kinds included."""
    kinds, parents, style = {}, {}, None
    for event, element, name in iter_elements(stream, "start", "end") if stream else ():
        if name == "style":
            style = attribute(element, "styleId") if event == "start" else None
        elif event == "start" and style:
            value = (attribute(element) or "").lower()
            if name == "basedOn":
                parents[style] = attribute(element)
            elif is_heading_property(name, value):
                kinds[style] = HEADING
            elif is_item_property(name, value):
                kinds.setdefault(style, ITEM)
    for style in parents:
        ancestry = [style]
        # At most ten steps, because a damaged file may let styles inherit from each other in a circle.
        while ancestry[-1] in parents and ancestry[-1] not in kinds and len(ancestry) < 10:
            ancestry.append(parents[ancestry[-1]])
        if kind := kinds.get(ancestry[-1]):
            kinds[style] = kind
    return kinds


def is_heading_property(name, value):
    # Outline level 9 is body text.
    is_outline_level = name == "outlineLvl" and value.isdecimal() and int(value) < 9
    return is_outline_level or name == "name" and value.startswith(("heading ", "title", "subtitle"))


def is_item_property(name, value):
    return (
        name == "numId"
        and value != "0"
        or name == "name"
        and value.startswith(("list bullet", "list number"))
    )
