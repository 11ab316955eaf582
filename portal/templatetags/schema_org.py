"""JSON-LD in the head of a page: what the page is about, in the vocabulary of schema.org."""

import json

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from organisation.page_records import organisation_in_full
from portal.exports.schema_org import LinkedData

from .navigation import page_trail, record_trail

register = template.Library()

# No text may end the element that it stands in.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def json_ld(*descriptions):
    """Returns a script element with a graph of descriptions.

    The browser never runs it, so the content security policy, which forbids inline scripts, lets it stand.
    """
    graph = json.dumps({"@context": "https://schema.org", "@graph": descriptions}, ensure_ascii=False)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(graph.translate(ESCAPES)))


def linked_data(context):
    return LinkedData(context["request"].build_absolute_uri)


@register.simple_tag(takes_context=True)
def json_ld_home(context):
    return json_ld(linked_data(context).site())


@register.simple_tag(takes_context=True)
def json_ld_page(context, title, description):
    """Describes a page of the CMS: its trail, and the organisation or the register that it is the page of."""
    request, linked = context["request"], linked_data(context)
    trail = linked.trail([*page_trail(context), (title, request.path)])
    path = (request.current_page and request.current_page.get_path(get_language())) or ""
    section, _slash, slug = path.partition("/")
    if path == "evidence":
        return json_ld(trail, linked.register(description))
    organisation = None
    if section == "organisations" and slug and "/" not in slug:
        organisation = organisation_in_full(request, slug=slug, profiled=True)
    return json_ld(trail, *([linked.profile(organisation)] if organisation else []))


@register.simple_tag(takes_context=True)
def json_ld_record(context, kind, record, title, section):
    """Describes a record's page: its trail below the page of the CMS at `section`, and the record.

    `kind` is the name of the method of LinkedData that describes the record.
    """
    linked = linked_data(context)
    trail = linked.trail([*record_trail(context, section), (title, context["request"].path)])
    return json_ld(trail, getattr(linked, kind)(record))


@register.simple_tag(takes_context=True)
def json_ld_trail(context, title, section):
    """Describes the trail of a page that is no record's, below the page of the CMS at `section`."""
    steps = [*record_trail(context, section), (title, context["request"].path)]
    return json_ld(linked_data(context).trail(steps))
