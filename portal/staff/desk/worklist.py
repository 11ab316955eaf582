"""The worklist of a member of staff: their drafts, what waits for them, and what is scheduled."""

from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from impact.models import Absence, Change, Claim, Figure, ReviewStep, Stage
from organisation.models import Citation, Mend, Proposal, Takedown, site_settings
from organisation.paging import first_rows

from . import page_tasks
from .task import TASKS_PER_SECTION, Section, Task

# Submitted claims whose last editor is looked up: it takes all rows of their histories.
MAX_SUBMITTED = 100

Kind = ReviewStep.Kind
OUTSIDE_REVIEW_KINDS = (Kind.COMMENTED, Kind.APPROVED)


def drafts(user):
    """Lists what a person has begun and not submitted."""
    section = Section(_("My drafts"), _("You have begun nothing that is not handed in."))
    claims = with_last_change(Claim.objects.filter(stage__in=[Stage.DRAFT, Stage.RETURNED])).filter(
        Q(owner=user) | Q(touched_by=user)
    )
    add_claims(section, claims.order_by("-touched_at"), draft_task)
    section.tasks += page_tasks.drafts(user)
    return section


def waiting(user):
    """Lists what goes on only when this person has reviewed or answered it."""
    section = Section(_("Waiting for me"), _("Nothing waits for you."))
    is_publisher = user.has_perm("impact.publish_claim")
    own = Q(owner=user) | Q(touched_by=user) | Q(submitted_by=user)
    claims = with_last_change(Claim.objects.all())
    if is_publisher:
        submitted = claims.filter(stage=Stage.SUBMITTED).order_by("touched_at")
        add_claims(section, last_edited_by_others(submitted, user), submitted_task)
    else:
        add_claims(section, claims.filter(own, stage=Stage.RETURNED).order_by("touched_at"), returned_task)
    section.tasks += [
        outside_review_task(step)
        for step in unanswered_outside_reviews(None if is_publisher else claims.filter(own))
    ]
    proposals = Proposal.objects.order_by("made_at", "pk")
    add_proposals(section, proposals.waiting().decidable_by(user))
    add_proposals(section, proposals.filter(state=Proposal.State.RETURNED, author=user))
    if user.has_perm("cms.change_page"):
        section.tasks += page_tasks.waiting(user)
    return section


def waiting_for_others(user):
    """Lists what this person has handed in and somebody else decides."""
    section = Section(_("Waiting for others"), _("Nothing of yours waits for anybody."))
    if site_settings().one_person_alone:
        return section  # one person alone decides on it: it waits for them
    submitted = with_last_change(Claim.objects.filter(stage=Stage.SUBMITTED)).filter(submitted_by=user)
    add_claims(section, submitted.order_by("touched_at"), submitted_task)
    add_proposals(section, Proposal.objects.waiting().filter(author=user).order_by("made_at", "pk"))
    section.tasks += page_tasks.submitted(user)
    return section


def second_looks(user):
    """Lists what others have taken down, until somebody has looked at it after them."""
    section = Section(_("Second look at what was taken down"), "", is_always_shown=False)
    due = [takedown for takedown in Takedown.objects.due() if takedown.may_be_confirmed_by(user)]
    section.tasks += [second_look_task(takedown) for takedown in due[:TASKS_PER_SECTION]]
    return section


def scheduled(user):
    section = Section(_("Scheduled"), _("Nothing is scheduled."))
    add_claims(section, Claim.objects.filter(stage=Stage.SCHEDULED).order_by("publish_at"), scheduled_task)
    section.tasks += page_tasks.scheduled()
    return section


def last_edited_by_others(claims, user):
    """Returns the claims that this publisher may decide: nobody publishes their own change."""
    if site_settings().one_person_alone:
        return claims
    editors = last_editors(claims.values_list("pk", flat=True)[:MAX_SUBMITTED])
    return claims.filter(pk__in=[pk for pk, editor in editors.items() if editor != user.pk])


def last_editors(claim_ids):
    """Returns {claim id: id of the user who changed its text, figures or citations last}.

    It gives what `Claim.last_changed_by` gives for one claim, with four queries for any number of them.
    """
    claim_ids, latest = list(claim_ids), {}
    for rows, key in (
        (text_changes(claim_ids), "id"),
        (
            Figure.history.filter(claim_id__in=claim_ids).values("claim_id", "history_date", "history_user"),
            "claim_id",
        ),
        (citation_rows(claim_ids).values("object_id", "history_date", "history_user"), "object_id"),
    ):
        for row in rows:
            date, _user = latest.get(row[key], (None, None))
            if date is None or row["history_date"] > date:
                latest[row[key]] = row["history_date"], row["history_user"]
    latest.update(retirement_requests(claim_ids))
    return {claim_id: user for claim_id, (_date, user) in latest.items()}


def retirement_requests(claim_ids):
    """Returns {claim id: (time, user id)} of the claims whose last submission asks to retire them."""
    submissions = (
        ReviewStep.objects.filter(claim__in=claim_ids, kind=Kind.SUBMITTED)
        .order_by("at", "pk")
        .values_list("claim", "change", "at", "by")
    )
    last_submissions = {claim_id: submission for claim_id, *submission in submissions}
    return {
        claim_id: (at, by)
        for claim_id, (change, at, by) in last_submissions.items()
        if change == Change.RETIRED
    }


def citation_rows(claim_ids):
    return Citation.history.filter(
        content_type__app_label="impact", content_type__model="claim", object_id__in=claim_ids
    )


def text_changes(claim_ids):
    """Yields the rows of history that changed the text of a claim; a new owner or review date does not."""
    columns = [Claim._meta.get_field(name).attname for name in Claim.text_fields()]
    rows = Claim.history.filter(id__in=claim_ids).order_by("history_date", "history_id")
    previous = {}
    for row in rows.values("id", "history_date", "history_user", *columns):
        texts = [row[column] for column in columns]
        if previous.get(row["id"]) != texts:
            previous[row["id"]] = texts
            yield row


def add_claims(section, claims, make_task):
    steps = Prefetch("steps", ReviewStep.objects.select_related("by"))
    claims, has_more = first_rows(
        claims.select_related("organisation").prefetch_related(steps), TASKS_PER_SECTION
    )
    section.tasks += [make_task(claim) for claim in claims]
    if has_more:
        section.more_url = f"{reverse('admin:impact_claim_changelist')}?stage__exact={claims[0].stage}"


def add_proposals(section, proposals):
    proposals, has_more = first_rows(proposals, TASKS_PER_SECTION)
    section.tasks += [proposal_task(proposal) for proposal in proposals]
    if has_more and not section.more_url:
        changelist = reverse("admin:organisation_proposal_changelist")
        section.more_url = f"{changelist}?state__exact={proposals[0].state}"


def draft_task(claim):
    return Task(
        claim.reference, form_url(claim), claim.statement, claim.get_stage_display(), at=claim.touched_at
    )


def submitted_task(claim):
    step = last_step(claim, Kind.SUBMITTED)
    at = step.at if step else claim.touched_at
    return task_after(step, claim, review_url(claim), claim.statement, _("submitted"), at)


def returned_task(claim):
    step = last_step(claim, Kind.RETURNED)
    note, at = (step.note, step.at) if step else ("", None)
    return task_after(step, claim, form_url(claim), note, _("returned"), at)


def scheduled_task(claim):
    step = last_step(claim, Kind.SCHEDULED)
    return task_after(step, claim, review_url(claim), claim.statement, _("to be published"), claim.publish_at)


def task_after(step, claim, url, text, state, at):
    """Returns the task that a step of the review has left; None stands for a step that is not on record."""
    return Task(claim.reference, url, text, state, step.who if step else "", at)


def proposal_task(proposal):
    is_returned = proposal.state == Proposal.State.RETURNED
    return Task(
        proposal.title,
        proposal.get_absolute_url(),
        proposal.reason if is_returned else proposal.note or named_rows(proposal),
        proposal.get_state_display(),
        proposal.decided_by_name if is_returned else proposal.author_name,
        proposal.decided_at if is_returned else proposal.made_at,
    )


def named_rows(proposal):
    """Returns the names of the records that a proposal of several changes; empty where its title says it."""
    titles = [row["title"] for row in proposal.changes if row["model"] != "organisation.citation"]
    return "; ".join(titles) if len(titles) > 1 else ""


def second_look_task(takedown):
    state = _("overdue since %(day)s") if takedown.is_overdue else _("due on %(day)s")
    return Task(
        takedown.title,
        takedown.get_absolute_url(),
        takedown.reason,
        state % {"day": date_format(takedown.due_on)},
        takedown.by_name,
        takedown.at,
    )


def outside_review_task(step):
    return Task(
        step.claim.reference, review_url(step.claim), step.note, step.get_kind_display(), step.who, step.at
    )


def last_step(claim, kind):
    return next((step for step in reversed(claim.steps.all()) if step.kind == kind), None)


def unanswered_outside_reviews(claims):
    """Returns the steps of outside reviewers after which nobody has submitted or published the claim again.

    `claims` limits them to these claims; None takes all.
    """
    answers = ReviewStep.objects.filter(
        claim=OuterRef("claim"), kind__in=[Kind.SUBMITTED, Kind.PUBLISHED]
    ).order_by("-at")
    steps = ReviewStep.objects.filter(kind__in=OUTSIDE_REVIEW_KINDS).exclude(claim__stage=Stage.PUBLISHED)
    if claims is not None:
        steps = steps.filter(claim__in=claims.values("pk"))
    steps = steps.annotate(answered_at=Subquery(answers.values("at")[:1]))
    return (
        steps.filter(Q(answered_at=None) | Q(at__gt=Subquery(answers.values("at")[:1])))
        .select_related("claim", "by")
        .order_by("-at")[:TASKS_PER_SECTION]
    )


def with_last_change(claims):
    """Annotates claims with who saved them last, when, and who submitted them last."""
    # Every form saves the claim together with its figures and citations, so its own history is enough.
    rows = Claim.history.filter(id=OuterRef("pk")).order_by("-history_date", "-history_id")
    submissions = ReviewStep.objects.filter(claim=OuterRef("pk"), kind=Kind.SUBMITTED).order_by("-at", "-pk")
    return claims.annotate(
        touched_by=Subquery(rows.values("history_user")[:1]),
        touched_at=Subquery(rows.values("history_date")[:1]),
        submitted_by=Subquery(submissions.values("by")[:1]),
    )


def form_url(record):
    """Returns the address of the form in which a record is changed; a part of one is changed with it."""
    if isinstance(record, Mend):
        record = record.passage
    elif isinstance(record, Absence):
        record = record.indicator
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def review_url(claim):
    return reverse("admin:impact_claim_review", args=[claim.pk])


def display_name(user):
    return user.get_full_name() or user.get_username()
