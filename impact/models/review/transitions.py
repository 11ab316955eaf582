from functools import wraps

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Passage, Takedown
from organisation.visibility_lock import lock_visibility

from .four_eyes import FourEyes
from .publishable import Publishable, check_readable_wording
from .stage import Change, Stage
from .state import ReviewState
from .step import ReviewStep


def transition(method):
    """Runs a method on the stored and locked claim, then refreshes the caller's claim and returns it.

    Of two people at once, the lock makes one the second. A refusal is a ValidationError and changes nothing.
    What becomes public with the claim is saved by nobody meanwhile.
    """

    @wraps(method)
    @transaction.atomic
    def run(self, *args, **kwargs):
        lock_visibility()
        method(self.locked(), *args, **kwargs)
        self.refresh_from_db()
        return self

    return run


class Reviewed(FourEyes, Publishable, ReviewState):
    """The transitions of a claim's working copy on its way to readers. Each returns the refreshed claim.

    `seen` is the fingerprint on the page from which somebody decides, or `AS_STORED` where there was no page.
    """

    class Meta:
        abstract = True

    @transition
    def submit(self, by, note="", *, seen):
        self.check_not_waiting()
        if not self.differs_from_published():
            raise ValidationError(
                _("The claim says what readers already see: there is nothing to submit."), code="unchanged"
            )
        self.check_seen(seen)
        self.check_publishable()
        self.move_to(Stage.SUBMITTED)
        self.add_step(ReviewStep.Kind.SUBMITTED, by, note)

    @transition
    def ask_to_retire(self, by, note="", *, seen):
        """Submits the words that readers see, unchanged, to be marked as true then."""
        self.check_not_waiting()
        if not self.can_be_retired():
            raise ValidationError(
                _("Only words that readers see now, and that nobody is changing, can be retired."),
                code="stage",
            )
        self.check_seen(seen)
        self.move_to(Stage.SUBMITTED)
        self.add_step(ReviewStep.Kind.SUBMITTED, by, note, change=Change.RETIRED)

    @transition
    def send_back(self, by, reason, *, seen):
        if not self.awaits_decision:
            raise ValidationError(
                _("The claim is not waiting for a decision: nothing was returned."), code="stage"
            )
        self.check_seen(seen)
        if not reason.strip():
            raise ValidationError(
                _("Say why you return it, so that the editor knows what to do."), code="reason"
            )
        self.move_to(Stage.RETURNED if self.differs_from_published() else Stage.PUBLISHED)
        self.add_step(ReviewStep.Kind.RETURNED, by, reason)

    @transition
    def schedule(self, by, at, reason="", change="", warnings=(), *, seen):
        """Sets a time at which `publish_scheduled` publishes the words, unless they change before."""
        if self.stage != Stage.SUBMITTED:
            raise ValidationError(_("The claim is not submitted: nothing was scheduled."), code="stage")
        if at <= timezone.now():
            raise ValidationError(_("That time has passed: choose a later one, or publish now."), code="past")
        self.check_seen(seen)
        self.check_publishable(reason)
        self.check_four_eyes(by)
        self.move_to(Stage.SCHEDULED, publish_at=at)
        self.add_step(
            ReviewStep.Kind.SCHEDULED, by, reason, change=change, publish_at=at, warnings="\n".join(warnings)
        )

    @transition
    def unschedule(self, by, reason="", *, seen):
        if self.stage != Stage.SCHEDULED:
            raise ValidationError(_("The claim is not scheduled."), code="stage")
        self.check_seen(seen)
        self.move_to(Stage.SUBMITTED)
        self.add_step(ReviewStep.Kind.UNSCHEDULED, by, reason)

    @transition
    def publish(self, by, reason="", change="", warnings=(), *, seen):
        """Freezes the working copy as the next edition and makes that the current one."""
        # Seeding publishes drafts that nobody submitted; a person decides only on what was submitted.
        if seen is not self.AS_STORED and not self.awaits_decision:
            raise ValidationError(
                _("The claim does not wait for a decision any more: somebody else was first."), code="stage"
            )
        self.check_seen(seen)
        self.check_publishable(reason)
        self.check_four_eyes(by)
        self.publish_unchecked(by, reason, change, warnings)

    def publish_unchecked(self, by, reason="", change="", warnings=()):
        """Publishes a claim whose row the caller has locked. A preview does it, too, and rolls it back."""
        edition = self.editions.freeze(self, by, reason, change)
        self.move_to(Stage.PUBLISHED, current_edition=edition)
        self.add_step(
            ReviewStep.Kind.PUBLISHED, by, reason, change=edition.change, warnings="\n".join(warnings)
        )

    @transition
    def publish_scheduled(self):
        """Publishes the claim if it is due; makes it a draft again if its words changed since."""
        if self.stage != Stage.SCHEDULED or self.publish_at > timezone.now():
            return
        decision = self.steps.filter(kind=ReviewStep.Kind.SCHEDULED).last()
        if self.fingerprint == decision.fingerprint:
            self.publish(decision.by, decision.note, decision.change, seen=decision.fingerprint)
        else:
            self.note_change(self.last_changed_by() or decision.by)

    @transition
    def restore(self, edition, by, reason, *, seen):
        """Publishes an earlier edition's words as the next edition. A draft that somebody works on stays."""
        if edition.pk == self.current_edition_id:
            raise ValidationError(_("This is the current edition already."), code="current")
        self.check_seen(seen)
        if not reason.strip():
            raise ValidationError(
                _("Say why: readers see the reason in the log of corrections."), code="reason"
            )
        was_withdrawn = not self.current_edition
        has_no_draft = self.current_edition and not self.differs_from_published()
        restored = self.editions.freeze(edition, by, reason, Change.RESTORED)
        if has_no_draft:
            self.copy_text_from(restored)
        self.current_edition = restored
        if self.differs_from_published():
            self.move_to(self.stage, current_edition=restored, publish_at=self.publish_at)
        else:
            self.move_to(Stage.PUBLISHED, current_edition=restored)
        # Its own words are read again on purpose, but not those that another claim was withdrawn with.
        for each in self.editions.all() if was_withdrawn else [restored]:
            check_readable_wording(each)
        self.add_step(ReviewStep.Kind.RESTORED, by, reason, change=Change.RESTORED)

    @transition
    def withdraw(self, by, reason, is_for_safety=False, *, seen):
        """Takes the claim and all its editions from readers. The rows stay: each can be published again.

        For somebody's safety the words that it quotes go with it, wherever they are read, outside reviewers
        included.
        """
        if not self.current_edition:
            raise ValidationError(_("The claim is not public: there is nothing to withdraw."), code="stage")
        self.check_seen(seen)
        if not reason.strip():
            raise ValidationError(_("Say why: the reason stands where the claim stood."), code="reason")
        self.move_to(Stage.DRAFT, current_edition=None)
        step = self.add_step(ReviewStep.Kind.WITHDRAWN, by, reason)
        quoted = Passage.objects.filter(cited_by__edition__claim=self).distinct()
        withheld = quoted if is_for_safety else quoted.none()
        for link in self.review_links.open() if is_for_safety else ():
            link.revoke(by)  # it shows a draft with the same words
        Takedown.objects.note(self, by, reason, at=step.at, withheld=withheld)

    @transition
    def put_back(self, by, reason):
        """Shows readers the edition again that was withdrawn. A draft that somebody works on stays."""
        edition = self.editions.last()
        if self.current_edition or not edition:
            raise ValidationError(_("The claim is public: there is nothing to put back."), code="stage")
        # Its earlier editions are read again, too; another claim may have been withdrawn with their words.
        for each in self.editions.all():
            check_readable_wording(each)
        self.current_edition = edition
        stage = self.stage if self.differs_from_published() else Stage.PUBLISHED
        self.move_to(stage, current_edition=edition, publish_at=self.publish_at)
        self.add_step(ReviewStep.Kind.RESTORED, by, reason)

    @transition
    def confirm(self, by):
        if not self.current_edition and (self.awaits_decision or self.editions.exists()):
            raise ValidationError(
                _("%(reference)s waits to be published: whoever does so looks whether it is true."),
                code="stage",
                params={"reference": self.reference},
            )
        self.skip_history_when_saving = True
        self.restart_review()
        del self.skip_history_when_saving
        self.add_step(ReviewStep.Kind.STILL_TRUE, by)
