"""“On this page”: read off the headings as they are rendered, so that blocks and prose count alike and no query is spent."""

import re
from html import unescape
from itertools import chain, count

from django import template
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.text import slugify

register = template.Library()

FEWEST = 4  # so many sections are longer than a screen
HEADING = re.compile(r"<h2\b([^>]*)>(.*?)</h2>", re.DOTALL)
ID = re.compile(r"""\bid=["']?([^"'\s>]+)""")


@register.tag
def with_contents(parser, token):
    """The content of a page, below a list of its sections if it has many."""
    nodelist = parser.parse(["endwith_contents"])
    parser.delete_first_token()
    return ContentsNode(nodelist)


class ContentsNode(template.Node):
    """A plain node, not a simple block tag: the CMS looks for placeholders in `nodelist`, and does not find them in those."""

    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        content = self.nodelist.render(context)
        # An editor's words are saved as they stand in the page: nothing is added to them.
        if context["request"].toolbar.edit_mode_active or len(HEADING.findall(content)) < FEWEST:
            return content
        entries, content = with_anchors(content)
        return render_to_string("components/site/table_of_contents.html", {"entries": entries}) + content


def with_anchors(content):
    """(anchor, title) of each section, and the content with an id on every heading."""
    entries, taken = [], set(ID.findall(content))

    def anchored(heading):
        attributes, title = heading.groups()
        text, named = unescape(strip_tags(title)), ID.search(attributes)
        anchor = named[1] if named else free(slugify(text) or "section", taken)
        entries.append((anchor, text))
        return heading[0] if named else f'<h2 id="{anchor}"{attributes}>{title}</h2>'

    return entries, HEADING.sub(anchored, content)


def free(name, taken):
    """The name, or with a number behind it if the page has it already."""
    anchor = next(
        each for each in chain([name], (f"{name}-{number}" for number in count(2))) if each not in taken
    )
    taken.add(anchor)
    return anchor
