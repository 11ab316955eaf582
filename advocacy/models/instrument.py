from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from impact.models import Claim
from organisation.dates import PartialDateField, not_before
from organisation.models import Organisation, Record, Source
from organisation.models.record import RecordQuerySet


class InstrumentQuerySet(RecordQuerySet):
    def by_date(self):
        return self.select_related("body", "source__author").order_by("adopted", "title", "pk")


class Instrument(Record):
    """An instrument is a treaty, resolution, policy or standard that the organisations speak of."""

    slug = models.SlugField(
        _("address"), max_length=100, unique=True, help_text=_("The last part of its permanent address.")
    )
    title = models.CharField(_("title"), max_length=300, help_text=_("Its full title."))
    short_title = models.CharField(
        _("short title"),
        max_length=100,
        blank=True,
        help_text=_("As it is commonly called, for example “OPAC”."),
    )
    reference = models.CharField(
        _("official reference"),
        max_length=100,
        blank=True,
        help_text=_("For example “S/RES/2143 (2014)”. Empty reads “not on record”."),
    )
    body = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="instruments",
        null=True,
        blank=True,
        verbose_name=_("body"),
        help_text=_("Who adopted or issued it."),
    )
    adopted = PartialDateField(_("adopted"), help_text=_("When it was adopted or issued."))
    in_force = PartialDateField(_("in force"), help_text=_("For a treaty: since when it binds."))
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        related_name="instruments",
        null=True,
        blank=True,
        verbose_name=_("text"),
        help_text=_("The document where its own text can be read. An account of it is a citation instead."),
    )
    claims = models.ManyToManyField(
        Claim,
        related_name="instruments",
        blank=True,
        verbose_name=_("claims that speak of it"),
        help_text=_("Claims whose words name it."),
    )

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        ordering = ["adopted", "title", "pk"]
        constraints = [not_before("in_force", "adopted", "instrument_in_force_after_adoption")]

    def __str__(self):
        return self.short_title or self.title

    def get_absolute_url(self):
        return reverse("instrument", kwargs={"slug": self.slug})
