from collections import defaultdict
from datetime import timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import StrIndex
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..characters import PlainText
from ..style_checks import aging_words, superlatives

# The relations that a citation needs to be shown.
CITATION_RELATED = ("source__publisher", "source__author", "passage__source")
REVIEW_EVERY = timedelta(days=365)
# The reason in the history of a save that changed nothing that visitors see.
UNSEEN = "seen by staff alone"
# The history of a record is found by the record; an index for each of these would be written with every save.
HISTORY_WITHOUT_INDEX = [
    *("slug", "organisation", "owner", "current_edition", "source", "status_source", "body"),
    *("author", "publisher", "with_whom", "earlier", "later", "claim", "same_event_as"),
    *("story", "milestone", "instrument", "change_source"),
]


class RecordQuerySet(models.QuerySet):
    def with_evidence(self):
        """Prefetches the evidence of each record: one more query for any number of records."""
        from .citation import Citation

        return self.prefetch_related(
            models.Prefetch(
                "citations", Citation.objects.select_related(*CITATION_RELATED), to_attr="evidence"
            )
        )

    def with_passages(self):
        """Prefetches what tells if the words of each record are a quotation, and when they were said."""
        return self.prefetch_related(passages_through("citations"))

    def has_citation(self, **conditions):
        """Returns the condition that the record has a citation with these values."""
        from .citation import Citation

        record_type = ContentType.objects.get_for_model(self.model)
        return models.Exists(
            Citation.objects.filter(content_type=record_type, object_id=models.OuterRef("pk"), **conditions)
        )

    def unsourced(self):
        """Returns the records that no source states or supports, not even in part."""
        from .citation import Citation

        return self.exclude(self.has_citation(relation__in=Citation.AT_LEAST_IN_PART))

    def parted_from_passages(self):
        """Yields the records whose words part from the passages they cite and are not marked as ours."""
        from .citation import Citation

        # The database leaves out nearly all of them, whose words are a part of one passage, and with them
        # the rare ones that begin or end within a word.
        words, of_record = models.OuterRef(self.model.quoted_field), self.has_citation
        whole = StrIndex("passage__words", words) + StrIndex("passage__mended", words)
        record_type = ContentType.objects.get_for_model(self.model)
        quoting = Citation.objects.alias(at=whole).filter(
            content_type=record_type, object_id=models.OuterRef("pk"), at__gt=0
        )
        quoting = quoting.exclude(relation=Citation.Relation.CONTRADICTS)
        candidates = self.filter(of_record(passage__isnull=False), in_our_words=False).exclude(
            models.Exists(quoting)
        )
        return (each for each in candidates.with_evidence() if not each.is_quotation)


def passages_through(path):
    """Returns the prefetch of evidence along a path that ends with citations, without the sources' texts."""
    from .citation import Citation

    citations = Citation.objects.select_related("passage", "source").defer("source__text")
    return models.Prefetch(path, citations, to_attr="evidence")


def prefetch_evidence(records):
    """Sets the evidence of records of any models, in one query for all that have none yet."""
    from .citation import Citation

    evidence = defaultdict(lambda: defaultdict(list))  # by content type, then by primary key
    for record in records:
        if "evidence" in record.__dict__:
            continue
        record.evidence = evidence[ContentType.objects.get_for_model(record).pk][record.pk]
    if evidence:
        conditions = (models.Q(content_type=pk, object_id__in=lists) for pk, lists in evidence.items())
        for citation in Citation.objects.select_related(*CITATION_RELATED).filter(reduce(or_, conditions)):
            evidence[citation.content_type_id][citation.object_id].append(citation)


class Cited:
    """Gives the citations of a record, or of an edition, for readers."""

    speaks_of_itself = False

    @cached_property
    def evidence(self):
        """Returns the citations in their order; with_evidence() and prefetch_evidence() spare the query."""
        return list(self.citations.select_related(*CITATION_RELATED))

    @property
    def as_it_said(self):
        """Returns “as it said, undated” where its organisation is over; else, or without one, nothing."""
        from ..life import as_it_said, stated_on

        organisation = getattr(self, "organisation", None)
        if organisation is None or not organisation.life.is_over:  # spares the query for the evidence
            return ""
        return as_it_said(organisation, stated_on(self.evidence), self.speaks_of_itself)


class Record(PlainText, Cited, models.Model):
    """A record is something that staff keep: it carries citations and keeps its history."""

    citations = GenericRelation("organisation.Citation")
    history = HistoricalRecords(inherit=True, no_db_index=HISTORY_WITHOUT_INDEX)

    objects = RecordQuerySet.as_manager()

    # The fields that identify the record in a fixture; an editor does not change them.
    natural_key_fields = ("slug",)
    # What visitors see of a record becomes public as a proposal alone. These fields they never see.
    is_public = True
    private_fields = ()
    # The fields beside the quoted one that are in the words of the source.
    named_fields = ()

    class Meta:
        abstract = True

    @property
    def public_with(self):
        """Returns the records that make this one public, where it is not: once all of them are, it is."""
        return [self]


def seen_history(model):
    """Returns the rows of a model's history but those of saves that no visitor saw."""
    return model.history.exclude(history_change_reason=UNSEEN)


def next_review():
    """Returns the day by which a text that is confirmed today is to be reviewed again."""
    return timezone.localdate() + REVIEW_EVERY


class UpkeepQuerySet(RecordQuerySet):
    def overdue(self):
        """Returns the texts whose review date has passed."""
        return self.filter(review_by__lt=timezone.localdate())

    def with_aging_words(self):
        return self.exclude(aging="")

    def with_unsupported_superlatives(self):
        """Returns the texts that claim to be the first or the only one, which no independent source says.

        One that supports them in part is not enough: the superlative may be the other part.
        """
        from .citation import Citation

        return self.exclude(superlatives="").exclude(
            self.has_citation(relation__in=Citation.IN_WHOLE, independence=Citation.Independence.INDEPENDENT)
        )


class Upkeep(models.Model):
    """Adds to a text its owner, its next review, and its words that age or boast, found when it is saved."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
        help_text=_("Who sees to it that it stays true."),
    )
    review_by = models.DateField(
        _("review by"),
        default=next_review,
        help_text=_(
            "The day by which the owner looks at it again; after it, readers are told that nobody has."
        ),
    )
    confirmed_on = models.DateField(_("last found true on"), null=True, blank=True, editable=False)
    aging = models.CharField(_("words that age"), max_length=500, blank=True, editable=False)
    superlatives = models.CharField(_("superlatives"), max_length=500, blank=True, editable=False)

    # The text fields that are checked for words that age and superlatives.
    style_checked_fields = ("text",)
    private_fields = ("owner", "review_by")

    class Meta:
        abstract = True

    def save(self, **kwargs):
        text = " ".join(getattr(self, name) for name in self.style_checked_fields)
        self.aging, self.superlatives = ("; ".join(find(text))[:500] for find in (aging_words, superlatives))
        super().save(**kwargs)

    @property
    def is_confirmation_public(self):
        """True if readers are told when it was found true, and that its review is overdue."""
        return self.is_public

    @property
    def is_overdue(self):
        return self.review_by < timezone.localdate()

    def restart_review(self):
        """Sets the day of confirmation to today and the next review a year on; nothing else changes."""
        self.confirmed_on, self.review_by = timezone.localdate(), next_review()
        self.save(update_fields=["confirmed_on", "review_by"])
