from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models import Block, Source
from organisation.models.block import profiled_organisation

from .claim import Claim, ClaimText
from .edition import Edition
from .highlight import Highlight


class ClaimsBlock(Block):
    """Which published claims a page shows."""

    organisation = profiled_organisation(
        null=True,
        blank=True,
        help_text=_("Only what this organisation says. Empty shows every organisation."),
    )
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("source"),
        help_text=_("Only what this document states."),
    )
    type = models.CharField(
        _("type"),
        max_length=20,
        choices=ClaimText.Type,
        blank=True,
        help_text=_(
            "Only claims of this type. Empty shows every type but context, which is nobody's achievement."
        ),
    )

    claims = models.ManyToManyField(
        Claim,
        related_name="+",
        blank=True,
        verbose_name=_("claims"),
        help_text=_("Only these, whatever the choices above. Empty shows all that fit them."),
    )

    def __str__(self):
        return ", ".join(str(part) for part in (self.organisation, self.source, self.type) if part)

    def fits(self):
        """The condition under which an edition is shown."""
        if chosen := self.claims.all():
            return models.Q(claim__in=chosen)
        fits = models.Q(type=self.type) if self.type else ~models.Q(type=ClaimText.Type.CONTEXT)
        if self.organisation_id:
            fits &= models.Q(organisation=self.organisation_id)
        if self.source_id:
            fits &= models.Q(pk__in=Edition.objects.stated_by(self.source_id).values("pk"))
        return fits

    def place(self):
        """Of an edition among those that are shown."""
        return models.F("claim__number")

    def copy_relations(self, old):
        """A new draft of a page shows the claims of the version it was made from."""
        self.claims.set(old.claims.all())


class HighlightsBlock(Block):
    """The claims that staff put forward in one place, in their order."""

    where = models.CharField(
        _("where"),
        max_length=20,
        choices=Highlight.Where,
        help_text=_("Which highlights; they are chosen and ordered under Highlights in the admin."),
    )

    def fits(self):
        return models.Q(claim__in=Highlight.objects.filter(where=self.where).values("claim"))

    def place(self):
        here = Highlight.objects.filter(where=self.where, claim=models.OuterRef("claim"))
        return models.Subquery(here.values("order")[:1])

    def __str__(self):
        return self.get_where_display()
