"""The colours of the site for what is drawn without CSS, read from the tokens of the style sheets."""

import re
from functools import cache

from django.conf import settings

TOKEN = re.compile(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")


@cache
def colours():
    """Returns {name of the token: (colour of the light theme, colour of the dark theme)}, each as #rrggbb."""
    tokens = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    return {name: (light, dark) for name, light, dark in TOKEN.findall(tokens)}


def light_colours():
    """Returns {name of the token: its colour in the light theme}, for what is printed or drawn."""
    return {name: light for name, (light, _dark) in colours().items()}
