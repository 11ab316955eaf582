"""Typesets the PDFs with Typst (PDF/UA-1, PDF/A-2a), and caches them on disk by content hash."""

import hashlib
import json
import os
import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock

import typst
from django.conf import settings

from .glyphs import FONTS, printable

TEMPLATES = Path(__file__).parent
PDF_STANDARDS = ["a-2a", "ua-1"]
MAX_CACHED_FILES = 40  # of each document the last few states of the record

# A whole record takes seconds of a processor: two requests for the same one must not both typeset it.
typeset_lock = Lock()


def cached_pdf(template, data):
    """Returns (content hash, PDF) of a Typst template with its data, from the cache or typeset now."""
    text = json.dumps(printable_data(data), ensure_ascii=False)
    content_hash = hashlib.sha256(f"{template} {template_hash()} {text}".encode()).hexdigest()[:32]
    return content_hash, read_cache(content_hash) or fill_cache(content_hash, template, text)


def cache_path(content_hash):
    return settings.VAR_DIR / "reports" / f"{content_hash}.pdf"


def read_cache(content_hash):
    try:
        return cache_path(content_hash).read_bytes()
    except FileNotFoundError:
        return None


def fill_cache(content_hash, template, text):
    with typeset_lock:
        # Another thread may have typeset the same document while this one waited.
        if cached := read_cache(content_hash):
            return cached
        pdf = typeset(template, text)
        write_cache(cache_path(content_hash), pdf)
        return pdf


def typeset(template, text):
    return typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        pdf_standards=PDF_STANDARDS,
        sys_inputs={"data": text},
    )


@cache
def template_hash():
    """Returns a hash that changes with the templates, the fonts and the version of Typst."""
    files = sorted([*TEMPLATES.glob("*.typ"), *FONTS.glob("*.ttf")])
    return hashlib.sha256(
        b"".join([version("typst").encode(), *(file.read_bytes() for file in files)])
    ).hexdigest()


def write_cache(path, pdf):
    """Writes a file atomically, and prunes the oldest beyond `MAX_CACHED_FILES`."""
    path.parent.mkdir(exist_ok=True)
    # In the same folder, since os.replace is atomic within one file system only.
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(descriptor, "wb") as file:
        file.write(pdf)
    os.replace(temporary, path)
    for old in sorted(path.parent.iterdir(), key=modified_at, reverse=True)[MAX_CACHED_FILES:]:
        old.unlink(missing_ok=True)


def modified_at(path):
    """Returns the time of modification; 0 if another process has pruned the file meanwhile."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0


def printable_data(data):
    """Returns the data with every text in printable characters; lazy translations become text."""
    if isinstance(data, dict):
        return {name: printable_data(value) for name, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [printable_data(each) for each in data]
    if data is None or isinstance(data, (bool, int, float)):
        return data
    return printable(str(data))
