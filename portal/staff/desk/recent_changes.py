"""The last changes that readers could see, and the way back from each."""

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
from portal.seeding import SEEDED
from portal.seeding.staff import SEED

from .worklist import form_of, name_of, review_of

SHOWN = 10

# Records whose change readers see as soon as it is saved.
LIVE_AT_ONCE = (
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
DID = {"+": gettext_lazy("added"), "~": gettext_lazy("changed"), "-": gettext_lazy("deleted")}


@dataclass
class PublicChange:
    what: str
    kind: str
    did: str
    who: str
    at: datetime
    address: str = ""
    undo: str = ""
    versions: str = ""


def last_changes(user):
    """The newest ten by staff, of what this member of staff may look up; what the fixtures wrote is left out."""
    found = []
    if user.has_perm("impact.view_claim"):
        found += [(edition.published_at, edition) for edition in editions()] + [
            (step.at, step) for step in withdrawals()
        ]
    for model in LIVE_AT_ONCE:
        if user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}"):
            found += [(row.history_date, row) for row in rows(model)]
    if user.has_perm("cms.view_page"):
        found += [(state.date, state) for state in page_states()]
    newest = [each for _at, each in sorted(found, key=lambda pair: pair[0], reverse=True)[:SHOWN]]
    records = records_of(newest)
    return [told(each, user, records) for each in newest]


def editions():
    return (
        Edition.objects.exclude(published_by__username=SEED)
        .select_related("claim", "published_by")
        .order_by("-published_at", "-pk")[:SHOWN]
    )


def withdrawals():
    steps = ReviewStep.objects.filter(kind=ReviewStep.Kind.WITHDRAWN)
    return steps.select_related("claim", "by").order_by("-at", "-pk")[:SHOWN]


def rows(model):
    """The last rows of a model's history, each with whether the record was saved again since."""
    later = model.history.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
    changed = model.history.exclude(history_change_reason=SEEDED).select_related("history_user")
    if model is Source:  # a document that was brought in is not public before something public rests on it
        changed = changed.filter(id__in=Source.objects.public().values("pk"))
    return changed.annotate(overtaken=Exists(later)).order_by("-history_date", "-history_id")[:SHOWN]


def page_states():
    """Pages that went up or down; an old version that a new one takes the place of is no news of its own."""
    kind = ContentType.objects.get_for_model(PageContent)
    states = StateTracking.objects.filter(
        version__content_type=kind, new_state__in=[PUBLISHED, UNPUBLISHED]
    ).exclude(user__username=SEED)
    newest = list(states.select_related("version", "user").order_by("-pk")[: 2 * SHOWN])
    contents = PageContent.admin_manager.select_related("page").in_bulk(
        [state.version.object_id for state in newest]
    )
    before, shown = {}, []
    for state in reversed(newest):
        state.content = contents.get(state.version.object_id)
        page = state.content.page_id if state.content else state.version.object_id
        last, before[page] = before.get(page), state
        replaced = last and last.new_state == PUBLISHED and last.version_id != state.version_id
        if state.new_state == PUBLISHED or not replaced:
            shown.append(state)
    return shown


def is_row(change):
    return hasattr(change, "history_type")


def records_of(changes):
    """The records behind rows of history, as (model, id) → record: one query a model."""
    found = {}
    for model in {each.instance_type for each in changes if is_row(each)}:
        ids = [each.id for each in changes if is_row(each) and each.instance_type is model]
        related = [field.name for field in model._meta.fields if field.many_to_one]
        found |= {
            (model, pk): record for pk, record in model.objects.select_related(*related).in_bulk(ids).items()
        }
    return found


def told(change, user, records):
    if isinstance(change, Edition):
        return told_of_edition(change, user)
    if isinstance(change, ReviewStep):
        return told_of_withdrawal(change, user)
    if isinstance(change, StateTracking):
        return told_of_page(change)
    return told_of_row(change, user, records.get((change.instance_type, change.id)))


def told_of_edition(edition, user):
    return PublicChange(
        str(edition.claim),
        _("edition %(number)d") % {"number": edition.number},
        edition.get_change_display(),
        name_of(edition.published_by),
        edition.published_at,
        review_of(edition.claim),
        reverse("admin:undo-edition", args=[edition.pk])
        if edition.is_current and user.has_perm("impact.publish_claim")
        else "",
    )


def told_of_withdrawal(step, user):
    may_undo = not step.claim.current_edition_id and user.has_perm("impact.publish_claim")
    return PublicChange(
        str(step.claim),
        step.claim._meta.verbose_name,
        _("withdrawn"),
        step.who,
        step.at,
        review_of(step.claim),
        reverse("admin:undo-withdrawal", args=[step.pk]) if may_undo else "",
    )


def told_of_page(state):
    content = state.content
    return PublicChange(
        str(content or _("a page that is gone")),
        _("page"),
        _("published") if state.new_state == PUBLISHED else _("taken down"),
        name_of(state.user),
        state.date,
        versions=version_list_url(content) if content else "",
    )


def told_of_row(row, user, record):
    model = row.instance_type
    may_undo = (
        row.history_type == "~"
        and record
        and not row.overtaken
        and user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}")
    )
    return PublicChange(
        str(record) if record else last_words(row),
        model._meta.verbose_name,
        DID[row.history_type],
        name_of(row.history_user) if row.history_user else _("a command"),
        row.history_date,
        form_of(record) if record else "",
        reverse("admin:undo-record", args=[model._meta.label_lower, row.history_id]) if may_undo else "",
    )


def last_words(row):
    """What a record that is gone was called."""
    names = ("official_name", "title", "subject", "text", "says", "note", "region", "slug", "where")
    return shorten(
        next((value for name in names if (value := getattr(row, name, ""))), _("a record")),
        60,
        placeholder="…",
    )
