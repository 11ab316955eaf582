"""The colours of the tokens, for what is no style sheet."""

from django import template

from portal.graphics.colours import colours

register = template.Library()


@register.simple_tag
def colour(name, theme):
    """Of the page (“light”) or of the slate (“dark”)."""
    return colours()[name][theme == "dark"]
