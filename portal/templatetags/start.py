"""Leads whoever sets a second factor up back to the start of a new portal, while one is under way."""

from django import template

from portal.accounts.start.progress import Progress, people_exist

register = template.Library()


@register.simple_tag
def start_is_under_way():
    return Progress.read() is not None


@register.simple_tag
def start_waits_for_people():
    """Returns true while nobody could log in, for the start has made no accounts yet."""
    return Progress.read() is not None and not people_exist()
