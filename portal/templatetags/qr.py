"""The address of a page as a picture that a telephone reads off paper."""

from functools import lru_cache

import segno
from django import template
from django.utils.safestring import mark_safe

register = template.Library()


@register.simple_tag
@lru_cache(1000)  # drawn once, though its page is rendered after every publication
def qr(address):
    """A QR code as inline SVG, black on whatever is beneath it, as large as CSS makes it."""
    code = segno.make(address, micro=False, error="m")
    return mark_safe(code.svg_inline(omitsize=True))
