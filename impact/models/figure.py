from django.db import models
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organisation.characters import PlainText
from organisation.dates import PartialDateField
from organisation.models.citation import PreUpdateQuerySet
from organisation.models.qualifier import Qualifier
from organisation.templatetags.records import figure_value

from .copies import copy_of
from .reading import READING_CONSTRAINTS, Reading


class FigureQuerySet(PreUpdateQuerySet):
    def current(self):
        """Returns those of the editions that readers see, with what a reading shows of its claim."""
        of_current = self.filter(edition__claim__current_edition=models.F("edition"))
        return of_current.select_related("indicator", "edition__claim", "edition__organisation")

    def copy_to(self, claim_or_edition, claim=None, edition=None):
        """Copies the figures of a claim or an edition with their parts to another owner."""
        figures = list(claim_or_edition.figures.prefetch_related("parts"))
        copies = [copy_of(figure, claim=claim, edition=edition) for figure in figures]
        if edition:
            self.bulk_create(copies)
        else:
            for copy in copies:
                copy.save()
        parts = [
            copy_of(part, figure=copy)
            for figure, copy in zip(figures, copies, strict=True)
            for part in figure.parts.all()
        ]
        self.model.parts.rel.related_model.objects.bulk_create(parts)


class Figure(PlainText, Reading, models.Model):
    """A number in a claim, with all that is needed to read it: qualifier, unit, and the day it holds for.

    One that names an indicator is a reading of it: it has a kind, and the period that it is of.
    """

    Qualifier = Qualifier

    claim = models.ForeignKey(
        "impact.Claim",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="figures",
        editable=False,
        db_index=False,  # the unique constraint begins with it
    )
    edition = models.ForeignKey(
        "impact.Edition", models.PROTECT, null=True, blank=True, related_name="figures", editable=False
    )
    label = models.CharField(
        _("label"),
        max_length=200,
        help_text=_("What the number tells, in a few words, for example “participants trained”."),
    )
    as_written = models.CharField(
        _("as written"),
        max_length=100,
        blank=True,
        help_text=_(
            "The number letter by letter as the statement and the passage have it, "
            "for example “over 4,500” or “one in six”."
        ),
    )
    qualifier = models.CharField(
        _("qualifier"),
        max_length=20,
        choices=Qualifier,
        blank=True,
        default=Qualifier.NONE,
        help_text=_("The word the source puts before the number."),
    )
    value = models.DecimalField(
        _("value"),
        max_digits=20,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Digits only, for example 4500."),
    )
    unit = models.CharField(
        _("unit"),
        max_length=100,
        help_text=_("What is counted, for example “participants”."),
        error_messages={
            "blank": _("A figure needs a unit: say what is counted, for example “participants”."),
            "required": _("A figure needs a unit: say what is counted, for example “participants”."),
        },
    )
    as_of = PartialDateField(_("as of"), help_text=_("The day it holds for. Empty reads “not stated”."))
    computed_from = models.TextField(
        _("computed from"),
        blank=True,
        help_text=_(
            "Only where no passage says the number: the words that it was computed from, copied from the "
            "passages that the claim cites, one quotation a line. Readers see them."
        ),
    )
    computation = models.CharField(
        _("how it was computed"),
        max_length=300,
        blank=True,
        help_text=_("For readers, for example “the two numbers added”."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("Lower comes first."))
    history = HistoricalRecords(no_db_index=["edition", "indicator"])

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="figure_of_claim_or_edition",
                condition=models.Q(claim__isnull=False, edition__isnull=True)
                | models.Q(claim__isnull=True, edition__isnull=False),
            ),
            models.CheckConstraint(
                name="figure_has_unit",
                condition=~models.Q(unit=""),
                violation_error_message=_("A figure needs a unit: say what is counted."),
            ),
            models.UniqueConstraint(fields=["claim", "label"], name="figure_label_once_a_claim"),
            models.CheckConstraint(
                name="figure_computed_from_words_in_a_way",
                condition=models.Q(computed_from="", computation="")
                | (~models.Q(computed_from="") & ~models.Q(computation="")),
                violation_error_message=_(
                    "Give both, the words that the figure was computed from and how, or neither."
                ),
            ),
            *READING_CONSTRAINTS,
        ]

    def __str__(self):
        if self.value is None:
            return self.as_written
        qualifier = self.get_qualifier_display() if self.qualifier else ""
        return " ".join(filter(None, [qualifier, f"{self.value.normalize():f}", self.unit]))

    @property
    def text(self):
        """The figure as it reads in a sentence: “over 4,500 participants”."""
        if not self.is_counted:
            return self.answer
        parts = {
            "qualifier": self.get_qualifier_display(),
            "value": figure_value(self.value),
            "unit": self.unit,
        }
        return (
            gettext("%(qualifier)s %(value)s %(unit)s") if self.qualifier else gettext("%(value)s %(unit)s")
        ) % parts

    @property
    def brief(self):
        """The figure where there is no room for its origin: “over 4,500 participants (computed)”."""
        return gettext("%(figure)s (computed)") % {"figure": self.text} if self.computed_from else self.text

    @property
    def computed_from_quotations(self):
        return [line.strip() for line in self.computed_from.splitlines() if line.strip()]

    @property
    def origin(self):
        """How the figure was computed, for readers; empty for one that its source says itself."""
        if not self.computed_from:
            return ""
        quotations = [gettext("“%(words)s”") % {"words": words} for words in self.computed_from_quotations]
        return gettext("Computed from %(words)s: %(computation)s") % {
            "words": get_text_list(quotations, gettext("and")),
            "computation": self.computation,
        }
