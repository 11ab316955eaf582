"""Template tags that show claims on the pages of other rooms."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from ..marked_words import NOT_ESTABLISHED, SHOWN
from ..models import Edition

register = template.Library()

MARKS = {
    SHOWN: '<span class="mk">{}</span>',
    NOT_ESTABLISHED: '<span class="mk-no">{}</span>',
    "": "{}",
}


@register.simple_tag
def editions_citing(source):
    """Returns the current editions that cite a source."""
    editions = Edition.objects.current().filter(citations__source=source).distinct()
    return editions.select_related("claim__current_edition", "organisation").with_passages()


@register.filter
def marked_as(segments, kind):
    """Returns the words of a cut wording that are marked as shown, or as not established."""
    return [text for text, marked in segments if marked == kind]


@register.filter
def marked(segments):
    """Returns the words of a cut wording with their marks; marked_key.html says what these mean."""
    words = format_html_join("", "{}", ((format_html(MARKS[kind or ""], text),) for text, kind in segments))
    return format_html('<span class="marked-words">{}</span>', words)


@register.filter
def marked_wording(edition):
    """Returns the statement with its marks, between quotation marks if it is a quotation."""
    words = marked(edition.segments)
    # A message of its own would say the same as that of `quoted`, which cannot hold HTML.
    return format_html(_("“%(words)s”").replace("%(words)s", "{}"), words) if edition.is_quotation else words
