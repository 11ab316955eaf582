from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..characters import PlainText
from ..whole_words import find_whole
from .passage import Passage
from .qualifier import Qualifier
from .source import Source
from .withheld import AboutSource

# Sent with the `rows` that a bulk update is about to change, because Django sends no pre_save for these.
# A receiver that protects some of the rows raises ValidationError.
pre_update = Signal()


class PreUpdateQuerySet(models.QuerySet):
    """Sends pre_update before every bulk update."""

    def update(self, **values):
        pre_update.send(self.model, rows=self)
        return super().update(**values)


class CitationQuerySet(PreUpdateQuerySet):
    def public(self):
        """Returns the citations that visitors may see: none of a draft, none of something withdrawn."""
        for condition in self.model.hidden_conditions:
            self = self.exclude(condition())
        return self


class Citation(AboutSource, PlainText, models.Model):
    """A citation ties a record, or a published edition of a claim, to a source that it rests on.

    It names the passage where it can, and how the source bears on the record.
    """

    class Relation(models.TextChoices):
        STATES = "states", _("states")
        SUPPORTS = "supports", _("supports")
        SUPPORTS_IN_PART = "supports in part", _("supports in part")
        REPEATS = "repeats", _("repeats")
        CONTRADICTS = "contradicts", _("contradicts")
        CONTEXT = "context", _("context")

    class Independence(models.TextChoices):
        OWN = "own", _("own")
        PARTNER = "partner", _("partner")
        INDEPENDENT = "independent", _("independent")

    # A source that states a claim in its own voice says as much as one that supports it.
    IN_WHOLE = (Relation.STATES, Relation.SUPPORTS)
    AT_LEAST_IN_PART = (*IN_WHOLE, Relation.SUPPORTS_IN_PART)

    content_type = models.ForeignKey(ContentType, models.CASCADE, db_index=False)  # see Meta.indexes
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("content_type", "object_id")

    source = models.ForeignKey(
        Source,
        models.PROTECT,
        related_name="cited_by",
        verbose_name=_("source"),
        help_text=_("The document; search for its title or its author."),
    )
    passage = models.ForeignKey(
        Passage,
        models.PROTECT,
        related_name="cited_by",
        null=True,
        blank=True,
        verbose_name=_("passage"),
    )
    relation = models.CharField(
        _("relation"),
        max_length=20,
        choices=Relation,
        default=Relation.STATES,
        help_text=_(
            "“States” says it in the document's own voice; “repeats” passes on what another says and adds no "
            "weight. “Supports in part” leaves some of it unshown: the note says which part it shows. "
            "“Context” neither supports nor contradicts."
        ),
    )
    independence = models.CharField(
        _("independence"),
        max_length=20,
        choices=Independence,
        default=Independence.OWN,
        help_text=_(
            "“Own” comes from the speaker, “partner” from who works with or funds it, "
            "“independent” from neither."
        ),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("What the document shows, in our own words."))
    value_as_written = models.CharField(
        _("the value it gives, as written"),
        max_length=100,
        blank=True,
        help_text=_(
            "Of a source that contradicts a figure: the number letter by letter, for example “about 30”, as "
            "the words that are quoted have it or, where none are, the note."
        ),
    )
    value_qualifier = models.CharField(
        _("its qualifier"),
        max_length=20,
        choices=Qualifier,
        blank=True,
        default=Qualifier.NONE,
        help_text=_("What stands before the number, for example “about”."),
    )
    value = models.DecimalField(
        _("its value"),
        max_digits=20,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Digits only, for example 30. Left empty, it is read from the number as written."),
    )
    value_of = models.CharField(
        _("of which figure"),
        max_length=200,
        blank=True,
        help_text=_("The label of the figure that it contradicts, where the claim gives several."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    # The words that a form is about to quote: their passage is stored with the form alone.
    words_to_quote = ""
    read_with_source = ("note", "value_as_written")
    private_fields = ()
    # Functions that return the Q of citations that visitors may not see. Apps that come after this one
    # append theirs when they are ready, because this app may not import them.
    hidden_conditions = []

    history = HistoricalRecords(no_db_index=["source", "passage"])

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["order", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="citation_of_record")]
        constraints = [
            models.CheckConstraint(
                name="citation_value_of_a_contradiction",
                condition=models.Q(value_as_written="", value_qualifier="", value=None, value_of="")
                | (~models.Q(value_as_written="") & models.Q(relation="contradicts", value__isnull=False)),
                violation_error_message=_(
                    "Only a source that contradicts the claim gives another value: "
                    "write it as the source does and in digits, or leave all of it empty."
                ),
            )
        ]

    def __str__(self):
        return f"{self.get_relation_display()}: {self.source}"

    def clean(self):
        super().clean()
        if self.passage and self.source_id and self.passage.source_id != self.source_id:
            raise ValidationError(
                {"source": _("The passage is of another source: choose the source that says these words.")}
            )
        if self.value_as_written and not any(
            find_whole(self.value_as_written, text) for text in self.recorded_words
        ):
            raise ValidationError(
                {
                    "value_as_written": ValidationError(
                        _(
                            "Neither the words that are quoted nor, without any, the note says “%(value)s”: "
                            "copy the number letter by letter."
                        ),
                        code="value",
                        params={"value": self.value_as_written},
                    )
                }
            )

    @property
    def recorded_words(self):
        """Returns the texts in which a number of the source stands: of the passage, else of the note."""
        if self.words_to_quote:
            return [self.words_to_quote]
        return [self.passage.words, self.passage.shown_words] if self.passage else [self.note]

    def check_independence(self, speaker):
        """Raises ValidationError if the speaker wrote the document, under any name, and it is not “own”."""
        author = self.source.author or self.source.publisher
        if author and self.independence != self.Independence.OWN and author in speaker.life.names:
            raise ValidationError(
                _("“%(source)s” is a document of %(speaker)s itself: its evidence is “own”."),
                code="independence",
                params={"source": self.source, "speaker": speaker},
            )

    @property
    def is_public(self):
        """True also if an organisation without a profile cites a document, which is public from then on."""
        return Citation.objects.public().filter(pk=self.pk).exists()

    @property
    def shown_with(self):
        return [self.record]

    def set_last_order(self):
        """Sets the order so that the citation follows the record's other ones."""
        others = Citation.objects.filter(content_type=self.content_type, object_id=self.object_id)
        self.order = (others.aggregate(last=models.Max("order"))["last"] or 0) + 1

    @property
    def relation_label(self):
        """Returns how the source bears on the record, and whose it is: “supported by a partner”."""
        return RELATION_LABELS[self.relation, self.independence]

    @property
    def fact_label(self):
        """Returns the same beside a fact that is told in words of ours: these are not “its own words”."""
        return _("stated by itself") if self.is_own_words else self.relation_label

    @property
    def contradicts(self):
        return self.relation == self.Relation.CONTRADICTS

    @property
    def is_own_words(self):
        """True where the label would be “its own words”, which are not said of words of ours."""
        return (self.relation, self.independence) == (self.Relation.STATES, self.Independence.OWN)

    @property
    def line_number(self):
        """Returns the line of the stored text that is quoted, from 1; None without a passage."""
        return self.passage.line if self.passage else None

    @property
    def source_line_label(self):
        """Returns the source's name with the quoted line, if any: “Our story, line 25”."""
        return self.passage.source_line_label if self.passage else str(self.source)

    @property
    def source_line_url(self):
        """Returns the URL of the source's page, at the quoted line if any."""
        return self.passage.source_line_url if self.passage else self.source.get_absolute_url()


Source.written_about.append(Citation)

RELATION_LABELS = {
    ("states", "own"): _("its own words"),
    ("states", "partner"): _("stated by a partner"),
    ("states", "independent"): _("stated by an independent source"),
    ("supports", "own"): _("supported by a document of its own"),
    ("supports", "partner"): _("supported by a partner"),
    ("supports", "independent"): _("supported by an independent source"),
    ("supports in part", "own"): _("supported in part by a document of its own"),
    ("supports in part", "partner"): _("supported in part by a partner"),
    ("supports in part", "independent"): _("supported in part by an independent source"),
    ("repeats", "own"): _("repeated by itself (adds no weight)"),
    ("repeats", "partner"): _("repeated by a partner (adds no weight)"),
    ("repeats", "independent"): _("repeated elsewhere (adds no weight)"),
    ("contradicts", "own"): _("contradicted by a document of its own"),
    ("contradicts", "partner"): _("contradicted by a partner"),
    ("contradicts", "independent"): _("contradicted by an independent source"),
    ("context", "own"): _("context, from itself"),
    ("context", "partner"): _("context, from a partner"),
    ("context", "independent"): _("context, from an independent source"),
}
