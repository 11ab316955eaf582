"""Reads the text that a CMS page holds itself."""

from html import unescape

from cms.models import CMSPlugin
from cms.utils.plugins import downcast_plugins
from django.utils.html import strip_tags
from djangocms_text.models import Text

from organisation.models import Block


def page_text(content):
    """Returns a page's own text and headings; the records that its blocks show have their own documents."""
    texts = [content.meta_description or ""]
    plugins = CMSPlugin.objects.filter(
        placeholder__in=content.get_placeholders(), language=content.language
    ).order_by("placeholder", "position")
    for plugin in downcast_plugins(plugins):
        if isinstance(plugin, Text):
            texts.append(plain_text(plugin.body))
        elif isinstance(plugin, Block):
            texts.append(plugin.heading)
    return "\n".join(filter(None, texts))


def plain_text(html):
    """Strips the tags of rich text."""
    # A space before each closing tag and line break, so that the words of two blocks do not run together.
    return unescape(strip_tags(html.replace("</", " </").replace("<br", " <br"))).strip()
