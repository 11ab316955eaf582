"""The colours of the site for what is drawn without CSS, read off the tokens so that there is one list of them."""

import re
from functools import cache

from django.conf import settings

TOKEN = re.compile(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")


@cache
def colours():
    """{name of the token: (on the page, on the slate)}"""
    tokens = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    return {name: (light_colour, dark) for name, light_colour, dark in TOKEN.findall(tokens)}


def light_colour(name):
    return colours()[name][0]
