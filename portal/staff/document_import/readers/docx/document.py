"""Holds what the stories of a Word document share, and reads them all."""

import re

from organisation.reader_process.unreadable import Unreadable

from ..forbidding import notices_of_headers
from ..shape import HEADERS, LEFT_OUT, NOTE, Line, Notice
from .letters import page_colour
from .notes import ENDNOTE, FOOTNOTE, Notes
from .numbering import Numbering
from .parts import Package
from .story import Story
from .styles import Styles
from .theme import theme_of
from .xml import attribute, descendants, name_of


class Document:
    """A Word document: its main part, and what is found by its relations."""

    def __init__(self, contents):
        self.package = Package(contents)
        self.part = self.package.main_part()
        self.root = self.package.root(self.part)
        if self.root is None or name_of(self.root) != "w:document":
            raise Unreadable("no document")
        self.notices, self.tables = [], 0
        self.numbering = Numbering(self.related_root("numbering"))
        settings = self.related_root("settings")
        self.theme = theme_of(self)
        self.page_colour = page_colour(self.root, settings, self.theme)
        self.styles = Styles(self.related_root("styles"), self.numbering, self.theme)
        self.notes = {
            kind: Notes(kind, self.related_root(f"{kind}s"), self.root, settings)
            for kind in (FOOTNOTE, ENDNOTE)
        }

    def related_root(self, kind):
        return self.package.root(self.package.related(self.part, kind))

    def read(self):
        """Returns the lines of the body, of the footnotes and of the endnotes, and the notices."""
        lines = Story(self, self.part, self.root).read(self.root)
        for kind, notes in self.notes.items():
            part = self.package.related(self.part, f"{kind}s")
            for mark, element in notes.referred():
                lines += numbered(Story(self, part, element, NOTE).read(element), mark)
        return lines, [*self.header_notices(), *dict.fromkeys(self.notices)]

    def header_notices(self):
        """Returns the notices of headers, footers and properties; their words are not kept."""
        told, texts = self.notices, []
        self.notices = []  # changes in a header are changes of nothing that is kept
        for reference in descendants(self.root, "w:headerReference", "w:footerReference"):
            part = self.package.target(self.part, attribute(reference, "id"))
            root = self.package.root(part)
            if root is not None:
                texts += [line.text for line in Story(self, part, root).read(root)]
        self.notices = told
        if any(re.search(r"[^\W\d_]", text) for text in texts):
            self.notices.append(Notice(LEFT_OUT, HEADERS))
        return notices_of_headers(texts + self.properties())

    def properties(self):
        """Returns the title, the state and whatever else the properties of the file say."""
        names = [self.package.related("", kind) for kind in ("core-properties", "custom-properties")]
        roots = [root for name in names if (root := self.package.root(name)) is not None]
        return [each.text or "" for root in roots for each in root.iter()]


def numbered(lines, mark):
    """Returns the lines of a note with its mark before the first words."""
    for index, line in enumerate(lines):
        if mark and line.text.strip():
            first = Line(f"[{mark}] {line.text.lstrip()}", *line[1:]) if line.kind == NOTE else line
            return [*lines[:index], first, *lines[index + 1 :]]
    return lines
