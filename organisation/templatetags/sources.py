"""Counts sources for readers."""

from django import template

from .. import evidence_in_words

register = template.Library()


@register.filter
def sources_in_words(citations):
    """Returns “4 sources, 1 independent” or “2 sources, all its own”."""
    return evidence_in_words.sources_in_words(citations)
