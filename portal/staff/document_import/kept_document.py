"""Keeps a document that was read while its form is filled in, and suggests what the form asks for.

The document travels in the form itself, signed, so that nothing is stored of one that nobody brings in.
"""

import re
from typing import NamedTuple

from django.core import signing

from organisation.models import Organisation, Source
from organisation.whole_words import find_whole

from .document import Document, Part
from .readers.shape import HEADING, Notice

SALT = "kept document"
MAX_AGE = 24 * 3600
MAX_SIGNED = 500_000  # signs; whoever sends a longer document chooses it again
TOP_LINES = 5  # where a document says who speaks
REPORT = re.compile(r"\b(?:report|evaluation|review|rapport|évaluation)\b", re.IGNORECASE)


class KeptFile(NamedTuple):
    name: str


def keep(document, name, user):
    """Returns the document as a text that only the site can have written; empty where it is too long."""
    text = signing.dumps([user.pk, name, *document], salt=SALT, compress=True)
    return text if len(text) <= MAX_SIGNED else ""


def take_up(kept, user):
    """Returns (document, file) of a text that `keep` made for this person; (None, None) of any other."""
    try:
        owner, name, text, parts, notices = signing.loads(kept, salt=SALT, max_age=MAX_AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return None, None
    if owner != user.pk:
        return None, None
    document = Document(text, [Part(*each) for each in parts], [Notice(*each) for each in notices])
    return document, KeptFile(name)


def suggested_values(document):
    """Returns what the first lines of a document say of its title, its kind and its author."""
    lines = [line.strip() for line in document.text.splitlines() if line.strip()][:TOP_LINES]
    is_heading = bool(document.parts) and document.parts[0].kind == HEADING
    is_title = is_heading or not lines[0].endswith((".", ":", ";", ","))
    most = Source._meta.get_field("title").max_length
    title = lines[0] if is_title and len(lines[0]) <= most else ""
    values = {"title": title}
    if REPORT.search(title):
        values["kind"] = Source.Kind.REPORT
    below = "\n".join(lines[1:])
    named = [
        each
        for each in Organisation.objects.all()
        if any(find_whole(name, below) for name in (each.official_name, each.short_name) if name)
    ]
    if len(named) == 1:
        values["author"] = named[0]
    return values
