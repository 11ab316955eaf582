from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce, Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..dates import PartialDateField, check_has_come, not_before
from ..public_pages import public_contents
from .record import Record, RecordQuerySet

# The page of the CMS below which the profiles of organisations stand.
SECTION = "organisations"


def pages_of_profiles():
    """Returns the contents of the pages that visitors find, in the language of the records."""
    return public_contents().filter(language=settings.LANGUAGE_CODE)


class OrganisationQuerySet(RecordQuerySet):
    def profiled(self):
        return self.filter(profiled=True).order_by("order", "official_name", "pk")

    def public(self):
        """Returns those with a profile, and those that something names that visitors see."""
        naming = []
        for relation in self.model._meta.related_objects:
            model = relation.related_model
            if is_public := getattr(model, "is_public", False):
                rows = model._base_manager.all() if is_public is True else model.objects.public()
                naming.append(models.Exists(rows.filter(**{relation.field.name: models.OuterRef("pk")})))
        return self.filter(reduce(or_, naming, models.Q(profiled=True)))

    def with_page(self):
        """Returns those with a profile that visitors find, the only ones that anything links to."""
        return self.profiled().filter(has_page=True)

    def find_pages(self):
        """Brings `has_page` up to date after a change of pages; signals are sent for what it changes."""
        path = Concat(models.Value(f"{SECTION}/"), models.OuterRef("slug"))
        found = models.Exists(pages_of_profiles().filter(url_path=path))
        for organisation in self.alias(is_found=found).exclude(has_page=models.F("is_found")):
            organisation.skip_history_when_saving = True  # it is the page that has changed
            # Of the row no more: somebody may have saved the rest of it since it was read.
            organisation.save(update_fields=["has_page"])


class Organisation(Record):
    """An organisation is a body that speaks, is spoken of, publishes, or is asked for something."""

    slug = models.SlugField(
        _("address"),
        unique=True,
        help_text=_("The last part of its address. It does not change once published."),
    )
    official_name = models.CharField(
        _("official name"),
        max_length=300,
        help_text=_("The name as the organisation writes it, for example “Harbour Aid International”."),
    )
    short_name = models.CharField(
        _("short name"),
        max_length=100,
        blank=True,
        help_text=_("The name its own texts use after the first mention, for example “Harbour Aid”."),
    )
    other_names = models.TextField(
        _("other names"),
        blank=True,
        help_text=_("Further names that sources use for the same body, one a line."),
    )
    founded = PartialDateField(
        _("founded"),
        help_text=_("As its source dates it: 2007, 1998-05 or 1998-05-30. Empty reads “not stated”."),
    )
    closed = PartialDateField(_("closed"), help_text=_("When it ceased to exist, if a source says so."))
    seat = models.CharField(
        _("seat"),
        max_length=200,
        blank=True,
        help_text=_("The town of its headquarters, if a source says so."),
    )
    profiled = models.BooleanField(
        _("has a profile"),
        default=False,
        help_text=_("Tick if the portal has pages about it; leave open if it is only named."),
    )
    has_page = models.BooleanField(
        default=False, editable=False, help_text="Whether visitors find a page at the address of its profile."
    )

    order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Among the organisations with a profile: lower comes first.")
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["official_name", "pk"]
        constraints = [not_before("closed", "founded", "organisation_closed_after_founded")]

    def __str__(self):
        return self.official_name

    def get_absolute_url(self):
        """Returns the address of its profile; empty if it is only named, or if nothing answers there."""
        return (
            reverse("pages-details-by-slug", kwargs={"slug": self.page_path})
            if self.profiled and self.has_page
            else ""
        )

    def clean(self):
        super().clean()
        check_has_come("closed", self.closed)

    def save(self, **kwargs):
        self.has_page = pages_of_profiles().filter(url_path=self.page_path).exists()
        super().save(**kwargs)

    @property
    def page_path(self):
        """Returns the path in the CMS at which the page of its profile stands, once it is published."""
        return f"{SECTION}/{self.slug}"

    @property
    def is_public(self):
        return Organisation.objects.public().filter(pk=self.pk).exists()

    @property
    def life(self):
        """Returns what became of it, as far as that is on record."""
        from ..life import Life
        from ..lineage import current_lineage

        return Life(self, current_lineage())

    @property
    def named(self):
        """Returns its name and, where it is over, what became of it: “Harbour Aid (closed 2019)”."""
        mark = self.life.mark
        return (
            _("%(name)s (%(mark)s)") % {"name": self.official_name, "mark": mark}
            if mark
            else self.official_name
        )


class SuccessionQuerySet(RecordQuerySet):
    def dated(self):
        return self.exclude(date="")


class Succession(Record):
    """A succession is one organisation's passing into another: a new name, a merger, the end."""

    class Kind(models.TextChoices):
        RENAMED = "renamed", _("renamed")
        INDEPENDENT = "became independent", _("became independent")
        MERGED = "merged", _("merged")
        CLOSED = "closed", _("closed")
        PASSED_ON = "programmes passed on", _("programmes passed on")

    earlier = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="successors",
        null=True,
        blank=True,
        verbose_name=_("from"),
        help_text=_("The organisation before. Leave empty if the source does not name it."),
    )
    later = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="predecessors",
        null=True,
        blank=True,
        verbose_name=_("to"),
        help_text=_("The organisation after. Leave empty if it closed without a successor."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=30,
        choices=Kind,
        help_text=_("What happened. A founding is a milestone, not a succession."),
    )
    date = PartialDateField(_("date"), help_text=_("Leave empty if the source does not date it."))

    objects = SuccessionQuerySet.as_manager()
    natural_key_fields = ("earlier", "later", "kind")

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ["date", "pk"]
        constraints = [
            models.CheckConstraint(
                name="succession_names_an_organisation",
                condition=models.Q(earlier__isnull=False) | models.Q(later__isnull=False),
                violation_error_message=_("Name at least one of the two organisations."),
            ),
            models.CheckConstraint(
                name="succession_between_two",
                condition=~models.Q(earlier=models.F("later")),
                violation_error_message=_("An organisation does not succeed itself: choose another."),
            ),
            models.UniqueConstraint(
                Coalesce("earlier", 0), Coalesce("later", 0), "kind", name="succession_once"
            ),
        ]

    def clean(self):
        super().clean()
        check_has_come("date", self.date)

    def __str__(self):
        return SENTENCES[self.kind] % {
            "earlier": self.earlier or _("not stated"),
            "later": self.later or _("not stated"),
        }


SENTENCES = {
    Succession.Kind.RENAMED: _("%(earlier)s became %(later)s"),
    Succession.Kind.INDEPENDENT: _("%(later)s became independent"),
    Succession.Kind.MERGED: _("%(earlier)s merged into %(later)s"),
    Succession.Kind.CLOSED: _("%(earlier)s closed"),
    Succession.Kind.PASSED_ON: _("%(earlier)s passed programmes on to %(later)s"),
}
