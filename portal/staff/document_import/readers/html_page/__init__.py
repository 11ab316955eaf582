"""Reads the words of an HTML page that a person can see or open, in their order."""

import re

from lxml import etree

from organisation.reader_process.unreadable import Unreadable

from .page import Page

REFERENCE = re.compile(rb"&#(?:x([\da-f]{1,8})|(\d{1,8}));?", re.IGNORECASE)


def read(contents):
    """Returns the lines of a page in UTF-8, and its notices."""
    # Without `huge_tree` the parser ends at 256 levels, so that the tree can be read by recursion.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    parser.feed(REFERENCE.sub(without_control_signs, contents) or b" ")
    root = parser.close()
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.feed_error_log):
        raise Unreadable("nested")
    return ([], []) if root is None else Page(root).read()


def without_control_signs(reference):
    """Returns a reference as it is, or a space for one to a sign that no text may hold."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    is_control = 0 < code < 32 and code not in (9, 10, 13) or code in (0xFFFE, 0xFFFF)
    return b" " if is_control else reference[0]
