"""The colours of the tokens, for templates that are no style sheet."""

from django import template

from portal.graphics.colours import colours

register = template.Library()


@register.simple_tag
def colour(name, theme):
    """Returns the colour of a token in the theme “light” or “dark”, as #rrggbb."""
    return colours()[name][theme == "dark"]
