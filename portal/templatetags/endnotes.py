"""The endnotes of a long page on paper: each source once, with a number in the margin of what rests on it.

They are read from the notes as they are rendered, as the table of contents is from the headings.
"""

import re

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

register = template.Library()

MIN_NOTES = 10  # so many fill more than a sheet
NOTE = re.compile(r'(<div class="note" role="note"[^>]*>)(.*?)</div>', re.DOTALL)
ITEM = re.compile(r"<li>(.*?)</li>", re.DOTALL)
OURS = re.compile(r'<p class="bearing">(.*?)</p>', re.DOTALL)
LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)


@register.tag
def with_endnotes(parser, token):
    """Renders what it encloses, and below it the endnotes if there are enough notes."""
    nodelist = parser.parse(["endwith_endnotes"])
    parser.delete_first_token()
    return EndnotesNode(nodelist)


class EndnotesNode(template.Node):
    """A plain node: the CMS looks for placeholders in its `nodelist`, which a simple block tag lacks."""

    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        content = self.nodelist.render(context)
        # The editor of the CMS finds a record's markup as it was.
        if context["request"].toolbar.edit_mode_active or len(NOTE.findall(content)) < MIN_NOTES:
            return content
        endnotes, content = add_numbers(content)
        return content + render_to_string("components/source/endnotes.html", {"endnotes": endnotes})


def add_numbers(content):
    """Returns the lines of each endnote, and the content with the number of its endnote in every note."""
    numbers = {}

    def add_number(note):
        number = numbers.setdefault(lines_of(note[2]), len(numbers) + 1)
        return f'{note[1]}<span class="endnote-number" aria-hidden="true">{number}</span>{note[2]}</div>'

    content = NOTE.sub(add_number, content)
    return list(numbers), content


def lines_of(note):
    """Returns the sources of a note as HTML without links, those that are to be opened too."""
    rest = OURS.sub("", note)
    lines = [*OURS.findall(note), *(ITEM.findall(rest) or [rest])]
    # It was rendered by a template, so that what is text in it stays text.
    return tuple(mark_safe(" ".join(LINK.sub(r"<span>\1</span>", line).split())) for line in lines)
