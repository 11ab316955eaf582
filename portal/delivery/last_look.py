"""Keeps the style sheet of the look that visitors saw last, for the pages that say the database is away.

It lies in a file, because a server may start while the database is away; each server has one of its own.
"""

import os
import tempfile
from base64 import b64encode
from contextlib import suppress
from hashlib import sha256

from django.conf import settings

FILE = "last-look.css"


def keep_look(style_sheet):
    """Stores a style sheet, empty for the product's own look, unless it is the one that is stored."""
    if style_sheet == last_look():
        return
    with suppress(OSError):  # a full disk is told elsewhere, and costs colours alone
        handle, unfinished = tempfile.mkstemp(dir=settings.VAR_DIR, prefix=f".{FILE}-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(style_sheet)
        os.replace(unfinished, settings.VAR_DIR / FILE)


def last_look():
    """Returns the style sheet that was stored last; empty where there is none."""
    try:
        return (settings.VAR_DIR / FILE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def source_of(style_sheet):
    """Returns what a content security policy calls the source of an inline style, which allows no other."""
    return f"'sha256-{b64encode(sha256(style_sheet.encode()).digest()).decode()}'"
