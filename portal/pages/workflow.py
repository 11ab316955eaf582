"""The steps of a page's draft on its way to readers: submit, return, confirm, schedule, publish.

A step holds as long as the draft is not changed. Each function that takes one locks the draft, so that of two
people at once the second is told; a refusal is a ValidationError, and changes nothing.
"""

from cms.models import PageContent
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from djangocms_versioning.constants import DRAFT
from djangocms_versioning.exceptions import ConditionFailed
from djangocms_versioning.models import Version

from portal.models import PageStep

from .addresses import old_addresses_lead_on
from .legal import legal_faults
from .review import (
    accessibility_faults,
    is_confirmed,
    is_own_change,
    last_changed_by,
    unseen_faults,
    withheld_faults,
)
from .tree import lock_tree

Kind = PageStep.Kind
# What waits for somebody else's decision, as its last step left it.
AWAITING = (Kind.SUBMITTED, Kind.UNSCHEDULED)
PUBLISHABLE = (*AWAITING, Kind.CONFIRMED)
PUBLISH = "cms.publish_page"


def drafts_with_steps():
    """Returns the drafts of pages, each annotated with its last step that still holds, if there is one."""
    steps = PageStep.objects.filter(version=OuterRef("pk"), modified=OuterRef("modified"))
    last = steps.order_by("-at", "-pk")
    return Version.objects.filter(
        state=DRAFT, content_type=ContentType.objects.get_for_model(PageContent)
    ).annotate(step=Subquery(last.values("pk")[:1]), step_kind=Subquery(last.values("kind")[:1]))


def last_step(version):
    """Returns the last step of a draft that still holds; None if there is none, or the draft is changed."""
    return PageStep.objects.holding(version).last()


def kind_of_last_step(version):
    step = last_step(version)
    return step.kind if step else None


def may_be_decided_by(version, user):
    """True for publishers, and for other staff where a publisher has made the change; never for one's own."""
    changer = last_changed_by(version)
    return not is_own_change(version, user) and (
        user.has_perm(PUBLISH) or (changer is not None and changer.has_perm(PUBLISH))
    )


def is_publishable_by(version, user):
    """True for a draft that is submitted, and not somebody's own change unless another has confirmed it."""
    return kind_of_last_step(version) in PUBLISHABLE and (
        not is_own_change(version, user) or is_confirmed(version)
    )


def locked_draft(version):
    locked = Version.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if locked.state != DRAFT:
        raise ValidationError(_("This is no draft any more: somebody else was first."), code="state")
    return locked


def add_step(version, kind, by, note="", publish_at=None):
    name = (by.get_full_name() or by.get_username()) if by else _("the clock")
    return PageStep.objects.create(
        version=version,
        kind=kind,
        by=by,
        by_name=name,
        note=note,
        publish_at=publish_at,
        modified=version.modified,
    )


@transaction.atomic
def submit(version, by, note=""):
    draft = locked_draft(version)
    if kind_of_last_step(draft) in (*AWAITING, Kind.SCHEDULED):
        raise ValidationError(_("The draft is submitted already."), code="state")
    content = draft.content
    for find_faults in (legal_faults, withheld_faults, unseen_faults, accessibility_faults):
        for fault in find_faults(content):
            raise ValidationError(fault, code="fault")
    return add_step(draft, Kind.SUBMITTED, by, note)


@transaction.atomic
def take_back(version, by):
    """Makes a submitted draft one that waits for nobody; for whoever may change it."""
    draft = locked_draft(version)
    if kind_of_last_step(draft) not in AWAITING:
        raise ValidationError(_("The draft does not wait for a decision."), code="state")
    return add_step(draft, Kind.TAKEN_BACK, by)


def check_decision(draft, by, kinds=AWAITING):
    if kind_of_last_step(draft) not in kinds:
        raise ValidationError(
            _("The draft does not wait for a decision any more: it was changed, or somebody else was first."),
            code="state",
        )
    if not may_be_decided_by(draft, by):
        raise ValidationError(
            _("The last change to this page is your own: somebody else has to decide."), code="own change"
        )


@transaction.atomic
def send_back(version, by, reason):
    draft = locked_draft(version)
    check_decision(draft, by, (*PUBLISHABLE, Kind.SCHEDULED))
    if not reason.strip():
        raise ValidationError(_("Say why you return it, so that its author knows what to do."), code="reason")
    return add_step(draft, Kind.RETURNED, by, reason)


@transaction.atomic
def confirm(version, by):
    """Lets whoever made the change publish it: somebody else has read it."""
    draft = locked_draft(version)
    check_decision(draft, by)
    return add_step(draft, Kind.CONFIRMED, by)


@transaction.atomic
def schedule(version, by, at):
    """Sets a time at which `publish_due` publishes the draft, unless it is changed before."""
    draft = locked_draft(version)
    if kind_of_last_step(draft) not in PUBLISHABLE:
        raise ValidationError(_("The draft is not submitted: nothing was scheduled."), code="state")
    if at <= timezone.now():
        raise ValidationError(_("That time has passed: choose a later one, or publish now."), code="past")
    check_publish(draft, by)
    return add_step(draft, Kind.SCHEDULED, by, publish_at=at)


@transaction.atomic
def unschedule(version, by):
    draft = locked_draft(version)
    if kind_of_last_step(draft) != Kind.SCHEDULED:
        raise ValidationError(_("The draft is not scheduled."), code="state")
    return add_step(draft, Kind.UNSCHEDULED, by)


def publish(version, by):
    """Publishes a draft, and lets the old addresses of its page lead on."""
    with transaction.atomic():
        lock_tree()
        draft = locked_draft(version)
        check_publish(draft, by)
        try:
            with old_addresses_lead_on():
                draft.publish(by)
        except IntegrityError as error:  # two drafts may want one address: the first to be published has it
            raise ValidationError(
                _("Another page has its address now: give this one another short name, or move that one."),
                code="address",
            ) from error
    return draft


@transaction.atomic
def publish_scheduled(step):
    """Publishes the draft of a step that has set a time, unless it was changed or taken off meanwhile."""
    lock_tree()
    if last_step(locked_draft(step.version)) != step:
        raise ValidationError(_("The draft is not scheduled."), code="state")
    if step.by is None or not step.by.is_active or not step.by.has_perm(PUBLISH):
        raise ValidationError(_("Whoever set the time may not publish any more: decide anew."))
    publish(step.version, step.by)


def check_publish(draft, by):
    try:
        draft.check_publish(by)
    except ConditionFailed as error:
        raise ValidationError(str(error), code="condition") from error


def due_steps():
    """Returns the steps that have set a time that is over, of drafts that are as they were then."""
    return (
        PageStep.objects.filter(
            kind=Kind.SCHEDULED,
            publish_at__lte=timezone.now(),
            version__state=DRAFT,
            version__modified=F("modified"),
            pk__in=drafts_with_steps().filter(step_kind=Kind.SCHEDULED).values("step"),
        )
        .select_related("version", "by")
        .order_by("publish_at", "pk")
    )


def publish_due(report, report_error):
    """Publishes what is due. What cannot be published is returned, with the reason."""
    for step in due_steps():
        title = step.version.content.title
        try:
            publish_scheduled(step)
        except ValidationError as error:
            reason = " ".join(error.messages)
            if getattr(error, "code", None) != "state":  # else somebody has decided otherwise meanwhile
                add_step(step.version, Kind.RETURNED, None, reason)
            report_error(f"{title}: {reason}")
            continue
        report(_("“%(title)s” is published.") % {"title": title})
