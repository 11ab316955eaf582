from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models import Organisation, Term

from .claim import Claim
from .claim_text import ClaimText
from .edition import Edition, Grade

# Each combination of filters begins one of these, so that a page of the list and the counts of its facets
# cost the same among a hundred thousand claims as among thirty. An organisation has an index of its own: it
# may have made half of the claims, and SQLite would sort all of them to show fifty.
INDEXED = (
    ("organisation",),
    ("organisation", "type", "theme", "grade"),
    ("organisation", "theme"),
    ("type", "theme", "grade"),
    ("type", "grade"),
    ("theme", "grade", "organisation"),
    ("grade", "organisation", "type"),
    ("subject",),
)


class RegisterEntryQuerySet(models.QuerySet):
    def update_for(self, claim):
        """Writes or deletes a claim's entry, in the transaction that gives or takes its current edition."""
        if claim.current_edition:
            self.model.for_edition(claim.current_edition).save()
        else:
            self.filter(claim=claim).delete()


class RegisterEntry(models.Model):
    """A published claim as the register filters and sorts it: a copy of its current edition's columns."""

    claim = models.OneToOneField(
        Claim, models.CASCADE, primary_key=True, related_name="register_entry", verbose_name=_("claim")
    )
    edition = models.OneToOneField(Edition, models.CASCADE, related_name="+", verbose_name=_("edition"))
    number = models.PositiveIntegerField(_("number"), unique=True)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", db_index=False, verbose_name=_("organisation")
    )
    type = models.CharField(_("type"), max_length=20, choices=ClaimText.Type, blank=True)
    theme = models.CharField(_("theme"), max_length=Term.MAX_SLUG, blank=True)
    grade = models.CharField(_("grade"), max_length=20, choices=Grade)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    published_at = models.DateTimeField(_("published at"))

    objects = RegisterEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the register")
        verbose_name_plural = _("entries of the register")
        ordering = ["number"]
        # Each goes on with the number, by which the list is sorted.
        indexes = [
            models.Index(fields=[*names, "number"], name=f"register_{'_'.join(name[:2] for name in names)}")
            for names in INDEXED
        ]

    def __str__(self):
        return str(self.edition)

    @classmethod
    def for_edition(cls, edition):
        columns = {
            name: getattr(edition, name)
            for name in ("organisation_id", "type", "theme", "grade", "subject", "published_at")
        }
        return cls(claim_id=edition.claim_id, edition=edition, number=edition.claim.number, **columns)
