"""Reads citations as reference managers and readers find them."""

import json
import re
from html import unescape

import bibtexparser
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware

# The parser's table of LaTeX commands lacks these two.
BRACES = {r"\textbraceleft{}": "⦃", r"\textbraceright{}": "⦄"}
# The types of CSL 1.0.2 that are in use here, and the required fields of an item.
CSL_TYPES = {"article-newspaper", "document", "legislation", "report", "treaty", "webpage"}
CSL_REQUIRED = {"id", "type"}
CSL_FIELDS = CSL_REQUIRED | {
    "author",
    "title",
    "issued",
    "accessed",
    "publisher",
    "note",
    "URL",
}


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def bibtex(client, address):
    """Returns type, key and fields of the only entry of a file, as a program shows them."""
    written = text(client, address)
    for name, sign in BRACES.items():
        written = written.replace(name, sign)
    library = bibtexparser.parse_string(written, append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    (block,) = library.blocks
    return block.entry_type, block.key, {field.key: field.value for field in block.fields}


def ris(client, address):
    (entry,) = rispy.loads(text(client, address))
    return entry


def csl(client, address):
    (item,) = json.loads(text(client, address))
    assert CSL_REQUIRED <= item.keys() <= CSL_FIELDS and item["type"] in CSL_TYPES
    return item


def citations_on(client, path):
    """Returns the citation in a sentence and the one in the style of APA, as the page shows them."""
    return [unescape(each) for each in re.findall(r'<p class="citation">(.*?)</p>', text(client, path))]
