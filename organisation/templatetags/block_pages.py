"""Tags that lead to the page on which a block of some kind stands."""

from django import template

from organisation import block_pages

register = template.Library()


@register.simple_tag
def address_with(plugin):
    """Returns the address of the public page that holds a block of this plugin; empty where none does."""
    return block_pages.address_with(plugin)
