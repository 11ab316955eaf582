"""Tags for the pages of an organisation: its profile and what stands below it."""

from django import template
from django.utils.translation import get_language

from organisation.models.organisation import SECTION
from organisation.page_records import organisation_in_full
from organisation.request_cache import cached_for_request

register = template.Library()


@register.simple_tag(takes_context=True)
def organisation_of_page(context):
    """Returns the organisation whose profile the present page is or stands under; None elsewhere."""
    request = context["request"]
    path = (request.current_page and request.current_page.get_path(get_language())) or ""
    section, _slash, rest = path.partition("/")
    slug = rest.partition("/")[0]
    if section != SECTION or not slug:
        return None
    key = ("organisation of a page", slug)
    return cached_for_request(request, key, lambda: organisation_in_full(request, slug=slug, profiled=True))
