"""The last changes that readers could see, with the address that undoes each."""

from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten

from cms.models import PageContent
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from djangocms_versioning.constants import PUBLISHED, UNPUBLISHED
from djangocms_versioning.helpers import version_list_url
from djangocms_versioning.models import StateTracking

from advocacy.models import Ask, Instrument
from impact.models import Edition, Highlight, ReviewStep
from organisation.models import (
    Affiliation,
    Mend,
    Milestone,
    Organisation,
    Source,
    SourceNote,
    Statement,
    Succession,
)
from portal.seeding import SEED_REASON
from portal.seeding.staff import SEED_USERNAME

from .worklist import display_name, form_url, review_url

MAX_CHANGES = 10

# Models without drafts: readers see a change as soon as it is saved.
LIVE_MODELS = (
    Organisation,
    Succession,
    Statement,
    Milestone,
    Affiliation,
    Source,
    SourceNote,
    Mend,
    Highlight,
    Instrument,
    Ask,
)
HISTORY_ACTIONS = {"+": gettext_lazy("added"), "~": gettext_lazy("changed"), "-": gettext_lazy("deleted")}


@dataclass
class PublicChange:
    """One line of the list: a record or page, what was done to it, by whom and when."""

    title: str
    kind: str
    action: str
    person: str
    at: datetime
    url: str = ""
    undo_url: str = ""
    versions_url: str = ""


def recent_changes(user):
    """Returns the newest changes by staff that a person may look up; what the fixtures wrote is left out."""
    dated = []
    if user.has_perm("impact.view_claim"):
        dated += [(edition.published_at, edition) for edition in editions()]
        dated += [(step.at, step) for step in withdrawals()]
    for model in LIVE_MODELS:
        if user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}"):
            dated += [(row.history_date, row) for row in history_rows(model)]
    if user.has_perm("cms.view_page"):
        dated += [(state.date, state) for state in page_states()]
    newest = [change for _at, change in sorted(dated, key=lambda pair: pair[0], reverse=True)[:MAX_CHANGES]]
    records = records_by_key(newest)
    return [public_change(change, user, records) for change in newest]


def editions():
    return (
        Edition.objects.exclude(published_by__username=SEED_USERNAME)
        .select_related("claim", "published_by")
        .order_by("-published_at", "-pk")[:MAX_CHANGES]
    )


def withdrawals():
    steps = ReviewStep.objects.filter(kind=ReviewStep.Kind.WITHDRAWN)
    return steps.select_related("claim", "by").order_by("-at", "-pk")[:MAX_CHANGES]


def history_rows(model):
    """Returns the last rows of a model's history; `changed_since` says that the record was saved again."""
    later = model.history.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
    rows = model.history.exclude(history_change_reason=SEED_REASON).select_related("history_user")
    if model is Source:  # an imported document is not public before something public cites it
        rows = rows.filter(id__in=Source.objects.public().values("pk"))
    return rows.annotate(changed_since=Exists(later)).order_by("-history_date", "-history_id")[:MAX_CHANGES]


def page_states():
    """Returns the states with which pages went up or down, the oldest first, each with its `content`.

    Publishing a version unpublishes the one before it; that second state is left out.
    """
    content_type = ContentType.objects.get_for_model(PageContent)
    states = StateTracking.objects.filter(
        version__content_type=content_type, new_state__in=[PUBLISHED, UNPUBLISHED]
    ).exclude(user__username=SEED_USERNAME)
    # Twice as many as are shown, because each new version of a page makes two.
    newest = list(states.select_related("version", "user").order_by("-pk")[: 2 * MAX_CHANGES])
    contents = PageContent.admin_manager.select_related("page").in_bulk(
        [state.version.object_id for state in newest]
    )
    last_state, shown = {}, []
    for state in reversed(newest):
        state.content = contents.get(state.version.object_id)
        page = state.content.page_id if state.content else state.version.object_id
        previous, last_state[page] = last_state.get(page), state
        is_replaced = previous and previous.new_state == PUBLISHED and previous.version_id != state.version_id
        if state.new_state == PUBLISHED or not is_replaced:
            shown.append(state)
    return shown


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
    )


def deleted_title(row):
    """Returns a title for a deleted record, from the first text field that its last row of history fills."""
    fields = ("official_name", "title", "subject", "text", "says", "note", "region", "slug", "where")
    return shorten(
        next((value for name in fields if (value := getattr(row, name, ""))), _("a record")),
        60,
        placeholder="…",
    )
