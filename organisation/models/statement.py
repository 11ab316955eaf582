from textwrap import shorten

from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..dates import PartialDateField, not_before
from .organisation import Organisation
from .quoting import Quoting
from .record import Record, Upkeep, UpkeepQuerySet


class Statement(Upkeep, Quoting, Record):
    """A statement is what an organisation says of itself: its vision, mission, a value, a position."""

    speaks_of_itself = True

    class Kind(models.TextChoices):
        TAGLINE = "tagline", _("tagline")
        ABOUT = "about", _("about")
        APPROACH = "approach", _("approach")
        VISION = "vision", _("vision")
        MISSION = "mission", _("mission")
        GOAL = "goal", _("goal")
        BELIEF = "belief", _("belief")
        POSITION = "position", _("position")
        STRUCTURE = "structure", _("structure")
        VALUE = "value", _("value")
        WORK_AREA = "work area", _("work area")
        APPEAL = "appeal", _("appeal")

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="statements",
        db_index=False,  # the unique constraint begins with it
        verbose_name=_("organisation"),
        help_text=_("Who says it."),
    )
    slug = models.SlugField(
        _("name for good"),
        db_index=False,
        help_text=_("A short name that never changes, for example “vision”."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=Kind,
        help_text=_("What the source calls it; a goal is not a mission."),
    )
    title = models.CharField(
        _("title"),
        max_length=200,
        blank=True,
        help_text=_(
            "The name of a value or an area of work, for example “Integrity”. Other statements have none."
        ),
    )
    text = models.TextField(
        _("text"),
        help_text=_("The organisation's own words. An empty line starts a new paragraph."),
    )
    valid_from = PartialDateField(_("valid from"), help_text=_("When it began to hold, if a source says so."))
    valid_to = PartialDateField(_("valid to"), help_text=_("When it ceased to hold, if a source says so."))
    order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Among statements of the same kind: lower comes first.")
    )

    objects = UpkeepQuerySet.as_manager()
    natural_key_fields = ("organisation", "slug")

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["organisation", "kind", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="statement_address_once"),
            not_before("valid_to", "valid_from", "statement_ends_after_start"),
            models.CheckConstraint(
                name="statement_value_has_a_name",
                condition=~models.Q(kind__in=["value", "work area"], title=""),
                violation_error_message=_("A value or an area of work needs its name as the title."),
            ),
        ]

    def __str__(self):
        title = self.title or shorten(self.text, 50, placeholder="…")
        return f"{self.organisation}, {self.get_kind_display()}: {title}"

    @transaction.atomic
    def confirm(self, by):
        """Records in the history that `by`, a user, found the statement still true."""
        statement = type(self).objects.select_for_update().get(pk=self.pk)
        statement._history_user, statement._change_reason = by, gettext("found still true")
        statement.restart_review()
