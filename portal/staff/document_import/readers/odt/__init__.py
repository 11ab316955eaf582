"""Reads the text of an OpenDocument file as its final version shows it."""

from zipfile import BadZipFile
from zlib import error as BadCompression

from lxml import etree

from organisation.reader_process.unreadable import Unreadable

from ..package import open_member
from .styles import Styles
from .text import Text


def read(contents):
    """Returns the lines of a document, its notes last, and its notices."""
    try:
        content = read_tree(contents, "content.xml")
        styles = read_tree(contents, "styles.xml")
    except (etree.XMLSyntaxError, BadZipFile, BadCompression, EOFError, NotImplementedError) as error:
        raise Unreadable("nested" if "depth" in str(error) else "damaged") from error
    if content is None:
        raise Unreadable("damaged")
    return Text(content, styles, Styles(content, styles)).read()


def read_tree(contents, name):
    """Returns the root of a member; the parser loads nothing else and ends at 256 levels."""
    stream = open_member(contents, name)
    if stream is None:
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    root = etree.parse(stream, parser).getroot()
    # No program writes a document type; refusing it rules out entities that multiply.
    if root.getroottree().docinfo.doctype:
        raise etree.XMLSyntaxError("a document type", 0, 0, 0)
    return root
