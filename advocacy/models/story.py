from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models import Record
from organisation.models.record import RecordQuerySet
from organisation.quotation import check_unsaid
from organisation.style_checks import check_style


class StoryQuerySet(RecordQuerySet):
    def public(self):
        """Returns the stories of which readers see something: a fold that points at a public record."""
        folds = self.model._meta.apps.get_model("advocacy", "Fold").objects.with_public_record()
        return self.filter(pk__in=folds.order_by().values("story"))


class StoryOfChange(Record):
    """A story of change says what led to what, fold by fold, and what is not on record."""

    slug = models.SlugField(
        _("name for good"), max_length=100, unique=True, help_text=_("A short name that never changes.")
    )
    title = models.CharField(
        _("title"), max_length=200, help_text=_("A few words, for example “A lighthouse, fold by fold”.")
    )
    lead = models.TextField(
        _("lead"),
        blank=True,
        help_text=_("One or two sentences of ours above the folds: what it is about, and whose word it is."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("Lower comes first."))

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("story of change")
        verbose_name_plural = _("stories of change")
        ordering = ["order", "title", "pk"]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        check_style(self, "title", "lead")
        check_unsaid(self.title, self.lead)

    @property
    def is_public(self):
        return type(self).objects.public().filter(pk=self.pk).exists()
