"""A page of blocks, as its visitors read it."""

from .crawl import Page
from .pages import a_page, version_of

PATH = "/page-of-a-test/"


def page_of(*blocks):
    """Publishes a page with these blocks, each a pair of plugin and values, and returns its version."""
    return version_of(a_page("A page", *blocks, slug=PATH.strip("/")))


def read_block(client, plugin, **values):
    """Returns the HTML of one block on a page of its own, nothing of a block that has nothing to show."""
    page_of((plugin, values))
    response = client.get(PATH)
    assert response.status_code == 200
    main = response.content.decode().split("<main")[1].partition("</main>")[0]
    return "".join(main.partition("<section")[1:])


def text_of(html):
    """Returns the text that a visitor meets, on one line."""
    return " ".join(Page(html).text.split())


def in_order(text, *parts):
    """Returns those of the parts that the text has, in the order in which it has them."""
    return sorted((part for part in parts if part in text), key=text.index)
