"""Finds the page that holds a block of a kind, wherever an editor has put it: others lead there.

A plugin that pages are linked to says so by `is_linked_to = True`. Of several pages that hold such a block
the first in the order of the tree counts, and only those that an anonymous visitor may open.
"""

from dataclasses import dataclass

from cms.models import CMSPlugin
from cms.plugin_pool import plugin_pool
from cms.utils.plugins import downcast_plugins
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override

from .public_pages import public_contents
from .request_cache import LoadedOnce

pages_by_language = LoadedOnce("pages of blocks", dict)


@dataclass(frozen=True)
class BlockPage:
    """A public page, in one language, that holds a block; `pk` is that of its content."""

    pk: int
    page: int
    title: str
    language: str
    url_path: str

    @property
    def address(self):
        with override(self.language):
            if not self.url_path:
                return reverse("pages-root")
            return reverse("pages-details-by-slug", kwargs={"slug": self.url_path})


def page_with(plugin):
    """Returns the public page that holds a block of the plugin of this name; None where none does."""
    if plugin not in linked_plugins():
        raise LookupError(f"{plugin} does not say is_linked_to")
    language = get_language() or settings.LANGUAGE_CODE
    pages = pages_by_language()
    if language not in pages:
        pages[language] = load_pages(language)
    return pages[language].get(plugin)


def address_with(plugin):
    """Returns the address of the public page that holds a block of this plugin; empty where none does."""
    page = page_with(plugin)
    return page.address if page else ""


def all_block_pages():
    """Returns {(name of a plugin, language): the page to which others lead}, as the database has it now."""
    found = {}
    for language, _name in settings.LANGUAGES:
        pages = load_pages(language)
        for plugin in linked_plugins():
            page = pages.get(plugin) or pages.get(plugin_pool.get_plugin(plugin).instead)
            if page:
                found[plugin, language] = page
    return found


def blocks_beside(plugin):
    """Returns the blocks of the public page that holds a block of this plugin, itself among them, in order.

    Nested blocks follow the one that they are in.
    """
    page = page_with(plugin)
    if page is None:
        return []
    blocks = CMSPlugin.objects.filter(
        placeholder__in=public_contents().filter(pk=page.pk).values("placeholders"), language=page.language
    )
    return list(downcast_plugins(blocks.select_related("placeholder").order_by("placeholder", "position")))


def linked_plugins():
    plugins = plugin_pool.get_all_plugins()
    return {plugin.__name__ for plugin in plugins if getattr(plugin, "is_linked_to", False)}


def load_pages(language):
    """Returns {name of a plugin: the page that holds it}, with one query.

    Pages in this language go before those that stand in the language of the records alone.
    """
    rows = (
        public_contents()
        .filter(
            language__in={language, settings.LANGUAGE_CODE},
            placeholders__cmsplugin__plugin_type__in=linked_plugins(),
        )
        .order_by("page__path", "pk")
        .values_list(
            "placeholders__cmsplugin__plugin_type",
            "placeholders__cmsplugin__language",
            "pk",
            "page",
            "title",
            "menu_title",
            "language",
            "url_path",
        )
    )
    pages = {}
    for plugin, of_block, pk, page, title, menu_title, of_page, path in sorted(
        rows, key=lambda row: row[6] != language
    ):
        if of_block == of_page:
            pages.setdefault(plugin, BlockPage(pk, page, menu_title or title, of_page, path))
    return pages
