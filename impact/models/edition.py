from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.models import Citation
from organisation.models.record import Cited, RecordQuerySet

from ..grades import REASONS, Grade, counts_of, grade_of
from ..immutable import ImmutableError
from .claim import Claim, ClaimText, claim_of, content_of, copy_of
from .figure import Figure
from .highlight import Highlight
from .review import Change


class EditionQuerySet(RecordQuerySet):
    def current(self):
        """The edition of each claim that readers see: all that a public list may show."""
        return self.filter(pk=models.F("claim__current_edition")).order_by("claim__number")

    def readable(self):
        """Every edition that was ever published, but for those of claims that were withdrawn."""
        return self.filter(claim__current_edition__isnull=False)

    def highlighted(self, where):
        """What staff put forward in this place, in their order."""
        chosen = Highlight.objects.filter(where=where, claim__current_edition__isnull=False)
        return self.filter(
            pk__in=chosen.values("claim__current_edition"), claim__highlights__where=where
        ).order_by("claim__highlights__order")

    def stated_by(self, source):
        return self.filter(citations__source=source, citations__relation=Citation.Relation.STATES).distinct()

    def with_figures(self):
        """With everything a card shows but the evidence."""
        return self.select_related("claim__current_edition", "organisation").prefetch_related("figures")

    def in_full(self):
        """With everything a card shows: a fixed number of queries for any number of editions."""
        return self.with_figures().with_evidence()

    def freeze(self, words, by, reason, change=""):
        """Edition n + 1 of a claim whose row the caller has locked, in the words of its working copy or of an earlier edition."""
        claim = claim_of(words)
        last = self.filter(claim=claim).aggregate(last=models.Max("number"))["last"] or 0
        citations = list(words.citations.all())
        edition = self.model(
            claim=claim,
            number=last + 1,
            published_by=by,
            reason=reason,
            change=(change or Change.UPDATE) if last else Change.FIRST,
            grade=grade_of(citations),
            **{name: getattr(words, name) for name in ClaimText.text_fields()},
        )
        edition.save(force_insert=True)
        Figure.objects.bulk_create(
            [copy_of(figure, claim=None, edition=edition) for figure in words.figures.all()]
        )
        Citation.objects.bulk_create([copy_of(citation, record=edition) for citation in citations])
        return edition

    def update(self, **values):
        raise ImmutableError

    def delete(self):
        raise ImmutableError


class State(models.TextChoices):
    """The second word beside the grade: what has become of a wording."""

    CURRENT = "current", _("current")
    CORRECTED = "corrected", _("corrected")
    RETIRED = "retired", _("retired")
    EARLIER = "earlier", _("earlier edition")


class Edition(Cited, ClaimText):
    """A published wording of a claim, frozen with its figures and citations. It is never edited and never deleted."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="editions", verbose_name=_("claim"))
    number = models.PositiveIntegerField(_("number"))
    grade = models.CharField(_("grade"), max_length=20, choices=Grade, editable=False)
    published_at = models.DateTimeField(_("published at"), default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("published by")
    )
    reason = models.TextField(_("reason"), blank=True)
    change = models.CharField(_("kind of change"), max_length=20, choices=Change, default=Change.FIRST)
    citations = GenericRelation(Citation, related_query_name="edition")

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["claim", "number"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="edition_number_once_a_claim")
        ]

    def __str__(self):
        return gettext("%(reference)s, edition %(number)d") % {
            "reference": self.claim.reference,
            "number": self.number,
        }

    def get_absolute_url(self):
        """The frozen wording's own address, for good."""
        return reverse("edition", kwargs={"number": self.claim.number, "edition": self.number})

    def delete(self, **kwargs):
        raise ImmutableError

    @property
    def state(self):
        """A correction or a retirement is told until another edition takes its place."""
        if not self.is_current:
            return State.EARLIER
        return {Change.CORRECTION: State.CORRECTED, Change.RETIRED: State.RETIRED}.get(
            self.change, State.CURRENT
        )

    @property
    def is_current(self):
        return self.claim.current_edition_id == self.pk

    @property
    def grade_reason(self):
        return REASONS[self.grade]

    @property
    def evidence_counts(self):
        """What the grade was computed from, in sentences."""
        return counts_of(self.evidence)

    def content(self):
        return content_of(self)
