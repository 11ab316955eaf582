"""Reads the prose of a page for paper."""

from lxml import html as lxml_html

PARAGRAPHS = ("h2", "h3", "h4", "h5", "h6", "p", "li", "blockquote", "dt", "dd", "td", "th")


def paragraphs_of(body):
    """Returns the paragraphs of rich text, and its headings, without those that only link."""
    root = lxml_html.fragment_fromstring(body, create_parent="div")
    return [
        text
        for element in root.iter(*PARAGRAPHS)
        if (text := text_of(element))
        and next(element.iterdescendants(*PARAGRAPHS), None) is None
        and not is_link(element, text)
    ]


def text_of(element):
    return " ".join(element.text_content().split())


def is_link(element, text):
    """Tells whether a paragraph is nothing but links, which paper has no use for."""
    return " ".join(map(text_of, element.iterdescendants("a"))) == text
