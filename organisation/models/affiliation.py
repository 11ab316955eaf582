from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from ..dates import PartialDateField, not_before
from .organisation import Organisation
from .record import Record, RecordQuerySet
from .term import Term, TermField


class AffiliationQuerySet(RecordQuerySet):
    def of_partners(self):
        """Returns those of whoever stands with the other, not of whoever is asked for something."""
        addressees = Term.objects.filter(vocabulary=Term.Vocabulary.ROLE, is_addressee=True)
        return self.exclude(role__in=addressees.values("slug"))

    def naming(self, organisation):
        """Returns those in which an organisation is one of the two."""
        return self.filter(models.Q(organisation=organisation) | models.Q(with_whom=organisation))


class Affiliation(Record):
    """An affiliation says who stands with an organisation, and in which role: founder, member, partner …"""

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
    role = TermField(
        _("role"),
        vocabulary=Term.Vocabulary.ROLE,
        help_text=_("What the other is to the organisation, as the source says it."),
    )
    valid_from = PartialDateField(_("valid from"), help_text=_("When it began to hold, if a source says so."))
    valid_to = PartialDateField(_("valid to"), help_text=_("When it ceased to hold, if a source says so."))
    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("The order of the source."))

    objects = AffiliationQuerySet.as_manager()

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
