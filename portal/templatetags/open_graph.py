"""Open Graph in the head of a page: the title, description and image that other sites show with a link."""

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from organisation.models import site_settings
from portal.delivery.public_address import lasting_address
from portal.graphics.share_images.image import HEIGHT, WIDTH, alt_text_of_edition

from .profiles import organisation_of_page

register = template.Library()


@register.tag
def capture(parser, token):
    """Renders what it encloses where it stands, and also puts it into the context under the given name."""
    name = token.split_contents()[1]
    nodelist = parser.parse(["endcapture"])
    parser.delete_first_token()
    return CaptureNode(name, nodelist)


class CaptureNode(template.Node):
    """A plain node, not a simple block tag: `extends` looks for blocks in `nodelist`, which those lack."""

    def __init__(self, name, nodelist):
        self.name, self.nodelist = name, nodelist

    def render(self, context):
        context[self.name] = self.nodelist.render(context).strip()
        return context[self.name]


@register.inclusion_tag("components/site/open_graph.html", takes_context=True)
def open_graph_site(context):
    """Describes a page that has no share image of its own, with that of the site."""
    alt_text = alt_text_of_name(site_settings().title)
    return properties(context, context["request"].path, reverse("site-picture"), alt_text)


@register.inclusion_tag("components/site/open_graph.html", takes_context=True)
def open_graph_page(context):
    """Describes a page of the CMS; an organisation's profile and the pages below it have its share image."""
    organisation = organisation_of_page(context)
    if organisation is None or not organisation.has_page:
        return open_graph_site(context)
    image = reverse("organisation-picture", kwargs={"slug": organisation.slug})
    alt_text = alt_text_of_name(organisation.official_name)
    return properties(context, context["request"].path, image, alt_text)


@register.inclusion_tag("components/site/open_graph.html", takes_context=True)
def open_graph_edition(context, edition):
    """Describes an edition; the canonical address of the current one is its claim's, wherever it is read."""
    record = edition.claim if edition.is_current else edition
    image = reverse("edition-picture", kwargs={"number": edition.claim.number, "edition": edition.number})
    return properties(context, record.get_absolute_url(), image, alt_text_of_edition(edition)) | {
        "type": "article"
    }


def alt_text_of_name(name):
    return _("%(name)s, in large letters beside creased sheets on ruled paper.") % {"name": name}


def properties(context, path, image, alt_text):
    """Returns the context of the component; `path` and `image` become absolute addresses."""
    site_name = conditional_escape(site_settings().title)
    return {
        # The title is a captured block of the page, and was escaped there.
        "title": mark_safe(context["title"].removesuffix(f" · {site_name}")),
        "description": context["description"],
        "site_name": site_settings().title,
        "type": "website",
        "address": lasting_address(context["request"], path),
        "image": lasting_address(context["request"], image),
        "width": WIDTH,
        "height": HEIGHT,
        "alt_text": alt_text,
    }
