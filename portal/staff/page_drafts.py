"""The list of drafts of pages that wait for nobody, where they are found again and thrown away."""

from dataclasses import dataclass

from cms.toolbar.utils import get_object_edit_url
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from djangocms_versioning.helpers import version_list_url
from djangocms_versioning.models import Version

from organisation.paging import first_rows
from portal.models import PageStep
from portal.pages.workflow import PUBLISH, drafts_with_steps
from portal.seeding.staff import SEED_USERNAME

from .desk.page_tasks import with_contents
from .desk.worklist import display_name

Kind = PageStep.Kind
MAX_DRAFTS = 200


@dataclass
class Draft:
    """A draft on the list. Where it is locked by another, `discard_url` is empty: it is unlocked first."""

    title: str
    begun_by: str
    version: Version
    locked_by: str
    edit_url: str
    review_url: str
    versions_url: str
    discard_url: str


def page_drafts(request):
    """Lists the drafts that nobody submitted, or that were returned: all for publishers, else one's own."""
    if not request.user.has_perm("cms.change_page"):
        raise PermissionDenied
    waiting_for_nobody = Q(step_kind=None) | Q(step_kind__in=[Kind.TAKEN_BACK, Kind.RETURNED])
    drafts = drafts_with_steps().filter(waiting_for_nobody).select_related("created_by", "locked_by")
    if not request.user.has_perm(PUBLISH):
        drafts = drafts.filter(Q(created_by=request.user) | Q(locked_by=request.user))
    shown, has_more = first_rows(drafts.order_by("-modified", "-pk"), MAX_DRAFTS)
    context = admin.site.each_context(request) | {
        "title": _("Drafts of pages"),
        "drafts": [listed(version, content, request.user) for version, content in with_contents(shown)],
        "has_more": has_more,
    }
    return render(request, "admin/desk/page_drafts.html", context)


def listed(version, content, user):
    may_discard = version.check_discard.as_bool(user)
    is_locked = not version.is_unlocked_for_user(user)
    return Draft(
        content.title,
        _("a command") if version.created_by.username == SEED_USERNAME else display_name(version.created_by),
        version,
        display_name(version.locked_by) if is_locked else "",
        get_object_edit_url(content),
        reverse("admin:page-review", args=[version.pk]),
        version_list_url(content),
        reverse("admin:djangocms_versioning_pagecontentversion_discard", args=[version.pk])
        if may_discard
        else "",
    )
