from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce, Length
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from ..dates import PartialDateField
from .organisation import Organisation
from .quoting import Quoting
from .record import Record, RecordQuerySet


class MilestoneQuerySet(RecordQuerySet):
    def in_order(self):
        """Orders by date; milestones that no source dates come last."""
        return self.order_by(models.Case(models.When(date="", then=1), default=0), "date", "order", "pk")

    def events(self):
        """Returns, of each event that one of these tells, the milestone that tells it first, in order.

        With it come all others that tell it, as `other_tellings`, and the evidence of all. `event_date` is
        the most precise date that any of them gives; of equally precise ones, that of the first.
        """
        others = Milestone.objects.select_related("organisation").with_evidence().in_order()
        dates = dates_of_event(models.OuterRef("pk"))
        firsts = Milestone.objects.filter(pk__in=firsts_of(self)).select_related("organisation")
        return (
            firsts.annotate(event_date=models.Subquery(dates))
            .order_by(models.Case(models.When(event_date="", then=1), default=0), "event_date", "order", "pk")
            .with_evidence()
            .prefetch_related(models.Prefetch("other_tellings", others))
        )


def firsts_of(milestones):
    """Returns the query for the keys of the milestones that tell first what these tell."""
    return milestones.order_by().annotate(first=Coalesce("same_event_as", "pk")).values("first")


def dates_of_event(first):
    """Returns the query for the date of the event that a milestone with this key tells first."""
    tellings = Milestone.objects.alias(first=Coalesce("same_event_as", "pk")).filter(first=first)
    tellings = tellings.order_by(Length("date").desc(), Coalesce("same_event_as", 0), "order", "pk")
    return tellings.values("date")[:1]


def same_events(condition):
    """Returns the Q of the milestones that meet a condition, and of all that tell the same events."""
    firsts = firsts_of(Milestone.objects.filter(condition))
    return models.Q(pk__in=firsts) | models.Q(same_event_as__in=firsts)


class Milestone(Quoting, Record):
    """A milestone is a moment in an organisation's history, in the words of its source."""

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="milestones",
        db_index=False,  # the unique constraint begins with it
        verbose_name=_("organisation"),
        help_text=_("Whose history it belongs to."),
    )
    slug = models.SlugField(
        _("name for good"),
        db_index=False,
        help_text=_("A short name that never changes, for example “founded”."),
    )
    same_event_as = models.ForeignKey(
        "self",
        models.SET_NULL,
        related_name="other_tellings",
        null=True,
        blank=True,
        verbose_name=_("tells the same event as"),
        help_text=_(
            "The milestone that tells this event already, of the same organisation or of one that came "
            "before or after it: readers see one event, with all that is said of it. "
            "Leave it empty for any other."
        ),
    )
    date = PartialDateField(
        _("date"), help_text=_("As precise as the source: 2002, 1998-05. Leave empty if it gives none.")
    )
    title = models.CharField(
        _("title"), max_length=200, help_text=_("A few neutral words of ours, for example “Founded”.")
    )
    text = models.TextField(
        _("text"), help_text=_("What the source says, in its words; mends are kept with the passage.")
    )
    order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Among events of the same date: lower comes first.")
    )

    objects = MilestoneQuerySet.as_manager()
    natural_key_fields = ("organisation", "slug")

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["date", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="milestone_address_once"),
            models.CheckConstraint(
                name="milestone_tells_no_event_as_itself",
                condition=~models.Q(same_event_as=models.F("pk")),
                violation_error_message=_(
                    "A milestone cannot tell the same event as itself: choose another, or leave it empty."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.organisation}: {self.title}"

    def clean(self):
        super().clean()
        if self.same_event_as_id and self.same_event_as_id != self.pk:
            check_same_event(self, self.same_event_as)

    @property
    def key(self):
        """Returns what names it in tables and fixtures: “harbour-aid/founded”."""
        return f"{self.organisation.slug}/{self.slug}"

    @classmethod
    def with_key(cls, key):
        """Returns the milestone that a key names; None if there is none."""
        organisation, _slash, slug = key.partition("/")
        return cls.objects.filter(organisation__slug=organisation, slug=slug).first()


def check_same_event(milestone, first):
    """Raises ValidationError where two milestones cannot tell one event, or would form a chain."""
    from ..lineage import current_lineage

    names = {"first": first}
    if first.same_event_as:
        sentence = _("“%(first)s” tells the same event as “%(its_first)s”: choose that one.")
        names["its_first"] = first.same_event_as
    elif other := milestone.pk and milestone.other_tellings.order_by("pk").first():
        sentence = _(
            "“%(other)s” tells the same event as this one, which is told first here: "
            "let “%(first)s” tell the same event as this one, or change the other before."
        )
        names["other"] = other
    elif first.organisation_id not in current_lineage().related([milestone.organisation_id]):
        sentence = _(
            "“%(first)s” is of another organisation, which came neither before this one nor after it: "
            "choose a milestone of the same line."
        )
    else:
        return
    raise ValidationError({"same_event_as": ValidationError(sentence, code="same event", params=names)})


@receiver(pre_delete, sender=Milestone)
def tell_first(instance, **kwargs):
    """Lets the next of those that tell the event tell it first, so that they stay one event."""
    others = list(instance.other_tellings.order_by("order", "pk"))
    for each in others:
        each.same_event_as = None if each is others[0] else others[0]
        each.save()
