"""Reads the text of rich text."""

import re
from html import unescape

from django.utils.html import strip_tags

BLOCK_END = re.compile(r"(?=</(?:blockquote|caption|d[dlt]|div|figcaption|h[1-6]|li|p|pre|t[dhr])\b|<br\b)")


def plain_text(html):
    """Strips the tags of rich text; a space keeps the words of two blocks apart."""
    return unescape(strip_tags(BLOCK_END.sub(" ", html))).strip()
