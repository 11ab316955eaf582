"""Says of a change that readers could see what it was, who made it, when and why, and how it is undone."""

from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten

from cms.models import Page
from django.contrib.admin.models import DELETION, LogEntry
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from djangocms_versioning.constants import PUBLISHED
from djangocms_versioning.helpers import version_list_url
from djangocms_versioning.models import StateTracking

from impact.models import Edition, ReviewStep
from organisation.models import Proposal, Takedown
from portal.models import PageStep

from .undo import may_undo
from .worklist import display_name, form_url, review_url

HISTORY_ACTIONS = {"+": gettext_lazy("added"), "~": gettext_lazy("changed"), "-": gettext_lazy("deleted")}


@dataclass
class PublicChange:
    """One line of the log: a record or page, what was done to it, by whom, when and why."""

    title: str
    kind: str
    action: str
    person: str
    at: datetime
    url: str = ""
    undo_url: str = ""
    versions_url: str = ""
    reason: str = ""


def changes_of(rows, user):
    records, reasons = records_by_key(rows), reasons_of(rows)
    return [public_change(row, user, records, reasons) for row in rows]


def reasons_of(rows):
    """Returns why pages and records changed: {(moment, id): Takedown} and {version: note}.

    The takedown of a page or of a record bears the moment of its state, or of its row of history.
    """
    states = [row for row in rows if isinstance(row, StateTracking)]
    deleted = [row.history_date for row in rows if is_history_row(row) and row.history_type == "-"]
    moments = [state.date for state in states if state.new_state != PUBLISHED] + deleted
    takedowns = Takedown.objects.filter(at__in=moments) if moments else []
    versions = [state.version_id for state in states if state.new_state == PUBLISHED]
    steps = PageStep.objects.filter(version__in=versions, kind=PageStep.Kind.SUBMITTED) if versions else []
    reasons = {(takedown.at, takedown.object_id): takedown for takedown in takedowns}
    return reasons | {step.version_id: step.note for step in steps}


def is_history_row(change):
    return hasattr(change, "history_type")


def records_by_key(changes):
    """Returns {(model, id): record} of the records behind rows of history, with one query a model."""
    records = {}
    for model in {change.instance_type for change in changes if is_history_row(change)}:
        ids = [row.id for row in changes if is_history_row(row) and row.instance_type is model]
        related = [field.name for field in model._meta.fields if field.many_to_one]
        records |= {
            (model, pk): record for pk, record in model.objects.select_related(*related).in_bulk(ids).items()
        }
    return records


def public_change(change, user, records, reasons):
    if isinstance(change, Edition):
        return edition_change(change, user)
    if isinstance(change, ReviewStep):
        return withdrawal_change(change, user)
    if isinstance(change, StateTracking):
        return page_change(change, user, reasons)
    if isinstance(change, PageStep):
        return cleaning(change)
    if isinstance(change, Proposal):
        return decision_change(change)
    if isinstance(change, Takedown):
        return second_look_change(change)
    if isinstance(change, LogEntry):
        return noted_change(change)
    record = records.get((change.instance_type, change.id))
    return record_change(change, user, record, reasons.get((change.history_date, change.id)))


def edition_change(edition, user):
    may_undo = edition.is_current and user.has_perm("impact.publish_claim")
    return PublicChange(
        str(edition.claim),
        _("edition %(number)d") % {"number": edition.number},
        edition.get_change_display(),
        display_name(edition.published_by),
        edition.published_at,
        review_url(edition.claim),
        reverse("admin:undo-edition", args=[edition.pk]) if may_undo else "",
        reason=edition.reason,
    )


def withdrawal_change(step, user):
    may_undo = not step.claim.current_edition_id and user.has_perm("impact.publish_claim")
    return PublicChange(
        str(step.claim),
        step.claim._meta.verbose_name,
        _("withdrawn"),
        step.who,
        step.at,
        review_url(step.claim),
        reverse("admin:undo-withdrawal", args=[step.pk]) if may_undo else "",
        reason=step.note,
    )


def page_change(state, user, reasons):
    content = state.content
    is_published = state.new_state == PUBLISHED
    takedown = None if is_published else reasons.get((state.date, state.version_id))
    return PublicChange(
        content.title if content else _("a page that is gone"),
        _("page"),
        publication_action(content, state.replaced) if is_published else _("taken down"),
        display_name(state.user),
        state.date,
        undo_url=second_look_url(takedown, user),
        versions_url=version_list_url(content) if content else "",
        reason=takedown.reason if takedown else reasons.get(is_published and state.version_id, ""),
    )


def cleaning(step):
    return PublicChange(
        str(step.content or _("a page that is gone")),
        _("page"),
        step.get_kind_display(),
        step.by_name,
        step.at,
        versions_url=version_list_url(step.content) if step.content else "",
        reason=step.note,
    )


def publication_action(content, replaced):
    """Says of a published page also what has changed of its place, since the version before it."""
    actions = [_("published")]
    if content and replaced and content.in_navigation != replaced.in_navigation:
        actions.append(_("now in the menus") if content.in_navigation else _("no longer in the menus"))
    if content and replaced and content.slug != replaced.slug:
        actions.append(_("at another address"))
    return ", ".join(actions)


def decision_change(proposal):
    return PublicChange(
        proposal.title,
        proposal._meta.verbose_name,
        proposal.get_state_display(),
        proposal.decided_by_name,
        proposal.decided_at,
        proposal.get_absolute_url(),
        reason=proposal.reason or proposal.note,
    )


def second_look_change(takedown):
    return PublicChange(
        takedown.title,
        takedown._meta.verbose_name,
        takedown.get_state_display(),
        takedown.decided_by_name,
        takedown.decided_at,
        takedown.get_absolute_url(),
        reason=takedown.answer or takedown.reason,
    )


def second_look_url(takedown, user):
    """Returns where what was taken down is put back, which undoes it; empty for who may not, or too late."""
    return takedown.get_absolute_url() if takedown and takedown.may_be_put_back_by(user) else ""


def record_change(row, user, record, takedown):
    model = row.instance_type
    is_undoable = (
        row.history_type == "~"
        and record
        and not row.changed_since
        and user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}")
        and may_undo(user, row)
    )
    undo_url = second_look_url(takedown, user)
    if is_undoable:
        undo_url = reverse("admin:undo-record", args=[model._meta.label_lower, row.history_id])
    return PublicChange(
        str(record) if record else deleted_title(row),
        model._meta.verbose_name,
        HISTORY_ACTIONS[row.history_type],
        display_name(row.history_user) if row.history_user else _("a command"),
        row.history_date,
        form_url(record) if record else "",
        undo_url,
        reason=takedown.reason if takedown else row.history_change_reason or "",
    )


def noted_change(entry):
    is_page = entry.content_type.model_class() is Page
    return PublicChange(
        entry.object_repr,
        _("page") if is_page else _("redirect"),
        _("deleted") if entry.action_flag == DELETION else entry.get_change_message(),
        display_name(entry.user),
        entry.action_time,
    )


def deleted_title(row):
    """Returns a title for a deleted record, from the first text field that its last row of history fills."""
    fields = ("official_name", "title", "subject", "text", "says", "note", "region", "slug", "where")
    return shorten(
        next((value for name in fields if (value := getattr(row, name, ""))), _("a record")),
        60,
        placeholder="…",
    )
