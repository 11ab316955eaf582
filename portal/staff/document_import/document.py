"""Reads an uploaded file into the exact text it holds and the kinds of the parts that it declares."""

import re
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organisation.reader_process import read_in_child

from ..upload import decode_text
from .readers import reading
from .readers.forbidding import notices_of_lines
from .readers.shape import CELL, HEADER_CELL, MAX_CHARACTERS, MAX_LINES, NOTICES, Line, Notice

# The reader of each kind of file, and whether it takes text in UTF-8 instead of the bytes as they came.
READERS = {
    ".txt": ("plain_text", True),
    ".docx": ("docx", False),
    ".html": ("html_page", True),
    ".htm": ("html_page", True),
    ".odt": ("odt", False),
    ".md": ("markdown", True),
}
EXTENSIONS = tuple(READERS)


class Part(NamedTuple):
    """A part of a text: its span, its kind, and the number of its line (see `Line`)."""

    start: int
    end: int
    kind: str
    number: int = 0


class Document(NamedTuple):
    """The text of a file, its parts, and the notices of what staff have to know."""

    text: str
    parts: list
    notices: list


def read_document(contents, extension):
    """Returns the document in a checked file; ValidationError if it has no text or too much."""
    reader, takes_text = READERS[extension]
    if takes_text:
        contents = decode_text(contents, extension).encode()
    lines, notices = read_in_child(reading.__name__, contents, {"too long": too_long()}, name=reader)
    lines = [Line(*line) for line in lines]
    text, parts = join_lines(lines)
    validate_text(text)
    notices = [*(Notice(*notice) for notice in notices), *notices_of_lines(lines)]
    return Document(text, parts, in_order(notices))


def join_lines(lines):
    """Joins lines to one text, and returns it with the parts whose kind is known, cells after their row."""
    parts, start = [], 0
    for line in lines:
        if line.kind and line.text.strip():
            parts.append(Part(start, start + len(line.text), line.kind, line.number))
            cell_start = start
            for text, is_header in line.cells:
                if text:
                    kind = HEADER_CELL if is_header else CELL
                    parts.append(Part(cell_start, cell_start + len(text), kind, line.number))
                cell_start += len(text) + 1
        start += len(line.text) + 1
    return "\n".join(line.text for line in lines), parts


def in_order(notices):
    return sorted(dict.fromkeys(notices), key=lambda notice: NOTICES.index(notice.code))


def validate_text(text):
    if re.search(r"[\x00-\x08\x0e-\x1f\x7f]", text):
        raise ValidationError(_("The file holds something else than text, whatever its name says."))
    if not re.search(r"\w", text):
        raise ValidationError(_("There are no words in the file: nothing is stored."))


def too_long():
    names = {"characters": MAX_CHARACTERS, "lines": MAX_LINES}
    return (
        _("The document has more than %(characters)d signs or %(lines)d lines: bring it in by chapters.")
        % names
    )
