"""The drafts of pages on the worklists of the desk."""

from cms.models import PageContent
from cms.toolbar.utils import get_object_edit_url
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.models import PageStep
from portal.pages.workflow import AWAITING, PUBLISH, drafts_with_steps, may_be_decided_by

from .task import TASKS_PER_SECTION, Task

Kind = PageStep.Kind
MAX_DECISIONS = 100  # submitted drafts of which is asked whether a person may decide on them


def drafts(user):
    """Returns what a person has begun and not submitted, the newest first."""
    begun = drafts_with_steps().filter(created_by=user)
    begun = begun.filter(Q(step_kind=None) | Q(step_kind=Kind.TAKEN_BACK)).order_by("-modified")
    return [
        Task(content.title, get_object_edit_url(content), state=_("draft of a page"), at=version.modified)
        for version, content in with_contents(begun[:TASKS_PER_SECTION])
    ]


def waiting(user):
    """Returns what goes on only when this person decides, answers or publishes, the oldest first."""
    awaiting = drafts_with_steps().filter(step_kind__in=AWAITING).order_by("modified")[:MAX_DECISIONS]
    decisions = [version for version in awaiting if may_be_decided_by(version, user)][:TASKS_PER_SECTION]
    returned = drafts_with_steps().filter(step_kind=Kind.RETURNED).filter(handed_in_by(user))
    answers = list(returned.order_by("modified")[:TASKS_PER_SECTION])
    if user.has_perm(PUBLISH):
        confirmed = drafts_with_steps().filter(step_kind=Kind.CONFIRMED)
        answers += confirmed.order_by("modified")[:TASKS_PER_SECTION]
    return tasks([*decisions, *answers])


def submitted(user):
    """Returns what a person has handed in and somebody else decides, the oldest first."""
    mine = drafts_with_steps().filter(handed_in_by(user), step_kind__in=AWAITING).order_by("modified")
    return tasks(mine[:TASKS_PER_SECTION])


def scheduled():
    return tasks(
        drafts_with_steps().filter(step_kind=Kind.SCHEDULED).order_by("modified")[:TASKS_PER_SECTION]
    )


def handed_in_by(user):
    steps = PageStep.objects.filter(kind=Kind.SUBMITTED, by=user)
    return Q(pk__in=steps.values("version"))


def tasks(versions):
    versions = list(versions)
    steps = PageStep.objects.in_bulk([version.step for version in versions])
    return [page_task(version, content, steps[version.step]) for version, content in with_contents(versions)]


def page_task(version, content, step):
    is_scheduled = step.kind == Kind.SCHEDULED
    return Task(
        content.title,
        reverse("admin:page-review", args=[version.pk]),
        step.note,
        _("to be published") if is_scheduled else step.get_kind_display(),
        step.by_name,
        step.publish_at if is_scheduled else step.at,
    )


def with_contents(versions):
    """Returns (version, content) of versions whose content is there."""
    # The content of a version is a generic foreign key, and its default manager hides drafts.
    versions = list(versions)
    contents = PageContent.admin_manager.select_related("page").in_bulk(
        [version.object_id for version in versions]
    )
    return [(version, contents[version.object_id]) for version in versions if version.object_id in contents]
