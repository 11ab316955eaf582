"""The main element of a page, which says in its class that the page is one of short questions.

Style sheets would have to look into the page otherwise, in each of their rules.
"""

from django import template
from django.utils.html import format_html

register = template.Library()

# The section of the block that makes a page one of short questions, and the class of its main element.
QUESTIONS = '<section class="block fact-sheet">'
OF_QUESTIONS = "of-questions"


@register.tag
def main_element(parser, token):
    """Renders what it encloses within the main element."""
    nodelist = parser.parse(["endmain_element"])
    parser.delete_first_token()
    return MainElementNode(nodelist)


class MainElementNode(template.Node):
    """A plain node: the CMS looks for placeholders in its `nodelist`, which a simple block tag lacks."""

    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        content = self.nodelist.render(context)
        of_questions = format_html(' class="{}"', OF_QUESTIONS) if QUESTIONS in content else ""
        return format_html('<main id="main" tabindex="-1"{}>{}</main>', of_questions, content)
