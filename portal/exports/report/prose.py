"""Reads the prose of a page for paper: its headings, and its paragraphs without those that only link."""

from lxml import html as lxml_html

HEADINGS = ("h2", "h3", "h4", "h5", "h6")
PARAGRAPHS = ("p", "li", "blockquote", "dt", "dd", "td", "th")


def sections_of_prose(body):
    """Yields (heading, paragraphs) of rich text; the heading is empty for what stands before the first."""
    title, paragraphs = "", []
    for element in lxml_html.fragment_fromstring(body, create_parent="div").iter(*HEADINGS, *PARAGRAPHS):
        text = text_of(element)
        if element.tag in HEADINGS:
            if title or paragraphs:
                yield title, paragraphs
            title, paragraphs = text, []
        elif text and next(element.iterdescendants(*PARAGRAPHS), None) is None and not is_link(element, text):
            paragraphs.append(text)
    if title or paragraphs:
        yield title, paragraphs


def text_of(element):
    return " ".join(element.text_content().split())


def is_link(element, text):
    """Tells whether a paragraph is nothing but links, which paper has no use for."""
    return " ".join(map(text_of, element.iterdescendants("a"))) == text
