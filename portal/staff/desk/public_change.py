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
    records = records_by_key(rows)
    return [public_change(row, user, records) for row in rows]


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


def public_change(change, user, records):
    if isinstance(change, Edition):
        return edition_change(change, user)
    if isinstance(change, ReviewStep):
        return withdrawal_change(change, user)
    if isinstance(change, StateTracking):
        return page_change(change)
    if isinstance(change, LogEntry):
        return noted_change(change)
    return record_change(change, user, records.get((change.instance_type, change.id)))


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


def page_change(state):
    content = state.content
    return PublicChange(
        str(content or _("a page that is gone")),
        _("page"),
        _("published") if state.new_state == PUBLISHED else _("taken down"),
        display_name(state.user),
        state.date,
        versions_url=version_list_url(content) if content else "",
    )


def record_change(row, user, record):
    model = row.instance_type
    may_undo = (
        row.history_type == "~"
        and record
        and not row.changed_since
        and user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}")
    )
    return PublicChange(
        str(record) if record else deleted_title(row),
        model._meta.verbose_name,
        HISTORY_ACTIONS[row.history_type],
        display_name(row.history_user) if row.history_user else _("a command"),
        row.history_date,
        form_url(record) if record else "",
        reverse("admin:undo-record", args=[model._meta.label_lower, row.history_id]) if may_undo else "",
        reason=row.history_change_reason or "",
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
