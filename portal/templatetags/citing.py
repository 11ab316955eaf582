"""Tags that give a record's page its citation formats and its embed code."""

from django import template

from ..delivery.public_address import public_origin
from ..exports.citation_formats import entry_of_edition, entry_of_source
from ..exports.oembed import embedding

register = template.Library()


@register.simple_tag(takes_context=True)
def citation_of_edition(context, edition):
    """Returns the citation `Entry` of an edition, with its permanent address."""
    return entry_of_edition(edition, public_origin(context["request"]))


@register.simple_tag(takes_context=True)
def citation_of_source(context, source):
    """Returns the citation `Entry` of a source's page, with its permanent address."""
    return entry_of_source(source, public_origin(context["request"]))


@register.simple_tag(takes_context=True)
def embed_code(context, edition):
    """Returns the `embedding` of the current edition: its card, HTML and oEmbed address; else None."""
    return embedding(edition, context["request"]) if edition.is_current else None
