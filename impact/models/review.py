"""How a change of a claim reaches readers: one person submits it, another publishes it, and every step stays on record."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Citation
from organisation.models.citation import PreUpdateQuerySet


class Stage(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    SCHEDULED = "scheduled", _("scheduled")
    PUBLISHED = "published", _("published")


class Change(models.TextChoices):
    """What an edition is to the one before."""

    FIRST = "first", _("first edition")
    CORRECTION = "correction", _("correction: what stood here was wrong")
    UPDATE = "update", _("update: what stood here was true then")
    RETIRED = "retired", _("retired: it was true then and is kept for the record")
    RESTORED = "restored", _("an earlier wording again")


class ReviewStep(models.Model):
    """Who did what with a claim, when, and why. Together they are its audit trail; none is ever changed or deleted."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("returned")
        CHANGED = "changed", _("changed after it was submitted")
        SCHEDULED = "scheduled", _("scheduled")
        UNSCHEDULED = "unscheduled", _("taken off the schedule")
        PUBLISHED = "published", _("published")
        RESTORED = "restored", _("an earlier edition published again")
        WITHDRAWN = "withdrawn", _("withdrawn")
        LINK_MADE = "link made", _("link for an outside reviewer made")
        LINK_REVOKED = "link revoked", _("link for an outside reviewer revoked")
        COMMENTED = "commented", _("commented on from outside")
        APPROVED = "approved", _("approved from outside")
        STILL_TRUE = "still true", _("found still true")

    claim = models.ForeignKey("impact.Claim", models.PROTECT, related_name="steps", verbose_name=_("claim"))
    kind = models.CharField(_("step"), max_length=20, choices=Kind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
        help_text=_("Nobody for an outside reviewer, who has no account."),
    )
    outsider = models.CharField(_("outside reviewer"), max_length=200, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)
    note = models.TextField(_("note"), blank=True)
    change = models.CharField(_("kind of change"), max_length=20, choices=Change, blank=True)
    publish_at = models.DateTimeField(_("to be published at"), null=True, blank=True)
    warnings = models.TextField(
        _("warnings seen"),
        blank=True,
        help_text=_("What the checklist said to whoever decided, a line each."),
    )
    fingerprint = models.CharField(
        max_length=64, blank=True, help_text=_("Of the words that the step was about.")
    )

    objects = PreUpdateQuerySet.as_manager()

    class Meta:
        verbose_name = _("review step")
        verbose_name_plural = _("review steps")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="review_step_by_somebody",
                condition=models.Q(by__isnull=False, outsider="")
                | (models.Q(by__isnull=True) & ~models.Q(outsider="")),
            )
        ]

    def __str__(self):
        return f"{self.claim.reference} {self.get_kind_display()}"

    @property
    def who(self):
        return self.outsider or self.by.get_full_name() or self.by.get_username()


class ReviewLinkQuerySet(models.QuerySet):
    def open(self):
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


class ReviewLink(models.Model):
    """A way for one person without an account to read a draft and say what they think; it ends by itself, or is ended."""

    LASTS = timedelta(days=14)

    claim = models.ForeignKey(
        "impact.Claim", models.CASCADE, related_name="review_links", verbose_name=_("claim")
    )
    for_whom = models.CharField(
        _("for whom"), max_length=200, help_text=_("The name that stands in the record of the review.")
    )
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    expires_at = models.DateTimeField(_("ends at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = ReviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link for an outside reviewer")
        verbose_name_plural = _("links for outside reviewers")
        ordering = ["made_at"]

    def __str__(self):
        return f"{self.claim.reference}, {self.for_whom}"

    @property
    def is_open(self):
        return not self.ended

    @property
    def ended(self):
        """Why it leads nowhere any more, in a sentence; nothing while it is open."""
        if self.revoked_at:
            return _("This link was taken back.")
        if self.expires_at <= timezone.now():
            return _("The time of this link is over.")
        if (
            self.claim.stage == Stage.PUBLISHED
            or self.claim.steps.filter(kind=ReviewStep.Kind.PUBLISHED, at__gte=self.made_at).exists()
        ):
            return _("The claim was published meanwhile: there is nothing left to review.")
        return ""

    @staticmethod
    def hash_of(secret):
        """Only this is kept: who reads the database cannot open a draft with it."""
        return hashlib.sha256(secret.encode()).hexdigest()

    @classmethod
    @transaction.atomic
    def make(cls, claim, by, for_whom, lasts=LASTS):
        """The link, and the address that is shown once and kept nowhere."""
        claim = claim.locked()
        if claim.stage == Stage.PUBLISHED:
            raise ValidationError(
                _("The claim says what readers already see: there is nothing to review."), code="unchanged"
            )
        secret = secrets.token_urlsafe(32)
        link = cls.objects.create(
            claim=claim,
            for_whom=for_whom,
            made_by=by,
            secret_hash=cls.hash_of(secret),
            expires_at=timezone.now() + lasts,
        )
        claim.step(ReviewStep.Kind.LINK_MADE, by, for_whom)
        return link, reverse("review-link", kwargs={"secret": secret})

    @transaction.atomic
    def revoke(self, by):
        self.revoked_at = timezone.now()
        self.save(update_fields=["revoked_at"])
        return self.claim.step(ReviewStep.Kind.LINK_REVOKED, by, self.for_whom)

    @transaction.atomic
    def say(self, kind, words, seen):
        """What the outside reviewer says of the words they have `seen`, the fingerprint of which stood on their page. Sent twice, it is said once."""
        claim = self.claim.locked()
        self.refresh_from_db()
        if self.ended:
            raise ValidationError(self.ended, code="ended")
        claim.check_seen(seen)
        if kind == ReviewStep.Kind.COMMENTED and not words.strip():
            raise ValidationError(_("The comment is empty: write what you want to say."), code="comment")
        last = claim.steps.filter(outsider=self.for_whom, at__gte=self.made_at).order_by("pk").last()
        if last and (last.kind, last.note, last.fingerprint) == (kind, words, seen):
            return last
        return claim.step(kind, outsider=self.for_whom, note=words)


class Reviewed(models.Model):
    """The way of a claim's working copy to its readers. Every method that refuses raises ValidationError and leaves all as it was."""

    stage = models.CharField(
        _("stage"), max_length=20, choices=Stage, default=Stage.DRAFT, editable=False, db_index=True
    )
    publish_at = models.DateTimeField(
        _("to be published at"), null=True, blank=True, editable=False, db_index=True
    )

    class Meta:
        abstract = True

    @property
    def fingerprint(self):
        """Of everything that an edition would freeze: who reviews and who publishes mean the same words."""
        return hashlib.sha256(repr(self.content()).encode()).hexdigest()

    def step(self, kind, by=None, note="", **values):
        return ReviewStep.objects.create(
            claim=self, kind=kind, by=by, note=note, fingerprint=self.fingerprint, **values
        )

    def locked(self):
        """The claim as it is stored, held until the transaction ends, so that of two people at once one comes second."""
        return type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)

    def move_to(self, stage, **values):
        """Where the working copy has got to; its words have not changed, so its history gets no row."""
        for name, value in {"stage": stage, "publish_at": None, **values}.items():
            setattr(self, name, value)
        self.skip_history_when_saving = True
        self.save(update_fields=["stage", "publish_at", *(name for name in values if name != "publish_at")])
        del self.skip_history_when_saving
        if "current_edition" in values:
            self.enter_in_register()

    def last_changed_by(self):
        """The user of the last change to the words, figures or citations; None if no member of staff made it.

        To ask that a claim be retired changes it for its readers, so it counts while it waits for a decision.
        """
        if self.is_to_be_retired:
            return self.submission.by
        kept = [
            self.figures.model.history.filter(claim_id=self.pk),
            Citation.history.filter(
                content_type__app_label="impact", content_type__model="claim", object_id=self.pk
            ),
        ]
        last = [
            rows.order_by("-history_date", "-history_id").select_related("history_user").first()
            for rows in kept
        ]
        return max(
            filter(None, [self.last_change_of_words(), *last]), key=lambda row: row.history_date
        ).history_user

    def last_change_of_words(self):
        """The row of its history with which it came to say what it says: a new owner or review date is no change of words."""
        rows = list(
            type(self)
            .history.filter(id=self.pk)
            .order_by("-history_date", "-history_id")
            .select_related("history_user")
        )
        columns = [self._meta.get_field(name).attname for name in self.text_fields()]
        for row, before in zip(rows, rows[1:]):
            if any(getattr(row, column) != getattr(before, column) for column in columns):
                return row
        return rows[-1] if rows else None

    def is_own_change(self, by):
        return self.last_changed_by() == by and not settings.PORTAL_SINGLE_EDITOR

    def check_other_eyes(self, by):
        if self.is_own_change(by):
            raise ValidationError(
                _("The last change is your own: somebody else has to publish it."), code="own change"
            )

    def check_seen(self, seen):
        if seen and seen != self.fingerprint:
            raise ValidationError(
                _("The claim was changed while you looked at it: read it again before you decide."),
                code="changed",
            )

    @transaction.atomic
    def note_change(self, by):
        """After a save: words that differ from those that were submitted or published are a draft again."""
        claim = self.locked()
        if claim.stage == Stage.PUBLISHED and claim.differs_from_published():
            claim.move_to(Stage.DRAFT)
        elif (
            claim.stage in (Stage.SUBMITTED, Stage.SCHEDULED)
            and claim.fingerprint != claim.submission.fingerprint
        ):
            claim.move_to(Stage.DRAFT)
            claim.step(ReviewStep.Kind.CHANGED, by)

    @property
    def submission(self):
        """The step with which the words now under review were handed in."""
        return self.steps.filter(kind=ReviewStep.Kind.SUBMITTED).last()

    @property
    def is_to_be_retired(self):
        """Whether it waits for a decision to retire the words that readers see, which stay as they are."""
        return self.stage in (Stage.SUBMITTED, Stage.SCHEDULED) and self.submission.change == Change.RETIRED

    @transaction.atomic
    def submit(self, by, note=""):
        claim = self.locked()
        claim.check_not_waiting()
        if not claim.differs_from_published():
            raise ValidationError(
                _("The claim says what readers already see: there is nothing to submit."), code="unchanged"
            )
        claim.check_publishable()
        claim.move_to(Stage.SUBMITTED)
        return claim.step(ReviewStep.Kind.SUBMITTED, by, note)

    @transaction.atomic
    def ask_to_retire(self, by, note=""):
        """Submit, unchanged, the words that readers see, to be marked as true then and kept for the record."""
        claim = self.locked()
        claim.check_not_waiting()
        if not claim.can_be_retired():
            raise ValidationError(
                _("Only words that readers see now, and that nobody is changing, can be retired."),
                code="stage",
            )
        claim.move_to(Stage.SUBMITTED)
        return claim.step(ReviewStep.Kind.SUBMITTED, by, note, change=Change.RETIRED)

    def can_be_retired(self):
        return (
            bool(self.current_edition)
            and self.current_edition.change != Change.RETIRED
            and not self.differs_from_published()
        )

    def check_not_waiting(self):
        if self.stage in (Stage.SUBMITTED, Stage.SCHEDULED):
            raise ValidationError(_("The claim is submitted already and waits for a decision."), code="stage")

    @transaction.atomic
    def send_back(self, by, reason):
        claim = self.locked()
        if claim.stage not in (Stage.SUBMITTED, Stage.SCHEDULED):
            raise ValidationError(
                _("The claim is not waiting for a decision: nothing was returned."), code="stage"
            )
        if not reason.strip():
            raise ValidationError(
                _("Say why you return it, so that the editor knows what to do."), code="reason"
            )
        claim.move_to(Stage.RETURNED if claim.differs_from_published() else Stage.PUBLISHED)
        return claim.step(ReviewStep.Kind.RETURNED, by, reason)

    @transaction.atomic
    def schedule(self, by, at, reason="", change="", seen="", warnings=()):
        """Decide now that the words be published at a time; `publish_due` does it, unless they are changed before."""
        claim = self.locked()
        if claim.stage != Stage.SUBMITTED:
            raise ValidationError(_("The claim is not submitted: nothing was scheduled."), code="stage")
        if at <= timezone.now():
            raise ValidationError(_("That time has passed: choose a later one, or publish now."), code="past")
        claim.check_seen(seen)
        claim.check_publishable(reason)
        claim.check_other_eyes(by)
        claim.move_to(Stage.SCHEDULED, publish_at=at)
        return claim.step(
            ReviewStep.Kind.SCHEDULED, by, reason, change=change, publish_at=at, warnings="\n".join(warnings)
        )

    @transaction.atomic
    def unschedule(self, by, reason=""):
        claim = self.locked()
        if claim.stage != Stage.SCHEDULED:
            raise ValidationError(_("The claim is not scheduled."), code="stage")
        claim.move_to(Stage.SUBMITTED)
        return claim.step(ReviewStep.Kind.UNSCHEDULED, by, reason)

    @transaction.atomic
    def publish(self, by, reason="", change="", seen="", warnings=()):
        """Freeze the working copy as the next edition, with its figures and citations, and make it the current one."""
        claim = self.locked()
        if seen and claim.stage not in (Stage.SUBMITTED, Stage.SCHEDULED):
            raise ValidationError(
                _("The claim does not wait for a decision any more: somebody else was first."), code="stage"
            )
        claim.check_seen(seen)
        claim.check_publishable(reason)
        claim.check_other_eyes(by)
        edition = claim.put_before_readers(by, reason, change, warnings)
        self.refresh_from_db()
        return edition

    def put_before_readers(self, by, reason="", change="", warnings=()):
        """What publishing does once nothing stands in its way; a preview does it too, and undoes it. The row is locked by the caller."""
        edition = self.editions.freeze(self, by, reason, change)
        self.move_to(Stage.PUBLISHED, current_edition=edition)
        self.step(ReviewStep.Kind.PUBLISHED, by, reason, change=edition.change, warnings="\n".join(warnings))
        return edition

    @transaction.atomic
    def publish_scheduled(self):
        """The edition that was due; None if the claim is not due any more, or was changed since it was scheduled."""
        claim = self.locked()
        if claim.stage != Stage.SCHEDULED or claim.publish_at > timezone.now():
            return None
        decision = claim.steps.filter(kind=ReviewStep.Kind.SCHEDULED).last()
        if claim.fingerprint != decision.fingerprint:
            claim.note_change(claim.last_changed_by() or decision.by)
            return None
        return claim.publish(decision.by, decision.note, decision.change)

    @transaction.atomic
    def restore(self, edition, by, reason):
        """Publish an earlier edition's words again as the next edition. A draft that somebody works on is left alone."""
        claim = self.locked()
        if edition.pk == claim.current_edition_id:
            raise ValidationError(_("This is the current edition already."), code="current")
        if not reason.strip():
            raise ValidationError(
                _("Say why: readers see the reason in the log of corrections."), code="reason"
            )
        untouched = claim.current_edition and not claim.differs_from_published()
        again = claim.editions.freeze(edition, by, reason, Change.RESTORED)
        if untouched:
            claim.take_words_of(again)
        claim.current_edition = again
        if claim.differs_from_published():
            claim.move_to(claim.stage, current_edition=again, publish_at=claim.publish_at)
        else:
            claim.move_to(Stage.PUBLISHED, current_edition=again)
        claim.step(ReviewStep.Kind.RESTORED, by, reason, change=Change.RESTORED)
        return again

    @transaction.atomic
    def withdraw(self, by, reason):
        """Take the claim and all its editions from readers; the rows stay, and an edition can be published again."""
        claim = self.locked()
        if not claim.current_edition:
            raise ValidationError(_("The claim is not public: there is nothing to withdraw."), code="stage")
        if not reason.strip():
            raise ValidationError(_("Say why: the reason stands where the claim stood."), code="reason")
        claim.move_to(Stage.DRAFT, current_edition=None)
        return claim.step(ReviewStep.Kind.WITHDRAWN, by, reason)

    @property
    def withdrawal(self):
        """The step that took the claim from its readers, if it is withdrawn."""
        if self.current_edition_id or not self.editions.exists():
            return None
        return self.steps.filter(kind=ReviewStep.Kind.WITHDRAWN).last()

    @transaction.atomic
    def confirm(self, by):
        claim = self.locked()
        claim.skip_history_when_saving = True
        claim.restart_review()
        del claim.skip_history_when_saving
        claim.step(ReviewStep.Kind.STILL_TRUE, by)
