"""The words of a Word document in the order they are read: what a reader of its final version sees, and nothing else."""

from zipfile import BadZipFile
from zlib import error as BadCompression

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from lxml import etree

from ..upload import member_of

# What was struck out, or stands a second time for older programs, is not what the document says.
UNSAID = {"del", "moveFrom", "Fallback"}
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
NONE = (None, "", "0", "false", "off", "none")
CHANGES = _(
    "The document has changes that nobody has accepted: what was added is kept, what was struck out is not."
)
HIDDEN = _("The document has hidden words: they are not kept.")


def word_document(contents):
    """Its paragraphs as (words, kind), and what to tell of how it was read. Comments, headers and fields' codes are no words of it."""
    try:
        styles = styles_of(member_of(contents, "word/styles.xml"))
        body = Story(styles).read(member_of(contents, "word/document.xml"))
        notes = Story(styles).read(member_of(contents, "word/footnotes.xml")) if body.has_notes else None
    except (etree.XMLSyntaxError, BadZipFile, BadCompression, EOFError, NotImplementedError) as error:
        raise ValidationError(
            _("The file is damaged: open it in a word processor and save it again.")
        ) from error
    stories = [story for story in (body, notes) if story]
    told = [CHANGES] if any(story.has_changes for story in stories) else []
    told += [HIDDEN] if any(story.has_hidden for story in stories) else []
    return [line for story in stories for line in story.lines], told


def elements(stream, *events):
    """Each start and end in a stream of XML; nothing outside it is ever loaded, and nothing that was read is kept."""
    for event, element in etree.iterparse(
        stream, events=events, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    ):
        if element.getroottree().docinfo.doctype:
            raise etree.XMLSyntaxError("a document type", 0, 0, 0)
        yield event, element, name_of(element.tag)
        if event == "end":
            # What was passed is let go, but for the parts of what is still open.
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def name_of(tag):
    """A name without its namespace, of which such documents have two sets."""
    return tag.rpartition("}")[2]


def value(element, name="val"):
    return next((value for key, value in element.attrib.items() if name_of(key) == name), None)


def is_on(element):
    """Whether a mark such as “hidden” is set: its presence sets it, unless its value says otherwise."""
    return value(element) not in NONE[1:]


class Story:
    """One run of text: the body, or the footnotes."""

    def __init__(self, styles):
        self.styles, self.lines = styles, []
        self.paragraphs, self.cells, self.unsaid = [], [], 0
        self.hidden = self.has_changes = self.has_hidden = self.has_notes = False

    def read(self, stream):
        for event, element, name in elements(stream, "start", "end"):
            if name in UNSAID:
                self.unsaid += 1 if event == "start" else -1
                self.has_changes |= name != "Fallback"
            elif event == "start":
                self.open(name, element)
            else:
                self.close(name, element)
        return self

    def open(self, name, element):
        if name == "p":
            self.paragraphs.append({"words": [], "kind": ""})
        elif name == "r":
            self.hidden = False
        elif name == "tr":
            self.cells.append([])
        elif name == "tc" and self.cells:
            self.cells[-1].append([])
        elif name == "footnoteReference":
            self.has_notes = True

    def close(self, name, element):
        parent = name_of(element.getparent().tag) if element.getparent() is not None else ""
        if name == "vanish" and parent == "rPr" and is_on(element):
            self.hidden = True
        elif name == "t":
            self.say(element.text or "")
        elif name in SIGNS and parent == "r":
            self.say("" if value(element, "type") in ("page", "column") else SIGNS[name])
        elif name in ("pStyle", "numId", "outlineLvl") and self.paragraphs:
            self.mark(name, value(element))
        elif name == "p" and self.paragraphs:
            self.end_paragraph()
        elif name == "tr" and self.cells:
            self.end_row()

    def say(self, words):
        self.has_hidden |= self.hidden and bool(words.strip())
        if self.paragraphs and not self.unsaid and not self.hidden:
            self.paragraphs[-1]["words"].append(words)

    def mark(self, name, said):
        kind = {
            "pStyle": self.styles.get(said, ""),
            "numId": "item" if said != "0" else "",
            "outlineLvl": "heading",
        }[name]
        paragraph = self.paragraphs[-1]
        if kind == "heading" or not paragraph["kind"]:
            paragraph["kind"] = kind

    def end_paragraph(self):
        paragraph = self.paragraphs.pop()
        if self.unsaid:
            return
        words = "".join(paragraph["words"])
        if self.cells and self.cells[-1]:
            self.cells[-1][-1].append(words.replace("\n", " "))
        else:
            self.lines.append((words, paragraph["kind"] or "paragraph"))

    def end_row(self):
        words = "\t".join(" ".join(filter(None, cell)) for cell in self.cells.pop())
        if self.cells and self.cells[-1]:
            self.cells[-1][-1].append(words)
        else:
            self.lines.append((words, "row"))


def styles_of(stream):
    """What the paragraphs of each style are: headings, items of a list, or neither."""
    found, based_on, current = {}, {}, None
    for event, element, name in elements(stream, "start", "end") if stream else ():
        if name == "style":
            current = value(element, "styleId") if event == "start" else None
        elif event == "start" and current:
            said = (value(element) or "").lower()
            if name == "basedOn":
                based_on[current] = value(element)
            elif (
                name == "outlineLvl"
                and said.isdecimal()
                and int(said) < 9
                or name == "name"
                and said.startswith(("heading ", "title", "subtitle"))
            ):
                found[current] = "heading"
            elif (
                name == "numId"
                and said != "0"
                or name == "name"
                and said.startswith(("list bullet", "list number"))
            ):
                found.setdefault(current, "item")
    for style in based_on:
        followed = [style]
        while followed[-1] in based_on and followed[-1] not in found and len(followed) < 10:
            followed.append(based_on[followed[-1]])
        if kind := found.get(followed[-1]):
            found[style] = kind
    return found
