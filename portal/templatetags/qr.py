"""QR codes of addresses, for telephones to read from paper."""

from functools import lru_cache

import segno
from django import template
from django.utils.safestring import mark_safe

register = template.Library()


@register.simple_tag
# Every page has one, and is rendered anew after every publication.
@lru_cache(1000)
def qr(address):
    """Returns a QR code as inline SVG: black on a transparent ground, as large as CSS makes it."""
    code = segno.make(address, micro=False, error="m")
    return mark_safe(code.svg_inline(omitsize=True))
