"""The table of contents of a page, “On this page”.

It is read from the headings as they are rendered, so that those of blocks and of prose count alike, and no
query is spent.
"""

import re
from itertools import chain, count

from django import template
from django.template.loader import render_to_string
from django.utils.text import slugify

from ..pages.plain_text import plain_text
from .main_element import QUESTIONS

register = template.Library()

MIN_SECTIONS = 4  # a page with so many is longer than a screen
# The parts of a list are no sections of the page: its filter leads to them.
HEADING = re.compile(r"<h2\b(?![^>]*\bof-list\b)([^>]*)>(.*?)</h2>", re.DOTALL)
AIM = '<section class="block aim">'
# Figures to copy are what their page is opened for: its contents stand below them.
QUOTABLE = '<div class="quotable'
ID = re.compile(r"""\bid=["']?([^"'\s>]+)""")


@register.tag
def with_table_of_contents(parser, token):
    """Renders what it encloses, below a table of contents if there are enough sections."""
    nodelist = parser.parse(["endwith_table_of_contents"])
    parser.delete_first_token()
    return TableOfContentsNode(nodelist)


class TableOfContentsNode(template.Node):
    """A plain node: the CMS looks for placeholders in its `nodelist`, which a simple block tag lacks."""

    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        content = self.nodelist.render(context)
        # An aim in large letters opens its page: nothing comes before it.
        if AIM in content:
            return content
        # The editor of the CMS saves a text as it stands in the page: no id may be added to its headings.
        is_short = len(HEADING.findall(content)) < MIN_SECTIONS or QUESTIONS in content
        if context["request"].toolbar.edit_mode_active or is_short:
            return content
        entries, content = add_anchors(content)
        contents = render_to_string("components/site/table_of_contents.html", {"entries": entries})
        at = end_of_figures_to_copy(content)
        return content[:at] + contents + content[at:]


def end_of_figures_to_copy(content):
    """Returns where the first section ends, if it has figures to copy; else the beginning."""
    first, end, _rest = content.partition("</section>")
    opens = first.lstrip().startswith("<section") and QUOTABLE in first
    return len(first + end) if opens else 0


def add_anchors(content):
    """Returns (anchor, title) of each section, and the content with an id on every heading."""
    entries, used_ids = [], set(ID.findall(content))

    def add_anchor(heading):
        attributes, title = heading.groups()
        text, own_id = plain_text(title), ID.search(attributes)
        anchor = own_id[1] if own_id else unused_id(slugify(text) or "section", used_ids)
        entries.append((anchor, text))
        return heading[0] if own_id else f'<h2 id="{anchor}"{attributes}>{title}</h2>'

    return entries, HEADING.sub(add_anchor, content)


def unused_id(name, used_ids):
    """Returns the name, with a number behind it if the page uses it already, and adds it to the used ones."""
    candidates = chain([name], (f"{name}-{number}" for number in count(2)))
    anchor = next(candidate for candidate in candidates if candidate not in used_ids)
    used_ids.add(anchor)
    return anchor
