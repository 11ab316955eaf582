from copy import copy

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from impact.models import Claim
from organisation.dates import partial_date_text
from organisation.models import Milestone, Record
from organisation.models.milestone import dates_of_event
from organisation.models.record import RecordQuerySet, prefetch_evidence
from organisation.quotation import check_unsaid
from organisation.style_checks import check_style

from .instrument import Instrument
from .story import StoryOfChange

# An instrument whose day is taken back was perhaps never in force.
HAS_PUBLIC_RECORD = (
    models.Q(milestone__isnull=False)
    | models.Q(claim__current_edition__isnull=False)
    | (models.Q(event="adopted") & ~models.Q(instrument__adopted=""))
    | (models.Q(event="in force") & ~models.Q(instrument__in_force=""))
)


class FoldQuerySet(RecordQuerySet):
    def with_public_record(self):
        """Returns the folds that point at a record which readers see."""
        return self.filter(HAS_PUBLIC_RECORD)

    def public(self):
        """Returns the folds that readers see: of stories of which something is left."""
        stories = StoryOfChange.objects.public().order_by().values("pk")
        return self.filter(HAS_PUBLIC_RECORD | ~models.Q(not_on_record=""), story__in=stories)

    def in_full(self):
        """Fetches what a fold shows, but the evidence, with the date of the event that a milestone tells."""
        first = Coalesce(models.OuterRef("milestone__same_event_as"), models.OuterRef("milestone"))
        return self.select_related(
            "story",
            "claim__current_edition__organisation",
            "claim__current_edition__claim__current_edition",
            "milestone__organisation",
            "instrument__body",
        ).annotate(milestone_date=models.Subquery(dates_of_event(first)))


def fold_condition(**given):
    """Returns the Q of a fold that points at what is given, and at nothing else."""
    fields = ("claim", "milestone", "instrument")
    points = models.Q(**{f"{name}__isnull": name not in given for name in fields})
    says = models.Q(not_on_record="")
    return points & (~says if "not_on_record" in given else says)


class Fold(Record):
    """A fold of a story points at one record, whose words it tells, or says what is not on record."""

    class Event(models.TextChoices):
        NONE = "", _("none")
        ADOPTED = "adopted", _("adopted or issued")
        IN_FORCE = "in force", _("in force")

    story = models.ForeignKey(
        StoryOfChange,
        models.CASCADE,
        related_name="folds",
        verbose_name=_("story"),
        db_index=False,
        help_text=_("The story that it is a part of."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("Lower comes first."))
    heading = models.CharField(
        _("heading"),
        max_length=60,
        blank=True,
        help_text=_(
            "A few words without a date, for example “And then?”. "
            "Left empty, it is the date of the record, as precise as its source."
        ),
    )
    claim = models.ForeignKey(
        Claim,
        models.CASCADE,
        related_name="folds",
        null=True,
        blank=True,
        verbose_name=_("claim"),
        help_text=_("It is told in its own words, once it is published."),
    )
    milestone = models.ForeignKey(
        Milestone,
        models.CASCADE,
        related_name="folds",
        null=True,
        blank=True,
        verbose_name=_("milestone"),
        help_text=_("Instead of a claim: it is told in its own words."),
    )
    instrument = models.ForeignKey(
        Instrument,
        models.CASCADE,
        related_name="folds",
        null=True,
        blank=True,
        verbose_name=_("instrument"),
        help_text=_("Instead of a claim: what became of it is told, with its day."),
    )
    event = models.CharField(
        _("what became of the instrument"),
        max_length=20,
        choices=Event,
        blank=True,
        default=Event.NONE,
        help_text=_("Of an instrument alone: which of its two days is told."),
    )
    not_on_record = models.TextField(
        _("not on record"),
        blank=True,
        help_text=_("Instead of a record: the sentence that says what is not on record."),
    )
    remark = models.TextField(
        _("sentence of ours"),
        blank=True,
        help_text=_("One sentence after the words of the record, for example on whose word it rests."),
    )

    # Set where a story is told in brief: the fold before it tells of the same instrument.
    is_same_instrument = False

    objects = FoldQuerySet.as_manager()
    natural_key_fields = ("story", "order")

    class Meta:
        verbose_name = _("fold")
        verbose_name_plural = _("folds")
        ordering = ["story", "order", "pk"]
        indexes = [models.Index(fields=["story", "order"], name="fold_of_story")]
        constraints = [
            models.CheckConstraint(
                name="fold_points_at_one_thing",
                condition=fold_condition(claim=1)
                | fold_condition(milestone=1)
                | fold_condition(instrument=1)
                | fold_condition(not_on_record=1),
                violation_error_message=_(
                    "A fold tells one thing: choose a claim, a milestone or an instrument, "
                    "or say what is not on record."
                ),
            ),
            models.CheckConstraint(
                name="fold_event_of_an_instrument",
                condition=models.Q(instrument__isnull=True, event="")
                | (models.Q(instrument__isnull=False) & ~models.Q(event="")),
                violation_error_message=_(
                    "Say of an instrument which of its days is told, and of nothing else."
                ),
            ),
        ]

    def __str__(self):
        return gettext("%(story)s: %(heading)s") % {"story": self.story, "heading": self.shown_heading}

    def clean(self):
        super().clean()
        check_style(self, "heading", "remark", "not_on_record")
        check_unsaid(self.heading, self.remark, self.not_on_record)
        if any(sign.isdecimal() for sign in self.heading):
            raise ValidationError(
                {"heading": _("A date comes from the record: leave the heading empty, or write words.")}
            )
        if self.instrument and self.event and not self.date:
            raise ValidationError(
                {
                    "event": ValidationError(
                        _("No such day of “%(instrument)s” is on record: enter it there first."),
                        params={"instrument": self.instrument},
                    )
                }
            )
        if not self.heading and not self.date:
            raise ValidationError({"heading": _("What it tells has no date on record: give it a heading.")})

    @property
    def shown_with(self):
        return [self.story]

    @property
    def is_public(self):
        if self.claim_id:
            return self.claim.current_edition_id is not None
        if self.instrument_id:
            return bool(self.date)
        return bool(self.milestone_id) or self.story.is_public

    @property
    def public_with(self):
        return [self.claim] if self.claim_id else [self.story]

    @property
    def edition(self):
        """Returns the published wording of its claim; None without any."""
        return self.claim.current_edition if self.claim_id else None

    @property
    def record(self):
        """Returns the record that readers are told; None where it says what is not on record."""
        return self.edition or self.milestone or self.instrument

    @property
    def kind(self):
        """Returns the kind of what it points at: claim, milestone, adopted, in force, or not on record."""
        if self.claim_id:
            return "claim"
        return "milestone" if self.milestone_id else self.event or "not on record"

    @property
    def date(self):
        """Returns when it was, as precise as is known; empty where that is not stated."""
        if self.milestone_id:
            return getattr(self, "milestone_date", self.milestone.date)
        if self.instrument_id:
            return self.instrument.adopted if self.event == self.Event.ADOPTED else self.instrument.in_force
        return (self.edition or self.claim).as_of if self.claim_id else ""

    @property
    def shown_heading(self):
        return self.heading or partial_date_text(self.date)

    @property
    def text(self):
        """Returns the words of the record, or the sentence that says what is not on record."""
        if self.claim_id:
            return (self.edition or self.claim).statement
        if self.milestone_id:
            return self.milestone.text
        return self.sentence if self.instrument_id else self.not_on_record

    @property
    def sentence(self):
        """Returns what became of the instrument: “Treaty on Safe Harbours, in force”."""
        if self.is_same_instrument and self.event == self.Event.IN_FORCE:
            return gettext("In force")
        names = {"title": self.instrument.title, "body": self.instrument.body}
        if self.event == self.Event.IN_FORCE:
            return gettext("%(title)s, in force") % names
        if self.instrument.body:
            return gettext("%(title)s, adopted by %(body)s") % names
        return gettext("%(title)s, adopted") % names


def folds_of(stories):
    """Returns {primary key of a story: its folds as readers see them, with their evidence}."""
    folds = folds_without_evidence(stories)
    prefetch_evidence(records_of(folds))
    return folds


def records_of(folds):
    """Returns the records that folds tell, which come by the primary key of their story."""
    return [each.record for of_story in folds.values() for each in of_story if each.record]


def folds_without_evidence(stories):
    folds = list(Fold.objects.public().filter(story__in=stories).in_full())
    return {story.pk: [each for each in folds if each.story_id == story.pk] for story in stories}


def in_brief(folds):
    """Returns the folds without the claims that follow a record; its fold has their editions as `told_with`.

    Of an instrument that two folds tell one after the other, the second does not say the title again.
    """
    told = []
    for fold in folds:
        before = told[-1] if told else None
        if fold.edition and before and before.record:
            before.told_with.append(fold.edition)
        else:
            fold = copy(fold)  # another block may tell the same story in full
            fold.told_with = []
            same = fold.instrument and before and before.instrument == fold.instrument
            fold.is_same_instrument = bool(same)
            told.append(fold)
    return told


def folds_with(claim):
    """Yields (sentence, fields) for each fold that readers see once a claim is published."""
    for fold in claim.folds.select_related("story").order_by("story", "order", "pk"):
        sentence = gettext("It is told in the story “%(title)s”.") % {"title": fold.story}
        fields = [(gettext("heading"), fold.heading), (gettext("sentence of ours"), fold.remark)]
        if not fold.story.is_public:
            fields += [(gettext("title"), fold.story.title), (gettext("lead"), fold.story.lead)]
            # Tables name the story by it, and it stands in addresses that lead to the story on its page.
            fields.append((gettext("name for good"), fold.story.slug))
            for each in fold.story.folds.exclude(not_on_record=""):
                fields += [
                    (gettext("heading"), each.heading),
                    (gettext("not on record"), each.not_on_record),
                    (gettext("sentence of ours"), each.remark),
                ]
        yield sentence, tuple((label, text) for label, text in fields if text)


def awaited_stories():
    """Yields (model, primary key) of the stories that the publication of an awaited claim makes public."""
    folds = Fold.objects.filter(claim__in=Claim.objects.awaited())
    yield from ((StoryOfChange, pk) for pk in folds.order_by().values_list("story", flat=True).distinct())
