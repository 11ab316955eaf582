"""The colours of the site, as its organisation chose them: for pages, pictures, icons and documents alike."""

from organisation.look import OWN, THEMES, Look, own_colours, palette
from organisation.models import site_settings


def present_look():
    """Returns the look that is chosen in the settings of the site."""
    return site_settings().look


def colours(look=None):
    """Returns {name of the token: (colour of the light theme, colour of the dark theme)}, each as #rrggbb."""
    light, dark = (palette(theme, getattr(look or present_look(), theme)) for theme in THEMES)
    return {name: (light[name], dark[name]) for name in own_colours()["light"]}


def light_colours():
    """Returns {name of the token: its colour in the light theme}, for what is printed or drawn."""
    return {name: light for name, (light, _dark) in colours().items()}


def chosen_colours(look):
    """Returns the same as `colours` of those tokens alone that differ from the product's own."""
    own = colours(Look(OWN, OWN))
    return {name: pair for name, pair in colours(look).items() if pair != own[name]}
