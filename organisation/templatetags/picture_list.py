from django import template

from ..admin.picture import state_of

register = template.Library()


@register.filter
def picture_state(picture):
    """Says in a few words whether readers may see a picture, and until when or why not."""
    return state_of(picture)
