"""The block of data in the head of a page. It is never run: a policy that forbids scripts lets it stand."""

import json

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from organisation.page_records import organisation_in_full
from portal.exports.schema_org import LinkedData

from .navigation import page_trail, record_trail

register = template.Library()

# So that no text can end the element it stands in.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def block(*described):
    graph = json.dumps({"@context": "https://schema.org", "@graph": described}, ensure_ascii=False)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(graph.translate(ESCAPES)))


def data(context):
    return LinkedData(context["request"].build_absolute_uri)


@register.simple_tag(takes_context=True)
def linked_home(context):
    return block(data(context).site())


@register.simple_tag(takes_context=True)
def linked_page(context, title, description):
    """The trail to a page of the CMS, and what it is the page of, if that is an organisation or the register."""
    request, linked = context["request"], data(context)
    trail = linked.trail([*page_trail(context), (title, request.path)])
    path = (request.current_page and request.current_page.get_path(get_language())) or ""
    section, _slash, slug = path.partition("/")
    if path == "evidence":
        return block(trail, linked.register(description))
    profiled = None
    if section == "organisations" and slug and "/" not in slug:
        profiled = organisation_in_full(request, slug=slug, profiled=True)
    return block(trail, *([linked.profile(profiled)] if profiled else []))


@register.simple_tag(takes_context=True)
def linked_record(context, kind, record, here, section):
    """A record's page: `kind` is the method of LinkedData that describes it, `section` the page of the CMS that it stands below."""
    linked = data(context)
    trail = linked.trail([*record_trail(context, section), (here, context["request"].path)])
    return block(trail, getattr(linked, kind)(record))


@register.simple_tag(takes_context=True)
def linked_trail(context, here, section):
    """A page that is no record's, below a page of the CMS."""
    return block(data(context).trail([*record_trail(context, section), (here, context["request"].path)]))
