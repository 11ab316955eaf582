"""Reads an uploaded file into the exact text it holds and the kinds of the parts that it declares."""

import re
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..upload import decode_text
from .docx import read_docx
from .html_page import read_html

EXTENSIONS = (".txt", ".docx", ".html", ".htm")
MAX_CHARACTERS, MAX_LINES = 400_000, 20_000


class Document(NamedTuple):
    """The text of a file, its parts as (start, end, kind), and warnings about what was left out."""

    text: str
    parts: list
    warnings: list


def read_document(contents, extension):
    """Returns the document in a checked file; ValidationError if it has no text or too much."""
    if extension == ".docx":
        lines, warnings = read_docx(contents)
    elif extension == ".txt":
        lines, warnings = [(decode_text(contents).replace("\r\n", "\n"), "")], []
    else:
        lines, warnings = read_html(decode_text(contents, extension)), []
    text, parts = join_lines(lines)
    validate_text(text)
    return Document(text, parts, warnings)


def join_lines(lines):
    """Joins lines of (text, kind) to one text, and returns it with the parts whose kind is known."""
    parts, start = [], 0
    for line, kind in lines:
        if kind and line.strip():
            parts.append((start, start + len(line), kind))
        start += len(line) + 1
    return "\n".join(line for line, _kind in lines), parts


def validate_text(text):
    if re.search(r"[\x00-\x08\x0e-\x1f\x7f]", text):
        raise ValidationError(_("The file holds something else than text, whatever its name says."))
    if not re.search(r"\w", text):
        raise ValidationError(_("There are no words in the file: nothing is stored."))
    if len(text) > MAX_CHARACTERS or text.count("\n") >= MAX_LINES:
        raise ValidationError(
            _("The document has more than %(characters)d signs or %(lines)d lines: bring it in by chapters."),
            params={"characters": MAX_CHARACTERS, "lines": MAX_LINES},
        )
