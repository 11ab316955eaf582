from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models.citation import PreUpdateQuerySet

from .stage import Change


class ReviewStep(models.Model):
    """A step in a claim's review: somebody's action, its time and its reason.

    Together the steps are the audit trail. `impact.immutable` keeps them from being changed or deleted.
    """

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
        """The name of the member of staff or of the outside reviewer."""
        return self.outsider or self.by.get_full_name() or self.by.get_username()
