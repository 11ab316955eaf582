from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from organisation.dates import PartialDateField
from organisation.models import Organisation, Record, Source
from organisation.models.record import RecordQuerySet

from .numbered import Numbered, NumberedQuerySet


class IndicatorQuerySet(NumberedQuerySet, RecordQuerySet):
    def in_order(self):
        return self.select_related("organisation").order_by("number")


class Indicator(Numbered, Record):
    """An indicator is what an organisation counts again and again, to see what has come of its work.

    Its readings are the figures of claims that name it. Absences say of which period there is none, and why.
    """

    class Measure(models.TextChoices):
        NUMBER = "number", _("number")
        PERCENTAGE = "percentage", _("percentage")
        YES_NO = "yes or no", _("yes or no")
        WORDS = "words", _("words")

    class Direction(models.TextChoices):
        UP = "up", _("more is better")
        DOWN = "down", _("less is better")
        NEITHER = "neither", _("neither is better")

    class Level(models.TextChoices):
        ACTIVITY = "activity", _("activity")
        OUTPUT = "output", _("output")
        OUTCOME = "outcome", _("outcome")
        IMPACT = "impact", _("impact")

    class Timing(models.TextChoices):
        PERIOD = "period", _("over a period")
        DAY = "day", _("on a day")

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="indicators",
        verbose_name=_("organisation"),
        help_text=_("Whose result it is, or who reports it."),
    )
    title = models.CharField(
        _("title"),
        max_length=200,
        help_text=_("A few neutral words, for example “Children back in school”."),
    )
    slug = models.SlugField(
        _("address"),
        max_length=100,
        blank=True,
        db_index=False,  # indicators are found by their number
        help_text=_(
            "The words after the reference in its address, which never change. "
            "Left empty, they are made from the title."
        ),
    )
    unit = models.CharField(
        _("unit"),
        max_length=100,
        help_text=_("What is counted, for example “children”; of a percentage “per cent”."),
        error_messages={
            "blank": _("An indicator needs a unit: say what is counted, for example “children”.")
        },
    )
    measure = models.CharField(
        _("measured as"),
        max_length=20,
        choices=Measure,
        default=Measure.NUMBER,
        help_text=_("How it is given."),
    )
    timing = models.CharField(
        _("counted"),
        max_length=20,
        choices=Timing,
        default=Timing.PERIOD,
        help_text=_(
            "What happens over a period is drawn as a bar of its own for each; what is there on a day, "
            "such as members, is drawn as a line from day to day."
        ),
    )
    direction = models.CharField(
        _("direction"),
        max_length=20,
        choices=Direction,
        default=Direction.NEITHER,
        help_text=_(
            "With “neither”, nothing is said of a rise or a fall, and of how much of a target is reached."
        ),
    )
    level = models.CharField(
        _("level"),
        max_length=20,
        choices=Level,
        blank=True,
        help_text=_(
            "An activity is what was done, an output what was made or delivered, an outcome what changed "
            "by it, and impact what lasts of that. Empty reads “not stated”."
        ),
    )
    may_be_added_up = models.BooleanField(
        _("may be added up"),
        default=False,
        help_text=_("Tick where the readings of several periods give a true sum: nobody is counted in two."),
    )
    how_counted = models.TextField(
        _("how it is counted"),
        blank=True,
        help_text=_(
            "For readers: who or what counts, who does it, and when. Cite the document that says so."
        ),
    )
    double_counting = models.TextField(
        _("known double counting"),
        blank=True,
        help_text=_("For example “A child who leaves and returns in two years counts in both.”"),
    )
    changed_on = PartialDateField(
        _("counted differently since"),
        help_text=_("From when on it is counted otherwise than before. Empty where nothing is known of it."),
    )
    change = models.TextField(
        _("what is counted differently"),
        blank=True,
        help_text=_("For example “Schools of the northern coast are included.”"),
    )
    change_source = models.ForeignKey(
        Source,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("the change is stated by"),
        help_text=_("The document that says since when it is counted differently."),
    )

    objects = IndicatorQuerySet.as_manager()
    reference_letter = "I"
    natural_key_fields = ("number",)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                name="indicator_has_unit",
                condition=~models.Q(unit=""),
                violation_error_message=_("An indicator needs a unit: say what is counted."),
            ),
            models.CheckConstraint(
                name="indicator_change_with_source",
                condition=models.Q(changed_on="", change="", change_source__isnull=True)
                | (~models.Q(changed_on="") & ~models.Q(change="") & models.Q(change_source__isnull=False)),
                violation_error_message=_(
                    "Give all three, since when it is counted differently, what is different, and the "
                    "document that says so, or none of them."
                ),
            ),
            models.CheckConstraint(
                name="indicator_in_words_has_no_sum",
                condition=models.Q(may_be_added_up=False) | models.Q(measure="number", timing="period"),
                violation_error_message=_(
                    "Only numbers that are counted over a period can be added up: take the tick away."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.title}" if self.number else self.title

    def clean(self):
        super().clean()
        self.slug = self.slug or slug_of(self.title)

    def save(self, **kwargs):
        self.slug = self.slug or slug_of(self.title)
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("indicator", kwargs={"number": self.number, "slug": self.slug})

    @property
    def is_counted(self):
        """True where its readings are numbers, which can be compared and drawn by their height."""
        return self.measure in (self.Measure.NUMBER, self.Measure.PERCENTAGE)


def slug_of(title):
    """Returns a title as a slug; “indicator” where it has no Latin letter and no digit."""
    return slugify(title)[:100].strip("-") or "indicator"
