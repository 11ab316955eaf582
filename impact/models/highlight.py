from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models import Record

from .claim import Claim


class Highlight(Record):
    """A claim that staff put forward on a page, and its place in the order."""

    class Where(models.TextChoices):
        HOME_FIGURES = "home figures", _("in numbers, put first")
        HOME_CLAIMS = "home claims", _("claims, put first")
        IMPACT = "impact", _("the longer list")

    claim = models.ForeignKey(
        Claim,
        models.CASCADE,
        related_name="highlights",
        db_index=False,  # the unique constraint begins with it
        verbose_name=_("claim"),
        help_text=_("It shows once it is published."),
    )
    where = models.CharField(
        _("where"),
        max_length=20,
        choices=Where,
        help_text=_("Which list it stands in; blocks of pages show these lists."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("Lower comes first."))

    natural_key_fields = ("claim", "where")

    class Meta:
        verbose_name = _("highlight")
        verbose_name_plural = _("highlights")
        ordering = ["where", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["claim", "where"], name="highlight_once_a_place")]

    def __str__(self):
        return f"{self.get_where_display()}: {self.claim.reference}"

    @property
    def shown_with(self):
        return [self.claim.current_edition]

    @property
    def public_with(self):
        return [self.claim]

    @property
    def is_public(self):
        """True once its claim is published."""
        return self.claim.current_edition_id is not None
