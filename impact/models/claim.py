import re
from textwrap import shorten

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from organisation.dates import PartialDateField
from organisation.models import Organisation, Record
from organisation.models.record import Upkeep, UpkeepQuerySet

from ..grades import grade_of
from .review import Reviewed, Stage


class ClaimText(models.Model):
    """The words and the classification of a claim, which its working copy and its editions share."""

    class Theme(models.TextChoices):
        LAW = "law and standards", _("law and standards")
        PEACEKEEPING = "peacekeeping and doctrine", _("peacekeeping and doctrine")
        TRAINING = "training", _("training")
        RESEARCH = "research and publications", _("research and publications")
        ADVOCACY = "advocacy", _("advocacy")
        NETWORKS = "networks", _("networks")
        REINTEGRATION = "reintegration", _("reintegration")

    class Type(models.TextChoices):
        ACTIVITY = "activity", _("activity")
        OUTPUT = "output", _("output")
        OUTCOME = "outcome", _("outcome")
        ADVOCACY = "advocacy", _("advocacy")
        MEMBERSHIP = "membership", _("membership")
        ENDORSEMENT = "endorsement", _("endorsement")
        CONTEXT = "context", _("context")

    class Role(models.TextChoices):
        LED = "led", _("led")
        CO_DRAFTED = "co-drafted", _("co-drafted")
        CONTRIBUTED = "contributed", _("contributed")
        INFLUENCED = "influenced", _("influenced")
        ATTENDED = "hosted or attended", _("hosted or attended")
        MEMBER = "member", _("member")
        DELIVERED = "delivered", _("delivered")

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="%(class)ss",
        verbose_name=_("organisation"),
        help_text=_("Who says it."),
    )
    statement = models.TextField(
        _("statement"),
        help_text=_(
            "The speaker's own words, without list signs, for example “We have signed MoUs with 4 countries”."
        ),
    )
    subject = models.CharField(
        _("subject"),
        max_length=200,
        blank=True,
        help_text=_(
            "What it is about, in the same words for all claims on the matter: claims are compared by it."
        ),
    )
    theme = models.CharField(
        _("theme"), max_length=30, choices=Theme, blank=True, help_text=_("The field of work it belongs to.")
    )
    type = models.CharField(
        _("type"),
        max_length=20,
        choices=Type,
        blank=True,
        help_text=_(
            "An output is what was made or delivered, an outcome what changed by it; "
            "context is nobody's achievement."
        ),
    )
    role = models.CharField(
        _("role claimed"),
        max_length=20,
        choices=Role,
        blank=True,
        help_text=_("The part that the organisation says it played. Leave empty for context."),
    )
    together_with = models.CharField(
        _("together with"),
        max_length=300,
        blank=True,
        help_text=_("Who else the source names as having a part in it."),
    )
    slug = models.SlugField(
        _("address"),
        max_length=100,
        blank=True,
        help_text=_(
            "The words after the reference in its address. Left empty, they are made from the statement."
        ),
    )
    as_of = PartialDateField(_("as of"), help_text=_("The day it holds for. Empty reads “not stated”."))
    limitations = models.TextField(
        _("limitations"),
        blank=True,
        help_text=_("What a reader must know before relying on it, in our own words."),
    )

    class Meta:
        abstract = True

    @classmethod
    def text_fields(cls):
        return [field.name for field in ClaimText._meta.fields]


class ClaimQuerySet(UpkeepQuerySet):
    def next_number(self):
        """Returns one more than any number that was ever given, deleted drafts included.

        Readers quote references, so none is given twice.
        """
        return (self.model.history.aggregate(last=models.Max("number"))["last"] or 0) + 1

    def by_reference(self, reference):
        """Returns a queryset of the claim with a reference such as E10; empty where there is none."""
        return (
            self.filter(number=int(reference[1:]))
            if re.fullmatch(r"[Ee][1-9][0-9]{0,8}", reference)
            else self.none()
        )

    def due(self):
        """Returns the scheduled claims whose time has come."""
        return self.filter(stage=Stage.SCHEDULED, publish_at__lte=timezone.now())


class Claim(Upkeep, Reviewed, Record, ClaimText):
    """Something an organisation says it has done, brought about, or holds true.

    Staff edit this working copy; readers see its editions.
    """

    number = models.PositiveIntegerField(_("number"), unique=True, editable=False)
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
    natural_key_fields = ("number",)
    style_checked_fields = ("statement",)

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["number"]
        permissions = [("publish_claim", _("Can publish a claim"))]

    def __str__(self):
        excerpt = shorten(self.statement, 60, placeholder="…")
        return f"{self.reference} {excerpt}" if self.number else excerpt

    def save(self, **kwargs):
        self.slug = self.slug or slug_of(self.statement)
        if self.number:
            super().save(**kwargs)
        else:
            self.save_with_new_number(**kwargs)

    def get_absolute_url(self):
        """Returns the address of the current edition; the working copy has none."""
        slug = self.current_edition.slug if self.current_edition else self.slug
        return reverse("claim", kwargs={"number": self.number, "slug": slug})

    def save_with_new_number(self, **kwargs):
        """Takes the next free number, and tries again when somebody else took it meanwhile."""
        while True:
            self.number = Claim.objects.next_number()
            try:
                with transaction.atomic():
                    return super().save(**kwargs)
            except IntegrityError:
                # Any other constraint would fail for ever.
                if not Claim.objects.filter(number=self.number).exists():
                    raise

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
    def reference(self):
        return f"E{self.number}" if self.number else "–"

    @property
    def grade(self):
        """The grade that the working copy would get if it were published now."""
        return grade_of(self.citations.all())

    def differs_from_published(self):
        return not self.current_edition or self.content() != self.current_edition.content()

    def content(self):
        return content_of(self)

    def check_publishable(self, reason=None):
        """Raises ValidationError for whatever would leave a reader without an answer.

        With `reason` given, even empty, also for a published figure that changes without one.
        """
        problems = []
        if not self.citations.exists():
            problems.append(_("The claim has no source: add a citation with the passage it comes from."))
        for name in ("subject", "theme", "type"):
            if not getattr(self, name):
                problems.append(
                    _("“%(field)s” is empty: fill it in.")
                    % {"field": self._meta.get_field(name).verbose_name}
                )
        problems += [
            _("The figure “%(figure)s” has no unit: say what is counted.") % {"figure": figure}
            for figure in self.figures.all()
            if not figure.unit
        ]
        if reason is not None and not reason.strip() and self.figures_differ_from_published():
            problems.append(_("A published figure changes: say why, for readers see the reason."))
        if problems:
            raise ValidationError(problems)

    def figures_differ_from_published(self):
        """Returns True if a published figure is changed or gone; an added one takes nothing from readers."""
        if not self.current_edition:
            return False
        return not set(figures_of(self.current_edition)) <= set(figures_of(self))

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
        for figure in edition.figures.all():
            copy_of(figure, claim=self, edition=None).save()
        for citation in edition.citations.all():
            copy_of(citation, record=self).save()


def claim_of(claim_or_edition):
    """Returns the claim itself, or the claim that an edition belongs to."""
    return claim_or_edition if isinstance(claim_or_edition, Claim) else claim_or_edition.claim


def slug_of(statement, max_length=60):
    """Returns the first words of a statement as a slug; “claim” where none has a Latin letter or a digit."""
    slug = slugify(statement)
    return (slug if len(slug) <= max_length else slug[:max_length].rpartition("-")[0]) or "claim"


def content_of(claim_or_edition):
    """Returns everything that an edition freezes as plain values, to compare and to fingerprint."""
    return (
        [
            getattr(claim_or_edition, f"{name}_id" if name == "organisation" else name)
            for name in ClaimText.text_fields()
        ],
        figures_of(claim_or_edition),
        [
            (each.source_id, each.passage_id, each.relation, each.independence, each.note)
            for each in claim_or_edition.citations.all()
        ],
    )


def figures_of(claim_or_edition):
    return [
        (each.label, each.qualifier, each.value, each.unit, each.as_of)
        for each in claim_or_edition.figures.all()
    ]


def copy_of(row, **changes):
    """Returns a new, unsaved row with the same values, but for the key and the changes."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    copy = type(row)(**values)
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy
