"""Reads the text of an HTML page as a browser would show it; scripts and navigation are skipped."""

import re

from lxml import etree

from portal.staff.reader_process.unreadable import Unreadable

from .shape import HEADING, ITEM, PARAGRAPH, ROW, Line, row

INVISIBLE_ELEMENTS = {
    "head",
    "title",
    "script",
    "style",
    "template",
    "noscript",
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "applet",
    "svg",
    "canvas",
    "audio",
    "video",
}
NAVIGATION_AND_CONTROLS = {"nav", "menu", "button", "select", "textarea", "datalist", "dialog"}
SKIPPED_ELEMENTS = INVISIBLE_ELEMENTS | NAVIGATION_AND_CONTROLS | {"del"}
BLOCK_ELEMENTS = set(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre search section summary table "
    "tbody tfoot thead tr ul".split()
)
KINDS = dict.fromkeys("h1 h2 h3 h4 h5 h6".split(), HEADING) | {"li": ITEM, "dt": ITEM, "dd": ITEM, "tr": ROW}
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
MAX_DEPTH = 200


def read(contents):
    """Returns the lines of a page in UTF-8, and no notices."""
    parser = etree.HTMLParser(
        target=TextTarget(),
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
        encoding="utf-8",
    )
    parser.feed(contents)
    return parser.close(), []


class TextTarget:
    """A parser target that collects lines of text; it builds no tree, so that no page fills the memory."""

    def __init__(self):
        self.lines, self.texts, self.tables = [], [], 0
        self.open_elements = []  # (tag, is skipped)
        self.skipped_depth = 0

    def start(self, tag, attributes):
        if len(self.open_elements) > MAX_DEPTH:
            raise Unreadable("nested")
        self.tables += tag == "table"
        if tag in BLOCK_ELEMENTS:
            self.end_line()
        elif tag == "br":
            self.add_text("\n")
        elif tag in ("td", "th") and any(text.strip() for text in self.texts):
            self.add_text("\t")
        is_skipped = (
            tag in SKIPPED_ELEMENTS
            or "hidden" in attributes
            or bool(HIDDEN_STYLE.search(attributes.get("style", "")))
        )
        self.open_elements.append((tag, is_skipped))
        self.skipped_depth += is_skipped

    def end(self, tag):
        if tag in BLOCK_ELEMENTS:
            self.end_line()
        if self.open_elements:
            self.skipped_depth -= self.open_elements.pop()[1]

    def data(self, text):
        is_preformatted = any(tag == "pre" for tag, _is_skipped in self.open_elements)
        self.add_text(text.replace("\r\n", "\n") if is_preformatted else re.sub(r"[ \t\n\r\f]+", " ", text))

    def add_text(self, text):
        if not self.skipped_depth:
            self.texts.append(text)

    def end_line(self):
        """Ends the current line; line breaks within it make several, all of the innermost kind."""
        text, self.texts = "".join(self.texts), []
        kind = next(
            (KINDS[tag] for tag, _is_skipped in reversed(self.open_elements) if tag in KINDS), PARAGRAPH
        )
        lines = (
            re.sub(r" *\t *", "\t", re.sub(r" {2,}", " ", line)).strip(" \t") for line in text.split("\n")
        )
        for line in filter(None, lines):
            is_row = kind == ROW
            self.lines.append(
                row([(cell, False) for cell in line.split("\t")], self.tables) if is_row else Line(line, kind)
            )

    def close(self):
        self.end_line()
        return self.lines
