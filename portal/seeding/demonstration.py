"""Finds what is left of the demonstration: records that the fixtures have written, pages, its name."""

from cms.models import Page, PageContent
from django.utils.translation import gettext as _

from organisation.models import Proposal, SiteSettings, site_settings
from portal.models import SeededPage

from . import SEED_REASON
from .records import FILES
from .staff import SEED_USERNAME
from .starter import is_begun


def standing_records():
    """Returns the number of records that the fixtures have written and that are still there."""
    return sum(
        model.objects.filter(
            pk__in=model.history.filter(history_change_reason=SEED_REASON).values("id")
        ).count()
        for model in set(FILES.values())
    )


def standing_pages():
    """Returns the number of published pages that are as the fixtures have written them."""
    if is_begun():  # the pages of a portal of one's own are nobody else's
        return 0
    seeded = PageContent.objects.filter(versions__created_by__username=SEED_USERNAME)
    return seeded.filter(page__reverse_id__in=SeededPage.objects.values("key")).count()


def has_its_name():
    """True while the site has the name that the fixtures gave it."""
    seeded = SiteSettings.history.filter(history_change_reason=SEED_REASON)
    return seeded.filter(name=site_settings().name).exists()


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
    proposals = Proposal.objects.open().order_by("pk")
    records += [f"{Proposal._meta.verbose_name} {proposal.title}" for proposal in proposals]
    own_pages = Page.objects.exclude(reverse_id__isnull=False, reverse_id__in=made).order_by("pk")
    return records + [_("page %(title)s") % {"title": page.get_title()} for page in own_pages]
