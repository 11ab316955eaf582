from collections import defaultdict
from datetime import timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..style_checks import aging_words, superlatives

CITATION_RELATED = ("source__publisher", "source__author", "passage__source")  # what readers are told of a citation
REVIEW_EVERY = timedelta(days=365)


class RecordQuerySet(models.QuerySet):
    def with_evidence(self):
        """Each record with its evidence: one more query for any number of records."""
        from .citation import Citation

        return self.prefetch_related(
            models.Prefetch("citations", Citation.objects.select_related(*CITATION_RELATED), to_attr="evidence")
        )

    def has_citation(self, **how):
        """A condition: something cited by the record bears on it in this way."""
        from .citation import Citation

        record = ContentType.objects.get_for_model(self.model)
        return models.Exists(
            Citation.objects.filter(content_type=record, object_id=models.OuterRef("pk"), **how)
        )

    def unsourced(self):
        """Those that no document on record states or supports."""
        return self.exclude(self.has_citation(relation__in=["states", "supports"]))


def prefetch_evidence(records):
    """Give records of any kinds their evidence: one query for all."""
    from .citation import Citation

    found = defaultdict(lambda: defaultdict(list))
    for record in records:
        record.evidence = found[ContentType.objects.get_for_model(record).pk][record.pk]
    if found:
        theirs = (models.Q(content_type=kind, object_id__in=lists) for kind, lists in found.items())
        for citation in Citation.objects.select_related(*CITATION_RELATED).filter(reduce(or_, theirs)):
            found[citation.content_type_id][citation.object_id].append(citation)


class Cited:
    """What rests on citations."""

    @cached_property
    def evidence(self):
        """Its citations in their order, for readers: as with_evidence() or prefetch_evidence() found them, else asked for once and kept with the record."""
        return list(self.citations.select_related(*CITATION_RELATED))


class Record(Cited, models.Model):
    """Something staff keep: it carries citations, keeps its history, and is known for good by the fields of `natural_key_fields`."""

    citations = GenericRelation("organisation.Citation")
    history = HistoricalRecords(inherit=True)

    objects = RecordQuerySet.as_manager()

    # The fields that name the record in a fixture, and that an editor does not change.
    natural_key_fields = ("slug",)

    class Meta:
        abstract = True


def next_review():
    return timezone.localdate() + REVIEW_EVERY


class UpkeepQuerySet(RecordQuerySet):
    def overdue(self):
        return self.filter(review_by__lt=timezone.localdate())

    def with_aging_words(self):
        return self.exclude(aging="")

    def with_unsupported_superlatives(self):
        return self.exclude(superlatives="").exclude(
            self.has_citation(relation="supports", independence="independent")
        )


class Upkeep(models.Model):
    """Who sees to it that a text stays true, when it was last looked at, and which of its words will not age well."""

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

    # The fields whose words are looked through.
    style_checked_fields = ("text",)

    class Meta:
        abstract = True

    def save(self, **kwargs):
        words = " ".join(getattr(self, name) for name in self.style_checked_fields)
        self.aging, self.superlatives = (
            "; ".join(found(words))[:500] for found in (aging_words, superlatives)
        )
        super().save(**kwargs)

    @property
    def is_overdue(self):
        return self.review_by < timezone.localdate()

    def restart_review(self):
        """Somebody has looked, and the words stand: the clock starts again, and nothing else changes."""
        self.confirmed_on, self.review_by = timezone.localdate(), next_review()
        self.save(update_fields=["confirmed_on", "review_by"])
