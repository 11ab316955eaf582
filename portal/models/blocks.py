from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models import Block


class ChartBlock(Block):
    """A chart that is computed from published records."""

    class Chart(models.TextChoices):
        TRAINING = "training", _("Reach of the training")
        PUBLICATIONS = "publications", _("Publications by year")
        CLAIMS = "claims", _("Claims by grade and organisation")

    chart = models.CharField(
        _("chart"),
        max_length=20,
        choices=Chart,
        help_text=_(
            "Every chart is computed from published records when the page is shown; "
            "change the record to change the chart."
        ),
    )

    def __str__(self):
        return self.heading or self.get_chart_display()
