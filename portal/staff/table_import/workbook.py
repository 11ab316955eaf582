"""Reads the sheets of an Excel workbook as a person sees them: what is hidden or struck out is told apart.

The XML is read as a stream, since whole rows of a large sheet in memory are ten times its size.
"""

import posixpath
import zipfile
import zlib
from contextlib import suppress
from io import BytesIO
from xml.parsers import expat

from organisation.reader_process.unreadable import Unreadable
from portal.staff.colours import WHITE

from .look import NO, Fill, Look
from .number_formats import BUILT_IN
from .palette import Palette
from .sheet import SheetReader, StopReading, Strings

CHUNK_BYTES = 64 * 1024
# Enough for the cells of the largest table and their values; more would take too long.
MAX_ELEMENTS, MAX_DEPTH = 2_500_000, 64
# The many ways in which a workbook can be malformed.
MALFORMED = (
    *(zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError, NotImplementedError),
    *(KeyError, ValueError, IndexError, TypeError, AttributeError, OverflowError, ArithmeticError),
)


class Workbook:
    """The sheets of a workbook by name and state; `sheet` reads one of them."""

    def __init__(self, contents):
        self.element_count = 0
        self.package = zipfile.ZipFile(BytesIO(contents))
        # Some programs write the folders of a package as Windows does.
        self.names = {name.replace("\\", "/"): name for name in self.package.namelist()}
        main = next(
            (target for kind, target in self.relations("").values() if kind == "officeDocument"),
            "xl/workbook.xml",
        )
        relations = self.relations(main)
        self.sheets, self.from_1904 = [], False
        for name, attributes, _path in self.elements(main):
            if name == "workbookPr":
                self.from_1904 = attributes.get("date1904", "0") not in NO
            elif name == "sheet":
                kind, target = relations[attributes["id"]]
                if kind == "worksheet":
                    self.sheets.append((attributes["name"], attributes.get("state", "visible"), target))
        parts = dict(relations.values())
        self.palette = Palette()
        self.styles = self.read_styles(parts) if "styles" in parts else []
        self.strings = Strings(self, parts.get("sharedStrings")).texts

    def relations(self, part):
        """Returns {id: (kind, name of the part)} of what a part, or the package, refers to."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self.names:
            return {}
        return {
            attributes["Id"]: (
                attributes["Type"].rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, attributes["Target"])).lstrip("/"),
            )
            for name, attributes, _path in self.elements(relations)
            if name == "Relationship"
        }

    def elements(self, part):
        found = []

        def start(name, attributes, path):
            found.append((name, attributes, path))

        self.parse(part, start)
        return found

    def parse(self, part, start, end=None, data=None):
        """Calls start(name, attributes, path of names), end(name) and data(text) without namespaces."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        path = []

        def started(name, attributes):
            name = name.rpartition(" ")[2]
            path.append(name)
            self.element_count += 1
            if self.element_count > MAX_ELEMENTS or len(path) > MAX_DEPTH:
                raise Unreadable("too_complex")
            if any(" " in key for key in attributes):
                attributes = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
            start(name, attributes, path)

        def ended(_name):
            name = path.pop()
            if end:
                end(name)

        def refused(*_arguments):
            raise Unreadable("damaged")

        parser.StartElementHandler, parser.EndElementHandler = started, ended
        parser.StartDoctypeDeclHandler = refused  # no workbook has entities of its own
        if data:
            parser.CharacterDataHandler = data
        with self.package.open(self.names[part]) as stream:
            while chunk := stream.read(CHUNK_BYTES):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)

    def read_styles(self, parts):
        """Returns the look of each style of cells, and keeps the palette of the workbook."""
        elements = self.elements_with_parents(parts["styles"])
        indexed = [attributes["rgb"] for name, attributes, _parent in elements if name == "rgbColor"]
        has_theme = parts.get("theme") in self.names
        theme = self.elements_with_parents(parts["theme"]) if has_theme else ()
        self.palette = Palette(theme, indexed)
        formats, fonts, fills, styles = dict(BUILT_IN), [], [], []
        for name, attributes, path in elements:
            if path == "numFmts":
                formats[int(attributes["numFmtId"])] = attributes["formatCode"]
            elif path == "fonts":
                fonts.append(Look())
            elif path == "font":
                fonts[-1] = fonts[-1].with_font(name, attributes, self.palette)
            elif path == "fills":
                fills.append(Fill(self.palette))
            elif path in ("fill", "patternFill", "stop") and fills:
                fills[-1].take(name, attributes)
            elif path == "cellXfs":
                styles.append([int(attributes.get(name, 0)) for name in ("numFmtId", "fontId", "fillId")])
        return [
            (fonts[font] if font < len(fonts) else Look())._replace(
                format=formats.get(number, "General"),
                ground=fills[fill].ground if fill < len(fills) else WHITE,
            )
            for number, font, fill in styles
        ]

    def elements_with_parents(self, part):
        """Returns (name, attributes, parent) of the elements of a style sheet, without its variants."""
        found = []

        def start(name, attributes, path):
            if "dxfs" not in path:
                found.append((name, attributes, path[-2] if len(path) > 1 else ""))

        self.parse(part, start)
        return found

    def sheet(self, name, part, may_stop):
        """Returns the sheet in a part, as far as `may_stop(sheet)` lets it; that may raise StopReading."""
        reader = SheetReader(self, name, may_stop)
        with suppress(StopReading):
            self.parse(part, reader.start, reader.end, reader.data)
        return reader.sheet
