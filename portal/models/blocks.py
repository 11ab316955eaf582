from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from impact.models import Claim, Edition
from organisation.models import Block
from organisation.models.block import profiled_organisation


def year_field(name):
    return models.PositiveSmallIntegerField(
        name,
        null=True,
        blank=True,
        validators=[MinValueValidator(1000), MaxValueValidator(9999)],
        help_text=_("Of the chart of publications."),
    )


class ChartBlock(Block):
    """A chart that is computed from published records; an editor chooses which it shows."""

    MAX_YEARS = 30  # more are no drawing that anybody could read

    class Chart(models.TextChoices):
        FIGURES = "figures", _("Figures of a claim")
        PUBLICATIONS = "publications", _("Publications by year")
        CLAIMS = "claims", _("Claims by grade and organisation")
        VALUES = "values", _("Values that texts give on the subject of a claim")

    chart = models.CharField(
        _("chart"),
        max_length=20,
        choices=Chart,
        help_text=_(
            "Every chart is computed from published records when the page is shown; "
            "change the record to change the chart."
        ),
    )
    claim = models.ForeignKey(
        Claim,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("claim"),
        help_text=_("Whose figures are drawn. Leave it empty for the other charts."),
    )
    organisation = profiled_organisation(
        null=True,
        blank=True,
        help_text=_("Whose publications are counted. Leave it empty for the other charts."),
    )
    first_year = year_field(_("first year"))
    last_year = year_field(_("last year"))

    def __str__(self):
        return self.heading or self.get_chart_display()

    def condition(self):
        """Returns the Q of the editions whose figures are drawn; the other charts count what is on record."""
        if not self.is_of_claim:
            return models.Q(pk__in=[])
        of_claim = models.Q(claim=self.claim_id)
        if self.chart == self.Chart.FIGURES:
            return of_claim
        own = Edition.objects.current().exclude(subject="").filter(of_claim)
        return of_claim | models.Q(subject__in=own.order_by().values("subject"))

    @property
    def is_of_claim(self):
        return self.chart in (self.Chart.FIGURES, self.Chart.VALUES)

    def clean(self):
        super().clean()
        years = (self.first_year, self.last_year)
        of_publications = (self.organisation_id, *years)
        if self.is_of_claim:
            self.check_choice(
                self.claim_id and not any(of_publications),
                _("Choose the claim whose figures are drawn, and nothing below it."),
            )
        elif self.chart == self.Chart.PUBLICATIONS:
            self.check_choice(
                all(of_publications) and not self.claim_id,
                _("Choose no claim, but whose publications are counted, and the first and the last year."),
            )
            self.check_choice(
                0 <= self.last_year - self.first_year < self.MAX_YEARS,
                _("The last year is not before the first, and there are at most %(count)d: change one.")
                % {"count": self.MAX_YEARS},
            )
        elif self.chart == self.Chart.CLAIMS:
            self.check_choice(
                not any((self.claim_id, *of_publications)),
                _("This chart counts every claim: leave everything below it empty."),
            )

    @staticmethod
    def check_choice(is_right, sentence):
        if not is_right:
            raise ValidationError({"chart": sentence})
