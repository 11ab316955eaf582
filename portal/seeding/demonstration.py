"""Finds the records of the demonstration: those that the fixtures have written, changed since or not."""

from cms.models import Page
from django.utils.translation import gettext as _

from portal.models import SeededPage

from . import SEED_REASON
from .records import FILES


def standing_records():
    """Returns the number of records that the fixtures have written and that are still there."""
    return sum(
        model.objects.filter(
            pk__in=model.history.filter(history_change_reason=SEED_REASON).values("id")
        ).count()
        for model in set(FILES.values())
    )


def own_records():
    """Returns the names of the records and pages that somebody has made here, not the fixtures."""
    records = [
        f"{model._meta.verbose_name} {record}"
        for model in dict.fromkeys(FILES.values())
        for record in model.objects.exclude(
            pk__in=model.history.filter(history_change_reason=SEED_REASON).values("id")
        ).order_by("pk")
    ]
    made = SeededPage.objects.values("key")
    own_pages = Page.objects.exclude(reverse_id__isnull=False, reverse_id__in=made).order_by("pk")
    return records + [_("page %(title)s") % {"title": page.get_title()} for page in own_pages]
