"""Reads a document with the reader of its format, and no more of it than can come in."""

from importlib import import_module

from organisation.reader_process.unreadable import Unreadable

from .shape import MAX_CHARACTERS, MAX_LINES


def read(contents, name):
    """Returns what the reader of this name reads, lines and notices; Unreadable if they are too many."""
    lines, notices = import_module(f".{name}", __package__).read(contents)
    # A line may go over several lines of the text, and one break stands between two.
    breaks = len(lines) - 1 + sum(line.text.count("\n") for line in lines)
    if breaks >= MAX_LINES or sum(len(line.text) for line in lines) + len(lines) - 1 > MAX_CHARACTERS:
        raise Unreadable("too long")
    return lines, notices
