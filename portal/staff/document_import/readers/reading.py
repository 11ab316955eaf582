"""Reads a document with the reader of its format, and no more of it than can come in."""

from importlib import import_module

from portal.staff.reader_process.unreadable import Unreadable

from .shape import MAX_CHARACTERS, MAX_LINES


def read(contents, name):
    """Returns what the reader of this name reads, lines and notices; Unreadable if they are too many."""
    lines, notices = import_module(f".{name}", __package__).read(contents)
    if len(lines) > MAX_LINES or sum(len(line.text) + 1 for line in lines) > MAX_CHARACTERS + 1:
        raise Unreadable("too long")
    return lines, notices
