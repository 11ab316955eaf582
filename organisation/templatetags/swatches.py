"""Shows colours of the look where staff read what changes: a patch, a name in words, and the code."""

from django import template

from ..look import TOKEN_OF, name_of, own_colours
from ..models import SiteSettings
from ..models.look import check_colour, look_names

register = template.Library()


@register.inclusion_tag("components/site/value.html")
def proposed_value(model, name, text):
    """Shows the value of a field of a proposal; of the look an empty one is the product's own colour."""
    own = own_colour(name) if model == SiteSettings._meta.label_lower else ""
    return {"text": text, **swatch(text or own), "is_own": bool(own and not text)}


@register.inclusion_tag("components/site/swatch.html")
def swatch(text):
    """Shows a text that is a colour, and nothing of any other."""
    is_colour = bool(check_colour.regex.match(text))
    return {"colour": text.lower(), "name": name_of(text.lower())} if is_colour else {}


def own_colour(name):
    """Returns the product's own colour of a field of the site's settings; empty if it is none of the look."""
    places = {field: (theme, TOKEN_OF[part]) for field, theme, part in look_names()}
    theme, token = places.get(name, ("", ""))
    return own_colours()[theme][token] if theme else ""
