import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .stage import Stage
from .step import ReviewStep


class ReviewLinkQuerySet(models.QuerySet):
    def open(self):
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


class ReviewLink(models.Model):
    """A secret address at which somebody without an account reads a draft and comments on it, for a time."""

    LIFETIME = timedelta(days=14)
    MAX_RESPONSES = 30

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
        ordering = ["made_at", "pk"]

    def __str__(self):
        return f"{self.claim.reference}, {self.for_whom}"

    @property
    def is_open(self):
        return not self.end_reason

    @property
    def end_reason(self):
        """The sentence that says why the link leads nowhere any more; empty while it is open."""
        if self.revoked_at:
            return _("This link was taken back.")
        if self.expires_at <= timezone.now():
            return _("The time of this link is over.")
        if self.claim.says_withheld_words():
            return _("The words of the claim are withheld, because to show them could harm somebody.")
        # A publication ends it for good: the stage alone would open it again for the next draft.
        if (
            self.claim.stage == Stage.PUBLISHED
            or self.claim.steps.filter(kind=ReviewStep.Kind.PUBLISHED, at__gte=self.made_at).exists()
        ):
            return _("The claim was published meanwhile: there is nothing left to review.")
        return ""

    @staticmethod
    def hash_of(secret):
        """Returns the only trace of the secret that is stored: the database alone opens no draft."""
        return hashlib.sha256(secret.encode()).hexdigest()

    @classmethod
    @transaction.atomic
    def issue(cls, claim, by, for_whom, lifetime=LIFETIME):
        """Returns a new link and its address, which is shown once and stored nowhere."""
        claim = claim.locked()
        if claim.stage == Stage.PUBLISHED:
            raise ValidationError(
                _("The claim says what readers already see: there is nothing to review."), code="unchanged"
            )
        if claim.says_withheld_words():
            raise ValidationError(
                _(
                    "The words of the claim are withheld, because to show them could harm somebody: "
                    "no link leads to them. Let a publisher put back first what was withdrawn."
                ),
                code="withheld",
            )
        secret = secrets.token_urlsafe(32)
        link = cls.objects.create(
            claim=claim,
            for_whom=for_whom,
            made_by=by,
            secret_hash=cls.hash_of(secret),
            expires_at=timezone.now() + lifetime,
        )
        claim.add_step(ReviewStep.Kind.LINK_MADE, by, for_whom)
        return link, reverse("review-link", kwargs={"secret": secret})

    @transaction.atomic
    def revoke(self, by):
        self.revoked_at = timezone.now()
        self.save(update_fields=["revoked_at"])
        return self.claim.add_step(ReviewStep.Kind.LINK_REVOKED, by, self.for_whom)

    @transaction.atomic
    def respond(self, kind, comment, seen):
        """Records a comment or an approval of the words whose fingerprint is `seen`; returns the step.

        It is idempotent: the same response sent twice in a row is recorded once.
        """
        claim = self.claim.locked()
        # The link may have been revoked while this request waited for the lock.
        self.refresh_from_db()
        if self.end_reason:
            raise ValidationError(self.end_reason, code="ended")
        claim.check_seen(seen)
        if kind == ReviewStep.Kind.COMMENTED and not comment.strip():
            raise ValidationError(_("The comment is empty: write what you want to say."), code="comment")
        responses = claim.steps.filter(outsider=self.for_whom, at__gte=self.made_at)
        last = responses.order_by("pk").last()
        if last and (last.kind, last.note, last.fingerprint) == (kind, comment, seen):
            return last
        if responses.count() >= self.MAX_RESPONSES:
            raise ValidationError(
                _("You have answered %(number)d times, and this link takes no more: ask for a new one."),
                code="limit",
                params={"number": self.MAX_RESPONSES},
            )
        return claim.add_step(kind, outsider=self.for_whom, note=comment)
