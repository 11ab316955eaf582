"""Reads the text of what Chromium prints."""

import unicodedata
from io import BytesIO

from pypdf import PdfReader


def text_of_pages(pdf):
    """Returns the text of each page of a PDF, with single spaces between words and ligatures taken apart."""
    texts = (page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return [" ".join(unicodedata.normalize("NFKC", text).split()) for text in texts]
