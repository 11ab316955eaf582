"""Reads files that others made in a child process, with limits on memory, processor time and files."""

import json
import logging
import subprocess
import sys
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

log = logging.getLogger(__name__)
CHILD = Path(__file__).parent / "child.py"
# The child ends itself after less processor time; a busy machine may take longer to give it that much.
MAX_SECONDS = 60
SENTENCES = {
    "damaged": _("The file is damaged: open it in a word processor and save it again."),
    "no document": _(
        "The file is no document of Word, whatever its name says: open it in the program that made it "
        "and save it as .docx."
    ),
    "too long": _("The file holds more words than can be read at once: bring it in by chapters."),
    "too much": _(
        "The file takes too much memory or time to be read: save it again without pictures, or in parts."
    ),
    "nested": _("The file is nested too deeply to be read: save its text as a .txt file."),
}


def read_in_child(reader, contents, sentences=None, **arguments):
    """Returns what `read(contents, **arguments)` of the module `reader` returns, as JSON holds it.

    ValidationError with one sentence if it refuses the file, fails, or needs too much; `sentences` are those
    of the reader's own codes.
    """
    sentences = SENTENCES | (sentences or {})
    # Isolated from the environment: Python then takes nothing but the packages of the site.
    command = [sys.executable, "-I", str(CHILD), reader, json.dumps(arguments)]
    try:
        child = subprocess.run(command, input=contents, capture_output=True, timeout=MAX_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise ValidationError(sentences["too much"]) from error
    if child.returncode < 0:  # ended by the system, at one of its limits
        raise ValidationError(sentences["too much"])
    if child.returncode:
        log.error("%s failed: %s", reader, child.stderr.decode(errors="replace").strip())
        raise ValidationError(sentences["damaged"])
    answer = json.loads(child.stdout)
    if "refused" in answer:
        raise ValidationError(sentences[answer["refused"]], params=answer["details"])
    return answer["answer"]
