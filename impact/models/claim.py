from textwrap import shorten

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from organisation.dates import PartialDateField
from organisation.models import Organisation, Record
from organisation.models.record import RecordQuerySet
from simple_history.models import HistoricalRecords

from ..grades import grade_of


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
        Organisation, models.PROTECT, related_name="%(class)ss", verbose_name=_("organisation"), help_text=_("Who says it.")
    )
    statement = models.TextField(
        _("statement"), help_text=_("The speaker's own words, without list signs, for example “We have signed MoUs with 4 countries”.")
    )
    subject = models.CharField(
        _("subject"), max_length=200,
        help_text=_("What it is about, in the same words for all claims on the matter: claims are compared by it."),
    )
    theme = models.CharField(_("theme"), max_length=30, choices=Theme, help_text=_("The field of work it belongs to."))
    type = models.CharField(
        _("type"), max_length=20, choices=Type,
        help_text=_("An output is what was made or delivered, an outcome what changed by it; context is nobody's achievement."),
    )
    role = models.CharField(
        _("role claimed"), max_length=20, choices=Role, blank=True,
        help_text=_("The part that the organisation says it played. Leave empty for context."),
    )
    together_with = models.CharField(
        _("together with"), max_length=300, blank=True, help_text=_("Who else the source names as having a part in it.")
    )
    slug = models.SlugField(
        _("address"), max_length=100, blank=True,
        help_text=_("The words after the reference in its address. Left empty, they are made from the statement."),
    )
    as_of = PartialDateField(_("as of"), help_text=_("The day it holds for. Empty reads “not stated”."))
    limitations = models.TextField(
        _("limitations"), blank=True, help_text=_("What a reader must know before relying on it, in our own words.")
    )

    class Meta:
        abstract = True

    @classmethod
    def text_fields(cls):
        return [field.name for field in ClaimText._meta.fields]


class ClaimQuerySet(RecordQuerySet):
    def next_number(self):
        """One more than any number that was ever given, deleted drafts included: a reference is used once."""
        return (self.model.history.aggregate(last=models.Max("number"))["last"] or 0) + 1


class Claim(Record, ClaimText):
    """Something an organisation says it has done, brought about, or holds true. Staff edit this working copy; readers see its editions."""

    number = models.PositiveIntegerField(_("number"), unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner"),
        help_text=_("Who sees to it that the claim stays true."),
    )
    review_by = models.DateField(_("review by"), null=True, blank=True, help_text=_("The day by which the owner looks at it again."))
    current_edition = models.OneToOneField(
        "impact.Edition", models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("current edition")
    )

    objects = ClaimQuerySet.as_manager()
    known_by = ("number",)

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

    def check_publishable(self):
        """Raise ValidationError for whatever would leave a reader without an answer."""
        problems = []
        if not self.citations.exists():
            problems.append(_("The claim has no source: add a citation with the passage it comes from."))
        problems += [
            _("The figure “%(figure)s” has no unit: say what is counted.") % {"figure": figure}
            for figure in self.figures.all() if not figure.unit
        ]
        if problems:
            raise ValidationError(problems)

    @transaction.atomic
    def publish(self, by, reason=""):
        """Freeze the working copy as the next edition, with its figures and citations, and make it the current one."""
        from .edition import Edition

        claim = Claim.objects.select_for_update(of=("self",)).get(pk=self.pk)
        claim.check_publishable()
        edition = Edition.objects.freeze(claim, by, reason)
        claim.current_edition = self.current_edition = edition
        claim.skip_history_when_saving = True  # the edition is the record of it; the working copy has not changed
        claim.save(update_fields=["current_edition"])
        return edition


class Figure(models.Model):
    """A number that a claim gives, with everything needed to read it: qualifier, unit, and the day it holds for."""

    class Qualifier(models.TextChoices):
        NONE = "", _("none")
        EXACTLY = "exactly", _("exactly")
        OVER = "over", _("over")
        MORE_THAN = "more than", _("more than")
        AT_LEAST = "at least", _("at least")
        NEARLY = "nearly", _("nearly")
        ABOUT = "about", _("about")
        UP_TO = "up to", _("up to")

    claim = models.ForeignKey("impact.Claim", models.CASCADE, null=True, blank=True, related_name="figures", editable=False)
    edition = models.ForeignKey("impact.Edition", models.PROTECT, null=True, blank=True, related_name="figures", editable=False)
    label = models.CharField(
        _("label"), max_length=200, help_text=_("What the number tells, in a few words, for example “participants trained”.")
    )
    qualifier = models.CharField(
        _("qualifier"), max_length=20, choices=Qualifier, blank=True, default=Qualifier.NONE, help_text=_("The word the source puts before the number.")
    )
    value = models.DecimalField(
        _("value"), max_digits=20, decimal_places=2, validators=[MinValueValidator(0)], help_text=_("Digits only, for example 4500.")
    )
    unit = models.CharField(
        _("unit"), max_length=100, help_text=_("What is counted, for example “participants”."),
        error_messages={
            "blank": _("A figure needs a unit: say what is counted, for example “participants”."),
            "required": _("A figure needs a unit: say what is counted, for example “participants”."),
        },
    )
    as_of = PartialDateField(_("as of"), help_text=_("The day it holds for. Empty reads “not stated”."))
    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("Lower comes first."))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="figure_of_claim_or_edition",
                condition=models.Q(claim__isnull=False, edition__isnull=True) | models.Q(claim__isnull=True, edition__isnull=False),
            ),
            models.CheckConstraint(name="figure_has_unit", condition=~models.Q(unit=""), violation_error_message=_("A figure needs a unit: say what is counted.")),
            models.UniqueConstraint(fields=["claim", "label"], name="figure_label_once_a_claim"),
        ]

    def __str__(self):
        return " ".join(filter(None, [self.get_qualifier_display() if self.qualifier else "", f"{self.value.normalize():f}", self.unit]))


def slug_of(statement, longest=60):
    """The first words of a statement as a part of an address."""
    words = slugify(statement)
    return (words if len(words) <= longest else words[:longest].rpartition("-")[0]) or "claim"


def content_of(claim_or_edition):
    """Everything that an edition freezes, as plain values: two that are equal say the same to a reader."""
    return (
        [getattr(claim_or_edition, f"{name}_id" if name == "organisation" else name) for name in ClaimText.text_fields()],
        [(f.label, f.qualifier, f.value, f.unit, f.as_of) for f in claim_or_edition.figures.all()],
        [(c.source_id, c.passage_id, c.relation, c.independence, c.note) for c in claim_or_edition.citations.all()],
    )
