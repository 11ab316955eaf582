from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models import Block, Source
from organisation.models.block import profiled_organisation

from .claim import Claim
from .claim_text import ClaimText
from .edition import Edition
from .highlight import Highlight
from .indicator import Indicator


class ClaimsBlock(Block):
    """A list of published claims, chosen one by one or by what they have in common."""

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

    def condition(self):
        chosen = ClaimsBlock.claims.through.objects.filter(claimsblock=self.pk)
        condition = models.Q(type=self.type) if self.type else ~models.Q(type=ClaimText.Type.CONTEXT)
        if self.organisation_id:
            condition &= models.Q(organisation=self.organisation_id)
        if self.source_id:
            condition &= models.Q(pk__in=Edition.objects.stated_by(self.source_id).values("pk"))
        return models.Q(claim__in=chosen.values("claim")) | (~models.Exists(chosen) & condition)


class HighlightsBlock(Block):
    """A list of the claims that staff put forward in one part of the site, in their order."""

    where = models.CharField(
        _("where"),
        max_length=20,
        choices=Highlight.Where,
        help_text=_("Which highlights; they are chosen and ordered under Highlights in the admin."),
    )

    def __str__(self):
        return self.get_where_display()

    def condition(self):
        return models.Q(claim__in=Highlight.objects.filter(where=self.where).values("claim"))

    def rank(self):
        highlights = Highlight.objects.filter(where=self.where, claim=models.OuterRef("claim"))
        return models.Subquery(highlights.values("order")[:1])


class IndicatorBlock(Block):
    """The result over time of one indicator: what it says, drawn, with its readings behind."""

    indicator = models.ForeignKey(
        Indicator,
        models.PROTECT,
        related_name="+",
        verbose_name=_("indicator"),
        help_text=_("Which one; without a heading above, its title is the heading."),
    )

    def __str__(self):
        return self.heading or str(self.indicator)

    def condition(self):
        return models.Q(pk=self.indicator_id)
