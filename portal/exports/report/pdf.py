"""Typesets the PDFs (PDF/UA-1, PDF/A-2a), and caches them on disk by content hash."""

import hashlib
import os
import tempfile
from pathlib import Path
from threading import Lock

from django.conf import settings

from portal.graphics.typesetting import printable_json, template_hash, typeset

TEMPLATES = Path(__file__).parent
PDF_STANDARDS = ["a-2a", "ua-1"]
MAX_CACHED_FILES = 40  # of each document the last few states of the record

# A whole record takes seconds of a processor: two requests for the same one must not both typeset it.
typeset_lock = Lock()


def cached_pdf(template, data):
    """Returns (content hash, PDF) of a Typst template with its data, from the cache or typeset now."""
    text = printable_json(data)
    templates = template_hash(*sorted(TEMPLATES.glob("*.typ")))
    content_hash = hashlib.sha256(f"{template} {templates} {text}".encode()).hexdigest()[:32]
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
        pdf = typeset(TEMPLATES / template, text, pdf_standards=PDF_STANDARDS)
        write_cache(cache_path(content_hash), pdf)
        return pdf


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


def remove_cached_before(time):
    """Removes the documents that were typeset up to a time; returns their number. They are typeset anew."""
    folder = cache_path("").parent
    old = [path for path in folder.glob("*.pdf") if modified_at(path) <= time.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def modified_at(path):
    """Returns the time of modification; 0 if another process has pruned the file meanwhile."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0
