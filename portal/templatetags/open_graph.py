"""What a link to a page shows where people share it: title, words and picture."""

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.graphics.share_images.image import HEIGHT, WIDTH, alt_text_of_edition

from .navigation import page_trail

register = template.Library()


@register.tag
def keep(parser, token):
    """What stands between the tags stays there, and can be said again under the name that is given."""
    name = token.split_contents()[1]
    nodelist = parser.parse(["endkeep"])
    parser.delete_first_token()
    return KeepNode(name, nodelist)


class KeepNode(template.Node):
    """A plain node, not a simple block tag: `extends` looks for blocks in `nodelist`, and does not find them in those."""

    def __init__(self, name, nodelist):
        self.name, self.nodelist = name, nodelist

    def render(self, context):
        context[self.name] = self.nodelist.render(context).strip()
        return context[self.name]


@register.inclusion_tag("components/site/open_graph.html", takes_context=True)
def share_site(context):
    """As any page of the site that has no picture of its own."""
    return card(context, context["request"].path, reverse("site-picture"), alt_of_name(settings.SITE_NAME))


@register.inclusion_tag("components/site/open_graph.html", takes_context=True)
def share_page(context):
    """A page of the CMS: those below an organisation's profile have its picture."""
    request = context["request"]
    page = request.current_page
    section, _slash, rest = ((page and page.get_path(get_language())) or "").partition("/")
    if section != "organisations" or not rest:
        return share_site(context)
    names = [*(title for title, _address in page_trail(context)), page.get_title(get_language())]
    picture = reverse("organisation-picture", kwargs={"slug": rest.partition("/")[0]})
    return card(context, request.path, picture, alt_of_name(names[2]))


@register.inclusion_tag("components/site/open_graph.html", takes_context=True)
def share_edition(context, edition):
    """The edition that stands is the claim's page to search engines, whichever of the two addresses it is read at."""
    record = edition.claim if edition.is_current else edition
    picture = reverse("edition-picture", kwargs={"number": edition.claim.number, "edition": edition.number})
    return card(context, record.get_absolute_url(), picture, alt_text_of_edition(edition)) | {
        "kind": "article"
    }


def alt_of_name(name):
    return _("%(name)s, in large letters beside a crease pattern on ruled paper.") % {"name": name}


def card(context, path, picture, alt):
    absolute = context["request"].build_absolute_uri
    site = conditional_escape(settings.SITE_NAME)
    return {
        "title": mark_safe(context["title"].removesuffix(f" · {site}")),  # a block of the page, escaped there
        "description": context["description"],
        "site": settings.SITE_NAME,
        "kind": "website",
        "address": absolute(path),
        "picture": absolute(picture),
        "width": WIDTH,
        "height": HEIGHT,
        "alt": alt,
    }
