"""The opening of the home page: a statement that an editor has chosen, or else the name of the site."""

from django import template
from django.template.loader import render_to_string

from organisation.lineage import profiled_organisations
from organisation.models import site_settings

register = template.Library()


@register.tag
def opened_by_name(parser, token):
    """Renders what it encloses, below the name of the site unless it has a first heading of its own."""
    nodelist = parser.parse(["endopened_by_name"])
    parser.delete_first_token()
    return OpeningNode(nodelist)


class OpeningNode(template.Node):
    """A plain node: the CMS looks for placeholders in its `nodelist`, which a simple block tag lacks."""

    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        content = self.nodelist.render(context)
        if "<h1" in content:
            return content
        site = site_settings()
        speaks_for = [] if site.several_organisations else profiled_organisations()
        opening = {"site": site, "organisation": speaks_for[0] if len(speaks_for) == 1 else None}
        return render_to_string("components/site/opening.html", opening) + content
