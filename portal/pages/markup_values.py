"""Reads what a page says in the markup of its texts alone, so that its preview shows it to nobody."""

from html.parser import HTMLParser

from cms.models import Page
from djangocms_text.models import Text

from .review import blocks_of

# Where a link leads, by the page that it names or by its address; what an abbreviation stands for; a date.
ATTRIBUTES = {"a": ("data-cms-href", "href"), "abbr": ("title",), "time": ("datetime",)}
PAGE = "cms.page:"


class MarkupValues(HTMLParser):
    """Collects (words, value) of the links, abbreviations and dates of rich text, in their order."""

    def __init__(self, body):
        super().__init__()
        self.found, self.open = [], []  # `open` are the places in `found` of the tags that are not closed
        self.feed(body)
        self.close()

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        value = next((attributes[name] for name in ATTRIBUTES.get(tag, ()) if attributes.get(name)), "")
        if value:
            self.open.append((tag, len(self.found)))
            self.found.append(["", value])

    def handle_data(self, data):
        for _tag, place in self.open:
            self.found[place][0] += data

    def handle_endtag(self, tag):
        if any(tag == each for each, _place in self.open):
            while self.open.pop()[0] != tag:
                pass


def markup_values(content):
    """Returns a line for each: the words, and where they lead or what is said of them."""
    texts = [block.body for block in blocks_of(content) if isinstance(block, Text)]
    found = [each for body in texts for each in MarkupValues(body).found]
    keys = [value.removeprefix(PAGE) for _words, value in found if value.startswith(PAGE)]
    pages = {f"{PAGE}{page.pk}": page for page in Page.objects.filter(pk__in=filter(str.isdecimal, keys))}
    return "\n".join(
        f"{' '.join(words.split())} → {address(pages[value], content) if value in pages else value}"
        for words, value in found
    )


def address(page, content):
    """Returns the address of a page, or that by which the text names it if it has none in this language."""
    return page.get_absolute_url(content.language) or f"{PAGE}{page.pk}"
