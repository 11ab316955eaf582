"""A page of blocks, as its visitors read it."""

from cms.api import add_plugin, create_page
from cms.models import PageContent
from djangocms_versioning.models import Version

from .crawl import Page
from .people import alice, bob

PATH = "/page-of-a-test/"


def page_of(*blocks):
    """Publishes a page with these blocks, each a pair of plugin and values, and returns its version."""
    page = create_page("A page", "pages/page.html", "en", slug=PATH.strip("/"), created_by=alice())
    content = PageContent.admin_manager.get(page=page)
    for plugin, values in blocks:
        related = {name: value for name, value in values.items() if isinstance(value, list)}
        own = {name: value for name, value in values.items() if name not in related}
        block = add_plugin(content.get_placeholders().get(slot="content"), plugin, "en", **own)
        for name, value in related.items():
            getattr(block, name).set(value)
    version = Version.objects.get_for_content(content)
    version.publish(bob())
    return version


def read_block(client, plugin, **values):
    """Returns the HTML of one block on a page of its own."""
    page_of((plugin, values))
    response = client.get(PATH)
    assert response.status_code == 200
    return (
        "<section" + response.content.decode().split("<main")[1].split("<section", 1)[1].split("</main>")[0]
    )


def text_of(html):
    """Returns the text that a visitor meets, on one line."""
    return " ".join(Page(html).text.split())


def in_order(text, *parts):
    """Returns those of the parts that the text has, in the order in which it has them."""
    return sorted((part for part in parts if part in text), key=text.index)
