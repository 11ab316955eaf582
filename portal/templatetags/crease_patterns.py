"""Tags that draw crease patterns."""

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from impact.grades import Shown
from organisation.models.organisation import SECTION
from portal.graphics import crease_patterns
from portal.graphics.crease_patterns import tile as tiles

register = template.Library()


@register.inclusion_tag("components/site/crease_pattern.html")
def crease_pattern(slug):
    return {"pattern": crease_patterns.crease_pattern(slug)}


@register.inclusion_tag("components/site/crease_pattern.html", takes_context=True)
def profile_crease_pattern(context):
    """Draws the crease pattern of the organisation whose profile the present page is; nothing elsewhere."""
    page = context["request"].current_page
    path = page.get_path(get_language()) if page and page.depth == 2 else ""
    section, _separator, slug = (path or "").partition("/")
    return {"pattern": crease_patterns.crease_pattern(slug) if section == SECTION else None}


FOLDS_INTO = {
    "boat": _("Print it, fold it, and it is a boat."),
    "plane": _("Print it, fold it, and it is a plane."),
    "swan": _("Print it, fold it, and it is a swan."),
    "bird": _("Print it, fold it, and it is the base of a crane."),
}


@register.simple_tag
def folds_into(slug):
    """Says what the sheet of a slug becomes; every plate is computed by folding, so that each does."""
    return FOLDS_INTO[crease_patterns.crease_pattern(slug).figure]


@register.simple_tag
def tile(slug, shown=""):
    """Draws the crease pattern of a slug as a tile, struck through where the claim is contradicted."""
    return tiles.tile(slug, shown == Shown.CONTRADICTED)
