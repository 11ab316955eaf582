"""QR codes of addresses, for telephones to read from paper."""

from functools import lru_cache

import segno
from django import template
from django.utils.encoding import iri_to_uri
from django.utils.safestring import mark_safe

from ..delivery.public_address import public_origin

register = template.Library()


@register.simple_tag(takes_context=True)
def permanent_address(context):
    """Returns the address at which others find the present page; empty where the site has none yet."""
    origin = public_origin(context["request"])
    return origin and iri_to_uri(f"{origin}{context['request'].path}")


@register.simple_tag
# Every page has one, and is rendered anew after every publication.
@lru_cache(1000)
def qr(address):
    """Returns a QR code as inline SVG: black on a transparent ground, as large as CSS makes it."""
    code = segno.make(address, micro=False, error="m")
    return mark_safe(code.svg_inline(omitsize=True))
