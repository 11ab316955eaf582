"""The log of what readers could see change: who, what, when and why, with the address that undoes it."""

from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter

from cms.models import Page, PageContent
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.redirects.models import Redirect
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy, override
from djangocms_versioning.constants import PUBLISHED, UNPUBLISHED
from djangocms_versioning.models import StateTracking

from advocacy.models import Ask, Fold, Instrument, StoryOfChange
from impact.models import Absence, Edition, Highlight, Indicator, ReviewStep
from organisation.admin.proposals import PUT_BACK
from organisation.models import (
    Affiliation,
    Mend,
    Milestone,
    Organisation,
    Proposal,
    SiteSettings,
    Source,
    SourceNote,
    Statement,
    Succession,
    Takedown,
    Term,
)
from organisation.models.record import seen_history
from portal.models import PageStep
from portal.seeding import SEED_REASON, STARTER_REASON
from portal.seeding.staff import SEED_USERNAME

from .public_change import changes_of

CHANGES_ON_DESK, CHANGES_ON_PAGE = 10, 50
# More than so many at one and the same moment are not told apart.
MAX_AT_ONCE = 10_000

# Models without drafts: readers see what a save changes, so somebody else accepts it first.
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
    Indicator,
    Absence,
    Instrument,
    Ask,
    StoryOfChange,
    Fold,
    SiteSettings,
    Term,
)


KINDS = {
    "claims": gettext_lazy("claims"),
    "records": gettext_lazy("other records"),
    "pages": gettext_lazy("pages"),
    "settings": gettext_lazy("places and settings of pages, and redirects"),
    "proposals": gettext_lazy("decisions on proposals"),
    "second looks": gettext_lazy("second looks at what was taken down"),
}
# What the CMS notes of a page that readers see at once; the rest of its notes are about drafts.
PAGE_NOTES = (gettext_lazy("Moved"), gettext_lazy("Changed"), gettext_lazy("Deleted"))
HOME_NOTE = gettext_lazy("Made it the home page")
# So begins what the admin notes of a form, here of a page's settings, with the names of the fields.
SETTINGS_NOTE = '[{"changed"'


@dataclass(frozen=True)
class Selection:
    """Which changes are asked for: the newest `limit`, before a moment or at one, of a kind, by a person."""

    limit: int
    before: datetime | None = None
    at: datetime | None = None
    kind: str = ""
    person: int | None = None

    def rows(self, queryset, date, person):
        """Returns the newest rows of a queryset that are asked for; `date` and `person` are their fields."""
        if self.before:
            queryset = queryset.filter(**{f"{date}__lt": self.before})
        if self.at:
            queryset = queryset.filter(**{date: self.at})
        if self.person:
            queryset = queryset.filter(**{person: self.person})
        return queryset.order_by(f"-{date}", "-pk")[: self.limit]


def recent_changes(user):
    """Returns the newest changes by staff that a person may look up; what the fixtures wrote is left out."""
    return changes_of([row for _at, row in newest(user, Selection(CHANGES_ON_DESK))], user)


def public_changes(user, selection):
    """Returns the changes of a selection, and the moment before which there are more; None if there are not.

    What was done at the moment of the last one is there as a whole, so that no page begins within it.
    """
    limit = selection.limit
    dated = newest(user, replace(selection, limit=limit + 1))
    more_before = None
    if len(dated) > limit:
        more_before = dated[limit - 1][0]
        at_the_last_moment = newest(user, replace(selection, limit=MAX_AT_ONCE, at=more_before))
        dated = [(at, row) for at, row in dated if at > more_before] + at_the_last_moment
        if not newest(user, replace(selection, limit=1, before=more_before)):
            more_before = None
    return changes_of([row for _at, row in dated], user), more_before


def newest(user, selection):
    """Returns (time, row) of the newest changes of a selection, the newest first."""
    dated = []

    def add(kind, permission, rows, date):
        if selection.kind in ("", kind) and user.has_perm(permission):
            dated.extend((attrgetter(date)(row), row) for row in rows(selection))

    add("claims", "impact.view_claim", editions, "published_at")
    add("claims", "impact.view_claim", withdrawals, "at")
    for model in LIVE_MODELS:
        permission = f"{model._meta.app_label}.view_{model._meta.model_name}"
        add("records", permission, lambda chosen, model=model: history_rows(model, chosen), "history_date")
    add("pages", "cms.view_page", page_states, "date")
    add("pages", "cms.view_page", cleaned_pages, "at")
    add("settings", "cms.view_page", notes_on_pages, "action_time")
    add("settings", "redirects.view_redirect", notes_on_redirects, "action_time")
    add("proposals", "organisation.view_proposal", decisions, "decided_at")
    add("second looks", "organisation.view_proposal", second_looks, "decided_at")
    return sorted(dated, key=lambda pair: pair[0], reverse=True)[: selection.limit]


def editions(selection):
    made = Edition.objects.exclude(published_by__username=SEED_USERNAME)
    return selection.rows(made.select_related("claim", "published_by"), "published_at", "published_by")


def withdrawals(selection):
    steps = ReviewStep.objects.filter(kind=ReviewStep.Kind.WITHDRAWN)
    return selection.rows(steps.select_related("claim", "by"), "at", "by")


def decisions(selection):
    decided = Proposal.objects.filter(state__in=[Proposal.State.ACCEPTED, Proposal.State.RETURNED])
    return selection.rows(decided, "decided_at", "decided_by")


def second_looks(selection):
    return selection.rows(Takedown.objects.exclude(decided_at=None), "decided_at", "decided_by")


def history_rows(model, selection):
    """Returns the last rows of a model's history; `changed_since` says that the record was saved again."""
    later = model.history.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
    reasons = [SEED_REASON, STARTER_REASON, PUT_BACK]  # what is put back stands there as a second look
    rows = seen_history(model).exclude(history_change_reason__in=reasons).select_related("history_user")
    if model is Source:  # an imported document is not public before something public cites it
        rows = rows.filter(id__in=Source.objects.public().values("pk"))
    return selection.rows(rows.annotate(changed_since=Exists(later)), "history_date", "history_user")


def notes_on_pages(selection):
    """Returns what the log of the admin says of pages that moved, went, or got other settings."""
    messages = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            messages |= {str(note) for note in (*PAGE_NOTES, HOME_NOTE)}
    of_pages = Q(change_message__in=messages) | Q(change_message__startswith=SETTINGS_NOTE)
    return selection.rows(notes_on(Page).filter(of_pages), "action_time", "user")


def notes_on_redirects(selection):
    return selection.rows(notes_on(Redirect), "action_time", "user")


def notes_on(model):
    notes = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model))
    return notes.select_related("user", "content_type")


def cleaned_pages(selection):
    """Returns the steps by which an update has cleaned pages that readers see, each with its `content`."""
    steps = PageStep.objects.filter(kind=PageStep.Kind.CLEANED, version__state=PUBLISHED)
    steps = list(selection.rows(steps.select_related("version"), "at", "by"))
    contents = PageContent.admin_manager.select_related("page").in_bulk(
        [step.version.object_id for step in steps]
    )
    for step in steps:
        step.content = contents.get(step.version.object_id)
    return steps


def page_states(selection):
    """Returns the states with which pages went up or down, each with its `content`, and what it `replaced`.

    Publishing a version unpublishes the one before it; that second state is left out. So is a version that is
    put back, which stands there as a second look.
    """
    content_type = ContentType.objects.get_for_model(PageContent)
    states = StateTracking.objects.filter(
        version__content_type=content_type, new_state__in=[PUBLISHED, UNPUBLISHED]
    ).exclude(Q(user__username=SEED_USERNAME) | Q(old_state=UNPUBLISHED))
    # Twice as many as are asked for, because each new version of a page makes two; of everybody, since it
    # is told from the state before.
    everybodys = replace(selection, limit=2 * selection.limit, person=None)
    newest = list(everybodys.rows(states.select_related("version", "user"), "date", "user"))
    contents = PageContent.admin_manager.select_related("page").in_bulk(
        [state.version.object_id for state in newest]
    )
    last_state, shown = {}, []
    for state in reversed(newest):
        state.content = contents.get(state.version.object_id)
        page = state.content.page_id if state.content else state.version.object_id
        previous, last_state[page] = last_state.get(page), state
        state.replaced = None
        if (
            state.new_state == UNPUBLISHED
            and previous
            and previous.new_state == PUBLISHED
            and previous.version_id != state.version_id
        ):
            previous.replaced = state.content
        elif selection.person in (None, state.user_id):
            shown.append(state)
    return shown[-selection.limit :]
