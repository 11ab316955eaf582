"""The words of an uploaded file, exactly as they stand in it, and what the file itself says of their parts."""

import re
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..upload import decoded
from .docx import word_document
from .html_page import web_page

ENDINGS = (".txt", ".docx", ".html", ".htm")
MOST_CHARACTERS, MOST_LINES = 400_000, 20_000


class Document(NamedTuple):
    """Its text, its parts as (start, end, kind of part), and what staff should know of how it was read."""

    text: str
    parts: list
    notes: list


def document_of(contents, ending):
    """The document in a file that was let in; ValidationError, with one sentence, if there is nothing in it to keep."""
    if ending == ".docx":
        lines, notes = word_document(contents)
    elif ending == ".txt":
        lines, notes = [(decoded(contents).replace("\r\n", "\n"), "")], []
    else:
        lines, notes = web_page(decoded(contents, ending)), []
    text, parts = joined(lines)
    check(text)
    return Document(text, parts, notes)


def joined(lines):
    """Lines, each with the kind of part it is, as one text and the places of those whose kind the file tells."""
    parts, place = [], 0
    for words, kind in lines:
        if kind and words.strip():
            parts.append((place, place + len(words), kind))
        place += len(words) + 1
    return "\n".join(words for words, _kind in lines), parts


def check(text):
    if re.search(r"[\x00-\x08\x0e-\x1f\x7f]", text):
        raise ValidationError(_("The file holds something else than text, whatever its name says."))
    if not re.search(r"\w", text):
        raise ValidationError(_("There are no words in the file: nothing is stored."))
    if len(text) > MOST_CHARACTERS or text.count("\n") >= MOST_LINES:
        raise ValidationError(
            _("The document has more than %(characters)d signs or %(lines)d lines: bring it in by chapters."),
            params={"characters": MOST_CHARACTERS, "lines": MOST_LINES},
        )
