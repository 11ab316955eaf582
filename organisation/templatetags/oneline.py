"""Joins what a template writes on several lines into one line of output."""

import re

from django import template
from django.template.base import TextNode

register = template.Library()

LINE_BREAK = re.compile(r"\s*\n\s*")


class OneLineNode(template.Node):
    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        return self.nodelist.render(context)


@register.tag
def oneline(parser, token):
    """Renders what stands up to `{% endoneline %}` without the template's own line breaks and indents.

    For a line of many tags: a tag itself cannot be broken, and a break between two would show as a space. The
    breaks go as the template is compiled; what values and translated texts hold stays as it is.
    """
    nodelist = parser.parse(["endoneline"])
    parser.delete_first_token()
    for node in nodelist.get_nodes_by_type(TextNode):
        node.s = LINE_BREAK.sub("", node.s)
    return OneLineNode(nodelist)
