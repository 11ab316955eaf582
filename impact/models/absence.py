from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organisation.characters import PlainText
from organisation.dates import PartialDateField, not_before

from ..periods import period_text
from .indicator import Indicator


class Reason(models.TextChoices):
    """The reason why there is no value, which is never 0."""

    NOT_REPORTED = "not reported", _("not reported")
    NOT_COLLECTED = "not collected", _("not collected")
    WITHHELD = "withheld for safety", _("withheld for safety")
    NOT_DUE = "not due", _("not due")


class Absence(PlainText, models.Model):
    """An absence says that an indicator has no value for a period, or for a part of one, and why."""

    class Kind(models.TextChoices):
        ACTUAL = "actual", _("actual")
        BASELINE = "baseline", _("baseline")

    Reason = Reason

    indicator = models.ForeignKey(
        Indicator,
        models.CASCADE,
        related_name="absences",
        db_index=False,  # the unique constraint begins with it
        verbose_name=_("indicator"),
    )
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=Kind,
        default=Kind.ACTUAL,
        help_text=_("Which value is missing: the actual one, or the baseline before the work began."),
    )
    starts = PartialDateField(
        _("starts"), blank=False, help_text=_("The first day, month or year of the period, for example 2024.")
    )
    ends = PartialDateField(
        _("ends"), blank=False, help_text=_("The last one; for a year it is the same as the first.")
    )
    axis = models.CharField(
        _("part by"),
        max_length=50,
        blank=True,
        help_text=_("Where only a part is missing: by what it is one, for example “sex”."),
    )
    group = models.CharField(
        _("group"), max_length=100, blank=True, help_text=_("And which part, for example “girls”.")
    )
    reason = models.CharField(
        _("reason"),
        max_length=30,
        choices=Reason,
        help_text=_("Readers see it in place of a number; it is never 0."),
    )
    due = PartialDateField(_("due"), help_text=_("Of one that is not due: when it is."))
    remark = models.CharField(
        _("remark"),
        max_length=300,
        blank=True,
        help_text=_("For readers, for example “Schools were closed, and nobody was counted.”"),
    )

    history = HistoricalRecords(no_db_index=["indicator"])
    is_public = True
    private_fields = ()

    class Meta:
        verbose_name = _("absence of a value")
        verbose_name_plural = _("absences of values")
        ordering = ["starts", "ends", "axis", "group", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "starts", "ends", "kind", "axis", "group"],
                name="absence_once_a_period",
                violation_error_message=_("This absence is on record already."),
            ),
            models.CheckConstraint(
                name="absence_has_period",
                condition=~models.Q(starts="") & ~models.Q(ends=""),
                violation_error_message=_(
                    "Say of which period there is no value: give its start and its end."
                ),
            ),
            not_before("ends", "starts", "absence_ends_after_start"),
            models.CheckConstraint(
                name="absence_of_a_whole_part",
                condition=models.Q(axis="", group="") | (~models.Q(axis="") & ~models.Q(group="")),
                violation_error_message=_("Give both, by what it is a part and which one, or neither."),
            ),
            models.CheckConstraint(
                name="absence_reason_known",
                condition=models.Q(reason__in=Reason.values),
                violation_error_message=_("Choose why there is no value."),
            ),
            models.CheckConstraint(
                name="absence_due_if_not_due",
                condition=models.Q(due="") | models.Q(reason=Reason.NOT_DUE),
                violation_error_message=_("Only a value that is not due has a day on which it is."),
            ),
        ]

    def __str__(self):
        names = {"period": period_text(self.starts, self.ends), "reason": self.get_reason_display()}
        if self.group:
            return gettext("%(period)s, %(group)s: %(reason)s") % (names | {"group": self.group})
        return gettext("%(period)s: %(reason)s") % names

    @property
    def shown_with(self):
        return [self.indicator]
