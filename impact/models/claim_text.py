from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.dates import PartialDateField
from organisation.models import Organisation, Term
from organisation.models.quoting import Quoting
from organisation.models.term import TermField

from ..marked_words import check_marks, segments


class ClaimText(Quoting):
    """The words and the classification of a claim, which its working copy and its editions share."""

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
    theme = TermField(
        _("theme"),
        vocabulary=Term.Vocabulary.THEME,
        blank=True,
        help_text=_("The field of work it belongs to."),
    )
    type = models.CharField(
        _("type"),
        max_length=20,
        choices=Type,
        blank=True,
        help_text=_(
            "An output is what was made or delivered, an outcome what changed by it; "
            "context is nobody's achievement."
        ),
    )
    role = models.CharField(
        _("part claimed"),
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
        db_index=False,  # claims are found by their number
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
    shown = models.TextField(
        _("words that are shown"),
        blank=True,
        help_text=_(
            "Entered with the limitation: the words of the statement that an independent source shows, "
            "copied from it, a phrase a line. Readers see them with a marigold underline. "
            "Left empty, nothing is marked."
        ),
    )
    not_established = models.TextField(
        _("words that are not established"),
        blank=True,
        help_text=_(
            "Entered with the limitation: the words of the statement that no source establishes, "
            "copied from it, a phrase a line. Readers see them above rose dots. "
            "Left empty, nothing is marked."
        ),
    )

    quoted_field = "statement"

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        check_marks(self.statement, self.shown, self.not_established)

    @classmethod
    def text_fields(cls):
        return [field.name for field in ClaimText._meta.fields]

    @property
    def segments(self):
        """Returns the statement in pieces, each with the kind of its mark, or with none."""
        return segments(self.statement, self.shown, self.not_established)


# The fields that the first version did not have.
ADDED_LATER = ("in_our_words", "shown", "not_established")


def content_of(claim_or_edition):
    """Returns everything that an edition freezes as plain values, to compare and to fingerprint."""
    return (
        [
            getattr(claim_or_edition, f"{name}_id" if name == "organisation" else name)
            for name in ClaimText.text_fields()
            # Left out where they say nothing: the fingerprints of earlier versions stay what they are.
            if name not in ADDED_LATER or getattr(claim_or_edition, name)
        ],
        figures_of(claim_or_edition),
        [
            (each.source_id, each.passage_id, each.relation, each.independence, each.note, *value_in(each))
            for each in claim_or_edition.citations.all()
        ],
    )


def value_in(citation):
    """Returns the value that a contradicting source gives, as a list; an empty one without any."""
    if not citation.value_as_written:
        return []
    return [citation.value_as_written, citation.value_qualifier, citation.value, citation.value_of]


def figures_of(claim_or_edition):
    return [
        (
            each.label,
            each.as_written,
            each.qualifier,
            each.value,
            each.unit,
            each.as_of,
            each.computed_from,
            each.computation,
            *reading_in(each),
        )
        for each in claim_or_edition.figures.all()
    ]


def reading_in(figure):
    """Returns what makes a figure a reading of an indicator, as a list; an empty one of any other figure."""
    if figure.indicator_id is None:
        return []
    parts = [
        (each.axis, each.group, each.as_written, each.qualifier, each.value, each.reason)
        for each in figure.parts.all()
    ]
    return [figure.indicator_id, figure.kind, figure.starts, figure.ends, figure.set_on, *parts]
