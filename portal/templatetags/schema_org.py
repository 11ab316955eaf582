"""JSON-LD in the head of a page: what the page is about, in the vocabulary of schema.org."""

import json
from functools import partial

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from organisation.block_pages import page_with
from organisation.models.organisation import SECTION
from organisation.page_records import organisation_in_full
from portal.delivery.public_address import lasting_address
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
    return LinkedData(partial(lasting_address, context["request"]))


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
    register_page = page_with("RegisterPlugin")
    if register_page and register_page.address == request.path:
        return json_ld(trail, linked.register(description))
    organisation = None
    if section == SECTION and slug and "/" not in slug:
        organisation = organisation_in_full(request, slug=slug, profiled=True)
    return json_ld(trail, *([linked.profile(organisation)] if organisation else []))


@register.simple_tag(takes_context=True)
def json_ld_record(context, kind, record, title, plugin):
    """Describes a record's page: its trail below the page that holds a block of `plugin`, and the record.

    `kind` is the name of the method of LinkedData that describes the record.
    """
    linked = linked_data(context)
    trail = linked.trail([*record_trail(plugin), (title, context["request"].path)])
    return json_ld(trail, getattr(linked, kind)(record))


@register.simple_tag(takes_context=True)
def json_ld_trail(context, title, plugin):
    """Describes the trail of a page that is no record's, below the page that holds a block of `plugin`."""
    steps = [*record_trail(plugin), (title, context["request"].path)]
    return json_ld(linked_data(context).trail(steps))
