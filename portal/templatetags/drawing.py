"""The site's own pictures."""

from django import template

from ..plates import plate as plate_of

register = template.Library()


@register.inclusion_tag("components/plate.html")
def plate(slug):
    """The crease pattern that belongs to a slug."""
    return {"plate": plate_of(slug)}
