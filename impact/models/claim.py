from textwrap import shorten

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from organisation.models import Record
from organisation.models.record import Upkeep, UpkeepQuerySet

from ..grades import grade_of
from .claim_text import ClaimText, content_of
from .copies import copy_of
from .numbered import Numbered, NumberedQuerySet
from .review import Reviewed, Stage


class ClaimQuerySet(NumberedQuerySet, UpkeepQuerySet):
    def awaited(self):
        """Returns those that a decision or a time makes public, or puts back, with the words they have."""
        withdrawn = self.model.objects.filter(current_edition=None).exclude(editions=None)
        waits = models.Q(stage__in=[Stage.SUBMITTED, Stage.SCHEDULED])
        return self.filter(waits | models.Q(pk__in=withdrawn.values("pk")))

    def with_unwritten_figures(self):
        """Returns those with a figure of which nobody has said how its number is written, or computed."""
        unwritten = self.model.objects.filter(figures__as_written="", figures__computed_from="")
        return self.filter(pk__in=unwritten.values("pk"))

    def due(self):
        """Returns the scheduled claims whose time has come."""
        return self.filter(stage=Stage.SCHEDULED, publish_at__lte=timezone.now())


class Claim(Numbered, Upkeep, Reviewed, Record, ClaimText):
    """Something an organisation says it has done, brought about, or holds true.

    Staff edit this working copy; readers see its editions.
    """

    is_public = False
    public_with = ()  # its review finds out itself what was changed meanwhile

    current_edition = models.OneToOneField(
        "impact.Edition",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("current edition"),
    )

    objects = ClaimQuerySet.as_manager()
    reference_letter = "E"
    natural_key_fields = ("number",)
    style_checked_fields = ("statement",)

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["number"]
        permissions = [("publish_claim", _("Can publish a claim"))]
        # Not db_index, with which PostgreSQL gets a second index for LIKE.
        indexes = [models.Index(fields=["stage"], name="claim_stage")]

    def __str__(self):
        excerpt = shorten(self.statement, 60, placeholder="…")
        return f"{self.reference} {excerpt}" if self.number else excerpt

    def save(self, **kwargs):
        self.slug = self.slug or slug_of(self.statement)
        super().save(**kwargs)

    def get_absolute_url(self):
        """Returns the address of the current edition; the working copy has none."""
        slug = self.current_edition.slug if self.current_edition else self.slug
        return reverse("claim", kwargs={"number": self.number, "slug": slug})

    @staticmethod
    def citations_of_drafts():
        return models.Q(content_type__app_label="impact", content_type__model="claim")

    @staticmethod
    def citations_of_withdrawn():
        withdrawn = Claim.objects.filter(current_edition=None).values("editions")
        return models.Q(
            content_type__app_label="impact",
            content_type__model="edition",
            object_id__in=withdrawn.exclude(editions=None),
        )

    @property
    def is_confirmation_public(self):
        return self.current_edition_id is not None

    @property
    def grade(self):
        """The grade that the working copy would get if it were published now."""
        return grade_of(self.citations.all())

    def content(self):
        return content_of(self)

    def update_register(self):
        """Brings the claim's entry in the register up to date with its current edition."""
        # The register imports this module.
        from .register import RegisterEntry

        RegisterEntry.objects.update_for(self)

    def copy_text_from(self, edition):
        """Makes the working copy equal to an edition: its text, figures and citations."""
        for name in ClaimText.text_fields():
            setattr(self, name, getattr(edition, name))
        self.save()
        for parts in (self.figures, self.citations):
            for part in parts.all():
                part.delete()
        self.figures.model.objects.copy_to(edition, claim=self)
        for citation in edition.citations.all():
            copy_of(citation, record=self).save()


def claim_of(claim_or_edition):
    """Returns the claim itself, or the claim that an edition belongs to."""
    return claim_or_edition if isinstance(claim_or_edition, Claim) else claim_or_edition.claim


def slug_of(statement, max_length=60):
    """Returns the first words of a statement as a slug; “claim” where none has a Latin letter or a digit."""
    slug = slugify(statement)
    return (slug if len(slug) <= max_length else slug[:max_length].rpartition("-")[0]) or "claim"
