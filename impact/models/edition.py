from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.documents import documents_of
from organisation.models import Citation
from organisation.models.record import Cited, RecordQuerySet

from ..grades import REASONS, SHOWN, Grade, grade_of, strip_of
from ..immutable import ImmutableError
from .claim import Claim, claim_of
from .claim_text import ClaimText, content_of
from .copies import copy_of
from .figure import Figure
from .highlight import Highlight
from .review import Change


class EditionQuerySet(RecordQuerySet):
    def current(self):
        """Returns the edition of each claim that readers see: all that a public list may show."""
        return self.filter(pk=models.F("claim__current_edition")).order_by("claim__number")

    def public(self):
        """Returns every edition that was ever published, except those of claims that were withdrawn."""
        return self.filter(claim__current_edition__isnull=False)

    def highlighted(self, where):
        """Returns the current editions of the highlights of a place, in the order that staff gave them."""
        highlights = Highlight.objects.filter(where=where, claim__current_edition__isnull=False)
        return self.filter(
            pk__in=highlights.values("claim__current_edition"), claim__highlights__where=where
        ).order_by("claim__highlights__order", "claim__number")

    def stated_by(self, source):
        return self.filter(citations__source=source, citations__relation=Citation.Relation.STATES).distinct()

    def with_figures(self):
        """Fetches everything that a card shows, except the evidence."""
        figures = models.Prefetch("figures", Figure.objects.select_related("indicator"))
        return self.select_related("claim__current_edition", "organisation").prefetch_related(figures)

    def in_full(self):
        """Fetches everything that a card shows, with a fixed number of queries for any number of editions."""
        return self.with_figures().with_evidence()

    def freeze(self, claim_or_edition, by, reason, change=""):
        """Creates edition n + 1 of a claim from its working copy or from an earlier edition.

        The caller has locked the claim's row.
        """
        claim = claim_of(claim_or_edition)
        last_number = self.filter(claim=claim).aggregate(last=models.Max("number"))["last"] or 0
        citations = list(claim_or_edition.citations.all())
        edition = self.model(
            claim=claim,
            number=last_number + 1,
            published_by=by,
            reason=reason,
            change=(change or Change.UPDATE) if last_number else Change.FIRST,
            grade=grade_of(citations),
            **{name: getattr(claim_or_edition, name) for name in ClaimText.text_fields()},
        )
        edition.save(force_insert=True)
        Figure.objects.copy_to(claim_or_edition, edition=edition)
        Citation.objects.bulk_create([copy_of(citation, record=edition) for citation in citations])
        return edition

    def update(self, **values):
        raise ImmutableError

    def delete(self):
        raise ImmutableError


class State(models.TextChoices):
    """The second word beside the grade: the place of an edition among those of its claim."""

    CURRENT = "current", _("current")
    CORRECTED = "corrected", _("corrected")
    RETIRED = "retired", _("retired")
    EARLIER = "earlier", _("earlier edition")


class Edition(Cited, ClaimText):
    """A published wording of a claim, frozen with its figures and citations and never edited or deleted."""

    claim = models.ForeignKey(
        Claim,
        models.PROTECT,
        related_name="editions",
        db_index=False,  # the unique constraint begins with it
        verbose_name=_("claim"),
    )
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
        """Returns the permanent address of this edition."""
        return reverse("edition", kwargs={"number": self.claim.number, "edition": self.number})

    def delete(self, **kwargs):
        raise ImmutableError

    private_fields = ()

    @property
    def is_public(self):
        """True unless its claim is withdrawn."""
        return self.claim.current_edition_id is not None

    @property
    def state(self):
        """The state of the edition: a correction or a retirement shows until the next edition."""
        if not self.is_current:
            return State.EARLIER
        return {Change.CORRECTION: State.CORRECTED, Change.RETIRED: State.RETIRED}.get(
            self.change, State.CURRENT
        )

    @property
    def is_current(self):
        return self.claim.current_edition_id == self.pk

    @property
    def stated_in(self):
        """Returns the source that states it, the first where there are several; None if none does.

        A source that supports or contradicts it is another work, and its date is not that of these words.
        """
        states = (each.source for each in self.evidence if each.relation == Citation.Relation.STATES)
        return next(states, None)

    @property
    def grade_reason(self):
        return REASONS[self.grade]

    @property
    def how_far_shown(self):
        return SHOWN[self.grade]

    @property
    def strip(self):
        return strip_of(self.evidence)

    @property
    def contradicted_by(self):
        """Returns the documents that contradict it, each with the citations that do."""
        return documents_of([each for each in self.evidence if each.contradicts])

    @property
    def called(self):
        """Returns what a link to it says: its subject, or else its words."""
        return self.subject or self.statement

    def content(self):
        return content_of(self)
