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
    """What a claim says, and of what kind it is: the columns that its working copy and its editions share."""

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
            "An output is what was made or delivered, an outcome what changed by it; context is nobody's achievement."
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
        """One more than any number that was ever given, deleted drafts included: a reference is used once."""
        return (self.model.history.aggregate(last=models.Max("number"))["last"] or 0) + 1

    def called(self, reference):
        """The one that readers know by this reference, as in E10, or none."""
        return (
            self.filter(number=int(reference[1:]))
            if re.fullmatch(r"[Ee][1-9][0-9]{0,8}", reference)
            else self.none()
        )

    def due(self):
        """What was decided to be public by now."""
        return self.filter(stage=Stage.SCHEDULED, publish_at__lte=timezone.now())


class Claim(Upkeep, Reviewed, Record, ClaimText):
    """Something an organisation says it has done, brought about, or holds true. Staff edit this working copy; readers see its editions."""

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
        words = shorten(self.statement, 60, placeholder="…")
        return f"{self.reference} {words}" if self.number else words

    def get_absolute_url(self):
        """The address of what is published; the working copy has none."""
        slug = self.current_edition.slug if self.current_edition else self.slug
        return reverse("claim", kwargs={"number": self.number, "slug": slug})

    def save(self, **kwargs):
        self.slug = self.slug or slug_of(self.statement)
        if self.number:
            super().save(**kwargs)
        else:
            self.save_with_new_number(**kwargs)

    def save_with_new_number(self, **kwargs):
        """Two people may add a claim at once: who comes second takes the number after."""
        while True:
            self.number = Claim.objects.next_number()
            try:
                with transaction.atomic():
                    return super().save(**kwargs)
            except IntegrityError:
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
        """The grade that the working copy would have if it were published now."""
        return grade_of(self.citations.all())

    def differs_from_published(self):
        return not self.current_edition or self.content() != self.current_edition.content()

    def content(self):
        return content_of(self)

    def check_publishable(self, reason=None):
        """Raise ValidationError for whatever would leave a reader without an answer.

        With `reason` given, even empty, also for a changed figure of which nobody says why.
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
        """Whether a figure that readers know is changed or gone; a figure that is added takes nothing from them."""
        if not self.current_edition:
            return False
        return not set(figures_of(self.current_edition)) <= set(figures_of(self))

    def enter_in_register(self):
        """Let the register find the claim by what readers see of it now, or not at all."""
        from .register import RegisterEntry

        RegisterEntry.objects.keep(self)

    def take_words_of(self, edition):
        """Make the working copy say what an edition says."""
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


def claim_of(words):
    """The claim that a working copy is, or that an edition is of."""
    return words if isinstance(words, Claim) else words.claim


def slug_of(statement, longest=60):
    """The first words of a statement as a part of an address."""
    words = slugify(statement)
    return (words if len(words) <= longest else words[:longest].rpartition("-")[0]) or "claim"


def content_of(claim_or_edition):
    """Everything that an edition freezes, as plain values: two that are equal say the same to a reader."""
    return (
        [
            getattr(claim_or_edition, f"{name}_id" if name == "organisation" else name)
            for name in ClaimText.text_fields()
        ],
        figures_of(claim_or_edition),
        [
            (c.source_id, c.passage_id, c.relation, c.independence, c.note)
            for c in claim_or_edition.citations.all()
        ],
    )


def figures_of(claim_or_edition):
    return [(f.label, f.qualifier, f.value, f.unit, f.as_of) for f in claim_or_edition.figures.all()]


def copy_of(row, **changes):
    """A new, unsaved row with the same values."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    copy = type(row)(**values)
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy
