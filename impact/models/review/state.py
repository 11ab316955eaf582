import hashlib

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from organisation.models import Takedown

from .stage import Change, Stage
from .step import ReviewStep


class ReviewState(models.Model):
    """The stage of a claim's working copy, and the steps that led to it."""

    # For `seen`, where no page was shown to anybody: the claim as it is stored, whatever its stage. It is an
    # object and no string, so that no form can send it.
    AS_STORED = object()

    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.DRAFT, editable=False)
    publish_at = models.DateTimeField(_("to be published at"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def fingerprint(self):
        """The checksum of everything that an edition would freeze: equal ones mean the same words."""
        return hashlib.sha256(repr(self.content()).encode()).hexdigest()

    @property
    def awaits_decision(self):
        return self.stage in (Stage.SUBMITTED, Stage.SCHEDULED)

    @property
    def submission(self):
        """The step with which the words now under review were handed in."""
        return self.steps.filter(kind=ReviewStep.Kind.SUBMITTED).last()

    @property
    def withdrawal(self):
        """The step that took the claim from its readers; None if it is not withdrawn."""
        if self.current_edition_id or not self.editions.exists():
            return None
        return self.steps.filter(kind=ReviewStep.Kind.WITHDRAWN).last()

    @property
    def is_to_be_retired(self):
        """True while a decision is awaited to retire the words that readers see, which stay as they are."""
        return self.awaits_decision and self.submission.change == Change.RETIRED

    def can_be_retired(self):
        return (
            self.stage == Stage.PUBLISHED
            and bool(self.current_edition)
            and self.current_edition.change != Change.RETIRED
            and not self.differs_from_published()
        )

    def locked(self):
        """Returns the claim as it is stored, with its row locked until the transaction ends."""
        return type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)

    def move_to(self, stage, **values):
        """Stores a stage and other values of the review. The words do not change: the history gets no row."""
        for name, value in {"stage": stage, "publish_at": None, **values}.items():
            setattr(self, name, value)
        self.skip_history_when_saving = True
        self.save(update_fields=["stage", "publish_at", *(name for name in values if name != "publish_at")])
        del self.skip_history_when_saving
        if "current_edition" in values:
            self.update_register()
        if values.get("current_edition"):
            down = Takedown.objects.about(type(self).objects.filter(pk=self.pk))
            down.release_words()
            down.open().update(state=Takedown.State.PUBLIC_AGAIN)

    def add_step(self, kind, by=None, note="", **values):
        return ReviewStep.objects.create(
            claim=self, kind=kind, by=by, note=note, fingerprint=self.fingerprint, **values
        )

    def check_seen(self, seen):
        """Refuses a decision on words that changed since they were shown.

        `seen` is the fingerprint that stood on the page, or AS_STORED where there was no page.
        """
        if seen is not self.AS_STORED and seen != self.fingerprint:
            raise ValidationError(
                _("The claim was changed while you looked at it: read it again before you decide."),
                code="changed",
            )

    def check_not_waiting(self):
        if self.awaits_decision:
            raise ValidationError(_("The claim is submitted already and waits for a decision."), code="stage")

    @transaction.atomic
    def note_change(self, by):
        """Makes words a draft again that differ, after a save, from those that were submitted or published.

        A draft that says again what readers see is none any more. This is no transition: forms and imports
        call it on what they have just saved, once a row.
        """
        claim = self.locked()
        if claim.awaits_decision and claim.fingerprint == claim.submission.fingerprint:
            return
        stage = Stage.PUBLISHED
        if claim.differs_from_published():
            stage = Stage.RETURNED if claim.stage == Stage.RETURNED else Stage.DRAFT
        if claim.awaits_decision:
            claim.add_step(ReviewStep.Kind.CHANGED, by)
        if stage != claim.stage:
            claim.move_to(stage)
