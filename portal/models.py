"""What an editor sets for the blocks of a page that draw on every room."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from organisation.models import Block


class ChartBlock(Block):
    """One of the charts that are computed from published records."""

    class Chart(models.TextChoices):
        TRAINING = "training", _("Reach of the training")
        PUBLICATIONS = "publications", _("Publications by year")
        CLAIMS = "claims", _("Claims by grade and organisation")

    chart = models.CharField(
        _("chart"), max_length=20, choices=Chart,
        help_text=_("Every chart is computed from published records when the page is shown; change the record to change the chart."),
    )

    def __str__(self):
        return self.heading or self.get_chart_display()


class SeededPage(models.Model):
    """A page that seeding has made once: if it is gone, staff deleted it, and it stays deleted."""

    key = models.CharField(max_length=40, unique=True)

    class Meta:
        verbose_name = _("seeded page")
        verbose_name_plural = _("seeded pages")

    def __str__(self):
        return self.key
