"""Reads the text that a CMS page holds itself, and the words that find it."""

from cms.models import CMSPlugin
from cms.utils.plugins import downcast_plugins
from djangocms_text.models import Text

from organisation.block_plugins import SEARCH_WORDS
from organisation.models import Block
from portal.pages.plain_text import plain_text
from portal.pages.search_words import words_in


def page_text(content):
    """Returns a page's own text and headings; the records that its blocks show have their own documents."""
    texts = [content.meta_description or ""]
    for plugin in downcast_plugins(blocks_of(content).exclude(plugin_type=SEARCH_WORDS)):
        if isinstance(plugin, Text):
            texts.append(plain_text(plugin.body))
        elif isinstance(plugin, Block):
            texts.append(plugin.heading)
    return "\n".join(filter(None, texts))


def search_words(content):
    """Returns what people call a page, as its editors say."""
    blocks = downcast_plugins(blocks_of(content).filter(plugin_type=SEARCH_WORDS))
    return [words for block in blocks for words in words_in(block.heading)]


def blocks_of(content):
    placeholders = content.get_placeholders()
    blocks = CMSPlugin.objects.filter(placeholder__in=placeholders, language=content.language)
    return blocks.order_by("placeholder", "position")
