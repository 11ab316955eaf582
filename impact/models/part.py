from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.characters import PlainText
from organisation.models.citation import PreUpdateQuerySet
from organisation.models.qualifier import Qualifier
from organisation.templatetags.records import figure_value

from .absence import Reason
from .figure import Figure
from .reading import qualified


class Part(PlainText, models.Model):
    """A part of a reading, such as the girls among the children: its value, or why there is none."""

    figure = models.ForeignKey(
        Figure,
        models.CASCADE,
        related_name="parts",
        db_index=False,  # the unique constraint begins with it
        editable=False,
    )
    axis = models.CharField(
        _("part by"), max_length=50, help_text=_("By what it is a part, for example “sex”, “age” or “place”.")
    )
    group = models.CharField(_("group"), max_length=100, help_text=_("Which part, for example “girls”."))
    as_written = models.CharField(
        _("as written"),
        max_length=100,
        blank=True,
        help_text=_("The number letter by letter as the passage has it."),
    )
    qualifier = models.CharField(_("qualifier"), max_length=20, choices=Qualifier, blank=True)
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=2, null=True, blank=True)
    reason = models.CharField(_("reason why there is none"), max_length=30, choices=Reason, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = PreUpdateQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of a figure")
        verbose_name_plural = _("parts of figures")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "axis", "group"],
                name="part_once_a_figure",
                violation_error_message=_("A figure has each of its parts once."),
            ),
            models.CheckConstraint(
                name="part_has_axis_and_group",
                condition=~models.Q(axis="") & ~models.Q(group=""),
                violation_error_message=_("Say by what it is a part, and which one."),
            ),
            models.CheckConstraint(
                name="part_has_value_or_reason",
                condition=(models.Q(value__isnull=False, reason="") & ~models.Q(as_written=""))
                | models.Q(value__isnull=True, qualifier="", as_written="", reason__in=Reason.values),
                violation_error_message=_(
                    "A part has a value, as it is written, or a reason why it has none, and not both."
                ),
            ),
        ]

    def __str__(self):
        return gettext("%(axis)s, %(group)s: %(value)s") % {
            "axis": self.axis,
            "group": self.group,
            "value": self.text,
        }

    @property
    def text(self):
        """The value with its qualifier, as “over 7,100”, or the reason why there is none."""
        if self.value is None:
            return self.get_reason_display()
        return qualified(self.qualifier, figure_value(self.value))
