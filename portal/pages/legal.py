"""Finds the legal pages by their templates, and keeps them from readers until somebody has written them."""

from django.utils.translation import gettext as _
from djangocms_text.models import Text
from djangocms_versioning.exceptions import ConditionFailed

from .plain_text import plain_text

LEGAL_TEMPLATES = ("pages/privacy.html", "pages/legal_notice.html", "pages/accessibility.html")


def is_written(content):
    """True if a page has words of its own, and not only blocks that show what is on record."""
    texts = Text.objects.filter(placeholder__in=content.get_placeholders(), language=content.language)
    return any(plain_text(text.body) for text in texts)


def legal_faults(content):
    """Returns why the content of a page cannot be published: a legal page in which nothing is written."""
    if content.template in LEGAL_TEMPLATES and not is_written(content):
        return [_("Nothing is written on this page yet: write what belongs there, then submit it.")]
    return []


def require_written(version, user):
    for fault in legal_faults(version.content):
        raise ConditionFailed(fault)
