"""What lies before one member of staff: their drafts, what waits for them, and what is to come by itself."""

from dataclasses import dataclass, field
from datetime import datetime

from cms.models import PageContent
from cms.toolbar.utils import get_object_edit_url
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from djangocms_versioning.constants import DRAFT
from djangocms_versioning.helpers import version_list_url
from djangocms_versioning.models import Version

from impact.models import Change, Claim, Figure, ReviewStep, Stage
from organisation.models import Citation

# So many are listed; of so many submitted claims it is looked up who changed them last.
SHOWN, MOST_LOOKED_AT = 10, 100

Kind = ReviewStep.Kind
HEARD_FROM_OUTSIDE = (Kind.COMMENTED, Kind.APPROVED)


@dataclass
class Task:
    title: str
    address: str
    words: str = ""
    state: str = ""
    who: str = ""
    at: datetime | None = None


@dataclass
class Section:
    title: str
    empty: str
    tasks: list[Task] = field(default_factory=list)
    more: str = ""  # the address of the whole list, where not all is shown


def drafts(user):
    """What they have begun and not handed in."""
    section = Section(_("My drafts"), _("You have begun nothing that is not handed in."))
    claims = with_last_change(Claim.objects.filter(stage__in=[Stage.DRAFT, Stage.RETURNED])).filter(
        Q(owner=user) | Q(touched_by=user)
    )
    show(section, claims.order_by("-touched_at"), own_draft)
    section.tasks += [
        Task(str(content), get_object_edit_url(content), state=_("draft of a page"), at=version.modified)
        for version, content in page_drafts(Q(created_by=user))
    ]
    return section


def waiting(user):
    """What goes on only when they have decided or answered."""
    section = Section(_("Waiting for me"), _("Nothing waits for you."))
    decides = user.has_perm("impact.publish_claim")
    mine = Q(owner=user) | Q(touched_by=user) | Q(submitted_by=user)
    claims = with_last_change(Claim.objects.all())
    if decides:
        show(section, by_others(claims.filter(stage=Stage.SUBMITTED).order_by("touched_at"), user), submitted)
    else:
        show(section, claims.filter(mine, stage=Stage.RETURNED).order_by("touched_at"), returned)
    section.tasks += [
        told_from_outside(step) for step in from_outside(None if decides else claims.filter(mine))
    ]
    if user.has_perm("cms.publish_page"):
        section.tasks += [
            Task(
                str(content),
                version_list_url(content),
                state=_("draft of a page"),
                who=name_of(version.created_by),
                at=version.modified,
            )
            for version, content in page_drafts(~Q(created_by=user))
        ]
    return section


def scheduled(user):
    section = Section(_("Scheduled"), _("Nothing is scheduled."))
    show(section, Claim.objects.filter(stage=Stage.SCHEDULED).order_by("publish_at"), to_come)
    return section


def by_others(claims, user):
    """Those that this publisher may decide: the last change of their words is somebody else's."""
    if settings.PORTAL_SINGLE_EDITOR:
        return claims
    changers = last_changers(claims.values_list("pk", flat=True)[:MOST_LOOKED_AT])
    return claims.filter(pk__in=[pk for pk, changer in changers.items() if changer != user.pk])


def last_changers(keys):
    """Who changed the words, figures or citations of each claim last, as `Claim.last_changed_by` says: four queries for any number."""
    keys, last = list(keys), {}
    for rows, key in (
        (changes_of_words(keys), "id"),
        (
            Figure.history.filter(claim_id__in=keys).values("claim_id", "history_date", "history_user"),
            "claim_id",
        ),
        (citation_rows(keys).values("object_id", "history_date", "history_user"), "object_id"),
    ):
        for row in rows:
            date, _user = last.get(row[key], (None, None))
            if date is None or row["history_date"] > date:
                last[row[key]] = row["history_date"], row["history_user"]
    last.update(asked_to_retire(keys))
    return {key: user for key, (_date, user) in last.items()}


def asked_to_retire(keys):
    """Of the claims that were handed in to be retired, when and by whom."""
    handed_in = (
        ReviewStep.objects.filter(claim__in=keys, kind=Kind.SUBMITTED)
        .order_by("at", "pk")
        .values_list("claim", "change", "at", "by")
    )
    return {
        claim: (at, by)
        for claim, (change, at, by) in {row[0]: row[1:] for row in handed_in}.items()
        if change == Change.RETIRED
    }


def citation_rows(keys):
    return Citation.history.filter(
        content_type__app_label="impact", content_type__model="claim", object_id__in=keys
    )


def changes_of_words(keys):
    """The rows of history with which claims came to say something else: a new owner or review date is no change of words."""
    columns = [Claim._meta.get_field(name).attname for name in Claim.text_fields()]
    rows = Claim.history.filter(id__in=keys).order_by("history_date", "history_id")
    said = {}
    for row in rows.values("id", "history_date", "history_user", *columns):
        words = [row[column] for column in columns]
        if said.get(row["id"]) != words:
            said[row["id"]] = words
            yield row


def show(section, claims, task):
    found = list(
        claims.select_related("organisation").prefetch_related(
            Prefetch("steps", ReviewStep.objects.select_related("by"))
        )[: SHOWN + 1]
    )
    section.tasks += [task(claim) for claim in found[:SHOWN]]
    if len(found) > SHOWN:
        section.more = f"{reverse('admin:impact_claim_changelist')}?stage__exact={found[0].stage}"


def own_draft(claim):
    return Task(
        claim.reference, form_of(claim), claim.statement, claim.get_stage_display(), at=claim.touched_at
    )


def submitted(claim):
    step = last_step(claim, Kind.SUBMITTED)
    return Task(
        claim.reference,
        review_of(claim),
        claim.statement,
        _("submitted"),
        step.who if step else "",
        step.at if step else claim.touched_at,
    )


def returned(claim):
    step = last_step(claim, Kind.RETURNED)
    return Task(
        claim.reference,
        form_of(claim),
        step.note if step else "",
        _("returned"),
        step.who if step else "",
        step.at if step else None,
    )


def to_come(claim):
    step = last_step(claim, Kind.SCHEDULED)
    return Task(
        claim.reference,
        review_of(claim),
        claim.statement,
        _("to be published"),
        step.who if step else "",
        claim.publish_at,
    )


def told_from_outside(step):
    return Task(
        step.claim.reference, review_of(step.claim), step.note, step.get_kind_display(), step.who, step.at
    )


def last_step(claim, kind):
    return next((step for step in reversed(claim.steps.all()) if step.kind == kind), None)


def from_outside(claims):
    """What outside reviewers said of words that nobody has handed in or published since; of these claims, or of all."""
    answered = ReviewStep.objects.filter(
        claim=OuterRef("claim"), kind__in=[Kind.SUBMITTED, Kind.PUBLISHED]
    ).order_by("-at")
    steps = ReviewStep.objects.filter(kind__in=HEARD_FROM_OUTSIDE).exclude(claim__stage=Stage.PUBLISHED)
    if claims is not None:
        steps = steps.filter(claim__in=claims.values("pk"))
    steps = steps.annotate(answered_at=Subquery(answered.values("at")[:1]))
    return (
        steps.filter(Q(answered_at=None) | Q(at__gt=Subquery(answered.values("at")[:1])))
        .select_related("claim", "by")
        .order_by("-at")[:SHOWN]
    )


def with_last_change(claims):
    """Each claim with who touched its words last and who handed it in last. Every form saves the claim with its parts."""
    rows = Claim.history.filter(id=OuterRef("pk")).order_by("-history_date", "-history_id")
    handed_in = ReviewStep.objects.filter(claim=OuterRef("pk"), kind=Kind.SUBMITTED).order_by("-at", "-pk")
    return claims.annotate(
        touched_by=Subquery(rows.values("history_user")[:1]),
        touched_at=Subquery(rows.values("history_date")[:1]),
        submitted_by=Subquery(handed_in.values("by")[:1]),
    )


def page_drafts(whose):
    """Drafts of pages, each as (version, content)."""
    kind = ContentType.objects.get_for_model(PageContent)
    versions = (
        Version.objects.filter(whose, state=DRAFT, content_type=kind)
        .select_related("created_by")
        .order_by("-modified")[:SHOWN]
    )
    versions = list(versions)
    contents = PageContent.admin_manager.select_related("page").in_bulk(
        [version.object_id for version in versions]
    )
    return [(version, contents[version.object_id]) for version in versions if version.object_id in contents]


def form_of(record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def review_of(claim):
    """The page on which a claim is decided."""
    try:
        return reverse("admin:impact_claim_review", args=[claim.pk])
    except NoReverseMatch:
        return form_of(claim)


def name_of(user):
    return user.get_full_name() or user.get_username()
