from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.dates import PartialDateField, not_before, partial_date_text
from organisation.models.qualifier import Qualifier
from organisation.templatetags.records import figure_value

from ..periods import iso_period, period_text
from .indicator import Indicator

READING_CONSTRAINTS = (
    models.CheckConstraint(
        name="figure_of_indicator_has_kind",
        condition=models.Q(indicator__isnull=True, kind="", starts="", ends="", set_on="")
        | models.Q(indicator__isnull=False, kind__in=["actual", "baseline", "target"]),
        violation_error_message=_(
            "A reading has an indicator and a kind; a number that stands alone has neither, and no period."
        ),
    ),
    models.CheckConstraint(
        name="figure_period_is_whole",
        condition=models.Q(starts="", ends="") | (~models.Q(starts="") & ~models.Q(ends="")),
        violation_error_message=_("A period has a start and an end: give both, or neither."),
    ),
    not_before("ends", "starts", "figure_ends_after_start"),
    models.CheckConstraint(
        name="figure_set_on_of_target",
        condition=models.Q(set_on="") | models.Q(kind="target"),
        violation_error_message=_("Only a target has a day on which it was set."),
    ),
    models.CheckConstraint(
        name="figure_has_value",
        condition=models.Q(value__isnull=False, indicator__isnull=False)
        | models.Q(value__isnull=False, value__gte=0)
        | (models.Q(value__isnull=True, indicator__isnull=False, qualifier="") & ~models.Q(as_written="")),
        violation_error_message=_(
            "Give the value in digits. It is never below nothing, and only a reading can be in words alone."
        ),
    ),
)


class Reading(models.Model):
    """Adds to a figure what makes it a reading of an indicator: a kind, and the period that it is of."""

    class Kind(models.TextChoices):
        NONE = "", _("none")
        ACTUAL = "actual", _("actual")
        BASELINE = "baseline", _("baseline")
        TARGET = "target", _("target")

    indicator = models.ForeignKey(
        Indicator,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name=_("indicator"),
        help_text=_("Of which indicator it is a reading. Leave it empty for a number that stands alone."),
    )
    kind = models.CharField(
        _("kind of reading"),
        max_length=20,
        choices=Kind,
        blank=True,
        default=Kind.NONE,
        help_text=_("What was reached, what it was before the work began, or what was aimed at."),
    )
    starts = PartialDateField(
        _("starts"),
        help_text=_(
            "The first day, month or year of its period, as precise as the source. "
            "2024 alone is not said to be a calendar year; 2024-01-01 to 2024-12-31 is."
        ),
    )
    ends = PartialDateField(_("ends"), help_text=_("The last one. Left empty, it is the same as the first."))
    set_on = PartialDateField(_("set on"), help_text=_("Of a target: the day on which it was set."))

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        self.ends = self.ends or self.starts
        self.starts = self.starts or self.ends
        if self.indicator_id:
            self.kind = self.kind or self.Kind.ACTUAL
            check_reading(self)

    @property
    def is_counted(self):
        """False for an answer, yes or no, and for words, of which nothing is drawn by its height."""
        return self.value is not None and (self.indicator_id is None or self.indicator.is_counted)

    @property
    def answer(self):
        """What a reading says that is no number: “yes”, “no”, or its words."""
        if self.value is None:
            return self.as_written
        return gettext("yes") if self.value else gettext("no")

    @property
    def value_text(self):
        """The value without qualifier and unit, as “4,500”, “62%” or “yes”."""
        if not self.is_counted:
            return self.answer
        if self.indicator_id and self.indicator.measure == Indicator.Measure.PERCENTAGE:
            return gettext("%(value)s%%") % {"value": figure_value(self.value)}
        return figure_value(self.value)

    @property
    def said(self):
        """The value as it is said, without its unit: “over 4,500”, “62%”, “yes”."""
        return qualified(self.qualifier, self.value_text) if self.is_counted else self.answer

    @property
    def period(self):
        """The period that a reading is of, in words; “undated” where its source gives none."""
        return period_text(self.starts, self.ends)

    @property
    def holds_for(self):
        """The period of a reading, or the day that any other figure holds for, in words."""
        return self.period if self.indicator_id else partial_date_text(self.as_of)

    @property
    def reading_of(self):
        """What like is compared with like by: (indicator, kind, period) of a reading, else ()."""
        return (self.indicator_id, self.kind, iso_period(self.starts, self.ends)) if self.indicator_id else ()


def qualified(qualifier, value_text):
    """Returns a value with its qualifier, as “over 21,000”."""
    if not qualifier:
        return value_text
    names = {"qualifier": Qualifier(qualifier).label, "value": value_text}
    return gettext("%(qualifier)s %(value)s") % names


def check_reading(figure):
    """Raises ValidationError where a reading is not of the form that its indicator gives."""
    measure, value = figure.indicator.measure, figure.value
    measures = Indicator.Measure
    if measure == measures.YES_NO and value not in (0, 1):
        message = _("“%(indicator)s” is answered by yes or no: give 1 for yes, or 0 for no.")
    elif measure == measures.WORDS and value is not None:
        message = _("“%(indicator)s” is told in words: leave the value empty.")
    elif measure == measures.NUMBER and value is None and figure.kind != figure.Kind.TARGET:
        message = _("“%(indicator)s” is a number: give the value in digits.")
    elif measure == measures.PERCENTAGE and value is None and figure.kind != figure.Kind.TARGET:
        message = _("“%(indicator)s” is a percentage: give the value in digits.")
    else:
        return
    raise ValidationError(
        {"value": ValidationError(message, code="measure", params={"indicator": figure.indicator})}
    )
