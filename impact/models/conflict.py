from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .claim import Claim


class ConflictQuerySet(models.QuerySet):
    def confirmed(self):
        return self.filter(decision=Conflict.Decision.CONFIRMED)

    def public(self):
        """Returns those of which readers are told: confirmed, and between two published claims."""
        return self.confirmed().filter(
            first__current_edition__isnull=False, second__current_edition__isnull=False
        )

    def of(self, claim):
        return self.filter(models.Q(first=claim) | models.Q(second=claim))


class Conflict(models.Model):
    """Two claims of one organisation on one subject that a rule found to disagree, and what staff decided."""

    class Rule(models.TextChoices):
        VALUE = "value", _("the figures differ")
        QUALIFIER = "qualifier", _("the same figure, another qualifier")
        ROLE = "role", _("the part played is told at another strength")

    class Decision(models.TextChoices):
        OPEN = "", _("open")
        CONFIRMED = "confirmed", _("confirmed")
        DISMISSED = "dismissed", _("dismissed")

    first = models.ForeignKey(
        Claim,
        models.CASCADE,
        related_name="conflicts_first",
        db_index=False,  # the unique constraint begins with it
        verbose_name=_("one claim"),
    )
    second = models.ForeignKey(
        Claim, models.CASCADE, related_name="conflicts_second", verbose_name=_("the other claim")
    )
    rule = models.CharField(_("rule"), max_length=20, choices=Rule)
    decision = models.CharField(
        _("decision"), max_length=20, choices=Decision, blank=True, default=Decision.OPEN
    )
    why = models.TextField(
        _("reason"),
        blank=True,
        help_text=_("Why it is a conflict, or why it is none, in a sentence a reader can follow."),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = ConflictQuerySet.as_manager()

    private_fields = ("decided_by", "decided_at")

    class Meta:
        verbose_name = _("conflict")
        verbose_name_plural = _("conflicts")
        ordering = ["first__number", "second__number", "rule"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second", "rule"], name="conflict_once"),
            models.CheckConstraint(
                name="conflict_in_order", condition=models.Q(first__lt=models.F("second"))
            ),
            models.CheckConstraint(
                name="conflict_decided_with_a_reason",
                condition=models.Q(decision="") | (~models.Q(why="") & models.Q(decided_at__isnull=False)),
                violation_error_message=_("Say why: the reason stands on record."),
            ),
        ]

    def __str__(self):
        return f"{self.first.reference} / {self.second.reference}: {self.get_rule_display()}"

    def other(self, claim):
        """Returns the claim that this one is in conflict with."""
        return self.second if self.first_id == claim.pk else self.first

    @property
    def shown_with(self):
        return [self.first.current_edition, self.second.current_edition]

    @property
    def public_with(self):
        if self.decision != self.Decision.CONFIRMED:
            return []
        return [each for each in (self.first, self.second) if not each.current_edition_id]

    @property
    def is_public(self):
        """True if it is confirmed, for readers of two published claims are told of it."""
        claims = (self.first, self.second)
        return self.decision == self.Decision.CONFIRMED and all(each.current_edition_id for each in claims)
