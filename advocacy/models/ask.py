from textwrap import shorten

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.dates import PartialDateField
from organisation.models import Organisation, Record, Source
from organisation.models.quoting import Quoting
from organisation.models.record import RecordQuerySet


def by_status(asks):
    """Returns pairs of a status and its asks, in the order of the vocabulary; none without an ask."""
    groups = {status: [ask for ask in asks if ask.status == status] for status in Ask.Status}
    return [(status, of_status) for status, of_status in groups.items() if of_status]


class AskQuerySet(RecordQuerySet):
    def in_order(self):
        """Orders by organisation, with what their list shows of other tables."""
        related = self.select_related("organisation", "status_source", "status_source__author")
        return related.order_by("organisation", "order", "pk")


class Ask(Quoting, Record):
    """An ask is something that an organisation wants of others, with how far it has come."""

    class Status(models.TextChoices):
        ACHIEVED = "achieved", _("achieved")
        IN_PROGRESS = "in progress", _("in progress")
        STALLED = "stalled", _("stalled")
        NOT_ACHIEVED = "not achieved", _("not achieved")
        UNCLEAR = "too unclear to rate", _("too unclear to rate")
        SUPERSEDED = "superseded", _("superseded")
        NOT_ON_RECORD = "not on record", _("not on record")

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="asks",
        verbose_name=_("organisation"),
        help_text=_("Who asks."),
    )
    slug = models.SlugField(
        _("name for good"),
        max_length=100,
        unique=True,
        help_text=_("A short name that never changes; links lead to it."),
    )
    text = models.TextField(
        _("text"),
        help_text=_("What is asked, in the organisation's own words: the part of its sentence that asks."),
    )
    addressees = models.CharField(
        _("addressees"),
        max_length=300,
        blank=True,
        help_text=_("Of whom it is asked, in the source's words. Empty reads “not stated”."),
    )
    status = models.CharField(
        _("status"),
        max_length=30,
        choices=Status,
        default=Status.NOT_ON_RECORD,
        help_text=_("How far it has come, as a document shows it."),
    )
    status_as_of = PartialDateField(
        _("status as of"), help_text=_("The day the status holds for. Empty reads “not stated”.")
    )
    status_source = models.ForeignKey(
        Source,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("status shown by"),
        help_text=_("The document that shows the status. Without one the status is “not on record”."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("Lower comes first."))

    objects = AskQuerySet.as_manager()
    named_fields = ("addressees",)

    class Meta:
        verbose_name = _("ask")
        verbose_name_plural = _("asks")
        ordering = ["organisation", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="ask_status_is_shown",
                condition=models.Q(status="not on record") | models.Q(status_source__isnull=False),
                violation_error_message=_(
                    "A status needs the document that shows it: "
                    "choose one, or set the status to “not on record”."
                ),
            )
        ]

    def __str__(self):
        return f"{self.organisation}: {shorten(self.text, 60, placeholder='…')}"
