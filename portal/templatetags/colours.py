"""The colours of the site, for templates that are no style sheet, and the addresses of its look."""

from django import template

from portal.graphics.colours import colours
from portal.graphics.look import keep_present_look, look_addresses

register = template.Library()


@register.simple_tag
def colour(name, theme):
    """Returns the colour of a token in the theme “light” or “dark”, as #rrggbb."""
    return colours()[name][theme == "dark"]


@register.simple_tag
def look():
    """Returns the addresses of the style sheet and the icons of the present look."""
    return look_addresses()


@register.inclusion_tag("components/site/look.html")
def look_style_sheet():
    """Links the style sheet of the look, unless the look is the product's own."""
    keep_present_look()
    return {"address": look_addresses().style_sheet}
