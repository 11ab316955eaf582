"""Reads the text that a CMS page holds itself."""

from cms.models import CMSPlugin
from cms.utils.plugins import downcast_plugins
from djangocms_text.models import Text

from organisation.models import Block
from portal.pages.plain_text import plain_text


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
