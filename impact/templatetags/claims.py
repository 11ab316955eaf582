"""Template tags that show claims on the pages of other rooms."""

from django import template

from ..models import Edition

register = template.Library()


@register.simple_tag
def editions_citing(source):
    """Returns the current editions that cite a source."""
    editions = Edition.objects.current().filter(citations__source=source).distinct()
    return editions.select_related("claim__current_edition", "organisation").with_passages()


@register.filter
def marked_as(segments, kind):
    """Returns the words of a cut wording that are marked as shown, or as not established."""
    return [text for text, marked in segments if marked == kind]
