"""The chosen look at addresses of its own: a style sheet over the tokens, and the icon in its colours.

Each address names a hash of the look, and whatever hash it names it answers with the present one: a page that
somebody kept, or a copy, never asks for a look that is gone.
"""

import hashlib
import json
from functools import lru_cache
from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from organisation.look import Look
from portal.delivery.last_look import keep_look

from .colours import chosen_colours, present_look
from .typesetting import HERE, typeset

SIDES = (32, 180, 192, 512)  # pixels of the icons: a tab, a telephone, and two for the manifest
LONG = "public, max-age=31536000, immutable"
SHORT = "public, max-age=0, must-revalidate"
POINTS_PER_INCH = 72


class Addresses(NamedTuple):
    """The addresses of a look; the style sheet's is empty where the look is the product's own."""

    style_sheet: str
    icon: str
    tab_icon: str
    telephone_icon: str
    manifest_icons: tuple  # (side, address)


OWN_ICONS = {32: "img/favicon.ico", 180: "img/apple-touch-icon.png"}


def keep_present_look():
    """Keeps the style sheet of the present look for the pages of errors, which ask no database."""
    look = present_look()
    keep_look("" if look == Look() else style_sheet_of(look))


def look_addresses():
    """Returns the addresses of the present look; where none is chosen those of the product's own files."""
    look = present_look()
    if look == Look():
        icons = {side: static(OWN_ICONS.get(side, f"img/icon-{side}.png")) for side in SIDES}
        return Addresses("", static("img/icon.svg"), icons[32], icons[180], pick(icons))
    look_hash = present_hash()
    icons = {side: reverse("look-icon", args=[look_hash, side]) for side in SIDES}
    style_sheet, icon = (reverse(name, args=[look_hash]) for name in ("look-style-sheet", "look-drawing"))
    return Addresses(style_sheet, icon, icons[32], icons[180], pick(icons))


def pick(icons):
    return tuple((side, icons[side]) for side in (192, 512))


@lru_cache(64)
def style_sheet_of(look):
    """Returns the tokens that differ from the product's own, in their layer: print overrules it."""
    tokens = "".join(
        f"    --{name}: light-dark({light}, {dark});\n"
        for name, (light, dark) in chosen_colours(look).items()
    )
    return f"@layer tokens {{\n  :root {{\n{tokens}  }}\n}}\n"


def present_hash():
    """Returns a hash that changes with whatever is served under it, the drawing of the icon too."""
    served = style_sheet_of(present_look()) + icon_svg(in_both_themes=True)
    return hashlib.sha256(served.encode()).hexdigest()[:12]


def style_sheet(request, look_hash):
    return look_response(look_hash, style_sheet_of(present_look()), "text/css; charset=utf-8")


def drawing(request, look_hash):
    return look_response(look_hash, icon_svg(in_both_themes=True), "image/svg+xml")


def icon(request, look_hash, side):
    if side not in SIDES:
        raise Http404
    return look_response(look_hash, icon_png(side), "image/png")


def icon_svg(in_both_themes=False):
    return render_to_string("portal/icon.svg", {"in_both_themes": in_both_themes}).strip()


def icon_png(side):
    """Returns the icon in the colours of the light theme."""
    data = json.dumps({"svg": icon_svg(), "side": side})
    return typeset(HERE.parent / "icon.typ", data, format="png", ppi=POINTS_PER_INCH)


def look_response(look_hash, content, content_type):
    """Returns a response that is cached for a year at the address of the present look, at no other."""
    cache_control = LONG if look_hash == present_hash() else SHORT
    return HttpResponse(content, content_type=content_type, headers={"Cache-Control": cache_control})
