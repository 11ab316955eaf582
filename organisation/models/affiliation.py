from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from ..dates import PartialDateField, not_before
from .organisation import Organisation
from .record import Record


class Affiliation(Record):
    """An affiliation says who stands with an organisation, and in which role: founder, member, partner …"""

    class Role(models.TextChoices):
        FOUNDER = "founder", _("founder")
        STEERING_MEMBER = "steering member", _("steering member")
        ACTIVE_LINK = "active link", _("active link")
        NATIONAL_COALITION = "national coalition", _("national coalition")
        REGIONAL_COALITION = "regional coalition", _("regional coalition")
        PARTNER = "partner", _("partner")
        ADDRESSEE = "addressee", _("addressee")

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="affiliations",
        db_index=False,  # the unique constraint begins with it
        verbose_name=_("organisation"),
        help_text=_("The organisation that the other one stands with."),
    )
    with_whom = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="affiliated_to",
        null=True,
        blank=True,
        verbose_name=_("with whom"),
        help_text=_("The other organisation, where the source names it."),
    )
    region = models.CharField(
        _("region"),
        max_length=200,
        blank=True,
        help_text=_(
            "Where the source names only a region, in its words, "
            "for example “the Great Lakes region of Africa”."
        ),
    )
    role = models.CharField(
        _("role"),
        max_length=30,
        choices=Role,
        help_text=_("What the other is to the organisation, as the source says it."),
    )
    valid_from = PartialDateField(_("valid from"), help_text=_("When it began to hold, if a source says so."))
    valid_to = PartialDateField(_("valid to"), help_text=_("When it ceased to hold, if a source says so."))
    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("The order of the source."))

    named_fields = ("region",)
    natural_key_fields = ("organisation", "role", "with_whom", "region")

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        ordering = ["organisation", "role", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="affiliation_with_one",
                condition=models.Q(with_whom__isnull=False, region="")
                | (models.Q(with_whom__isnull=True) & ~models.Q(region="")),
                violation_error_message=_("Give either the other organisation or a region, not both."),
            ),
            models.CheckConstraint(
                name="affiliation_between_two",
                condition=~models.Q(organisation=models.F("with_whom")),
                violation_error_message=_("An organisation is not affiliated with itself: choose another."),
            ),
            models.UniqueConstraint(
                "organisation", "role", Coalesce("with_whom", 0), "region", name="affiliation_once"
            ),
            not_before("valid_to", "valid_from", "affiliation_ends_after_start"),
        ]

    def __str__(self):
        return f"{self.organisation}, {self.get_role_display()}: {self.other}"

    @property
    def other(self):
        return self.with_whom.official_name if self.with_whom else self.region
