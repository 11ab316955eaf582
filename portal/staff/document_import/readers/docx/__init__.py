"""Reads the text of a Word document as its final version shows it: no deletions, comments or hidden text."""

from .document import Document


def read(contents):
    """Returns the lines of a document and its notices. Footnotes and endnotes follow the body."""
    return Document(contents).read()
