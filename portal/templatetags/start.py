"""Leads whoever sets a second factor up back to the start of a new portal, while one is under way."""

from django import template

from portal.accounts.start.progress import Progress

register = template.Library()


@register.simple_tag
def start_is_under_way():
    return Progress.read() is not None
