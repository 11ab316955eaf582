"""The site's own pictures."""

from django import template
from django.utils.translation import get_language

from portal.graphics.crease_patterns import crease_pattern as plate_of

register = template.Library()


@register.inclusion_tag("components/plate.html")
def crease_pattern(slug):
    """The crease pattern that belongs to a slug."""
    return {"plate": plate_of(slug)}


@register.inclusion_tag("components/plate.html", takes_context=True)
def profile_plate(context):
    """The crease pattern of the organisation whose profile the present page is, by the last part of its address."""
    page = context["request"].current_page
    path = page.get_path(get_language()) if page and page.depth == 2 else ""
    section, _separator, slug = (path or "").partition("/")
    return {"plate": plate_of(slug) if section == "organisations" else None}
