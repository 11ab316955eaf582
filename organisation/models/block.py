"""Blocks of pages, as editors set them. A block says which records it shows and holds no copy of them."""

from cms.models import CMSPlugin
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from .organisation import Affiliation, Milestone, Organisation
from .statement import Statement


class Block(CMSPlugin):
    """A section of a page, with a heading of its own or none."""

    heading = models.CharField(
        _("heading"), max_length=200, blank=True, help_text=_("Leave empty to go on under the heading above.")
    )

    # Relations that condition() reads; page_records.py fetches them for all blocks of a page at once.
    prefetch = ()

    class Meta:
        abstract = True

    def __str__(self):
        return self.heading or str(self.pk)

    def condition(self):
        """Returns the Q under which a record of its plugin's queryset is shown: here, every record."""
        return ~models.Q(pk__in=[])

    def rank(self):
        """Returns the expression that records are ordered by; equal ones keep the queryset's order."""
        return models.Value(0)

    @property
    def anchor(self):
        """The heading as an id; a heading without Latin letters has none to make one from."""
        return slugify(self.heading) or (f"section-{self.pk}" if self.heading else "")


def profiled_organisation(**options):
    """Returns a field to choose an organisation: only those with a profile have anything to show."""
    return models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="+",
        verbose_name=_("organisation"),
        limit_choices_to={"profiled": True},
        **{"help_text": _("Whose records the block shows.")} | options,
    )


class ListBlock(Block):
    """A list that needs no choice, such as every source."""


class OrganisationBlock(Block):
    """Something of one organisation, such as its facts or its history."""

    organisation = profiled_organisation()

    def __str__(self):
        return f"{self.organisation} {self.heading}".strip()

    def condition(self):
        return models.Q(organisation=self.organisation_id)


class StatementsBlock(Block):
    """An organisation's statements of one kind."""

    organisation = profiled_organisation()
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=Statement.Kind,
        help_text=_("Every statement of this kind is shown, in its order."),
    )

    def __str__(self):
        return f"{self.organisation}, {self.get_kind_display()}"

    def condition(self):
        return models.Q(organisation=self.organisation_id, kind=self.kind)


class StatementBlock(Block):
    """One statement, for example the vision that opens the home page."""

    statement = models.ForeignKey(
        Statement,
        models.PROTECT,
        related_name="+",
        verbose_name=_("statement"),
        help_text=_("Search for its organisation or its words."),
    )

    def __str__(self):
        return str(self.statement)

    def condition(self):
        return models.Q(pk=self.statement_id)


class MomentsBlock(Block):
    """A few milestones, chosen one by one."""

    milestones = models.ManyToManyField(
        Milestone,
        related_name="+",
        verbose_name=_("milestones"),
        help_text=_("They are shown in the order of their dates."),
    )

    def condition(self):
        return models.Q(pk__in=self.milestones.values("pk"))

    def copy_relations(self, old):
        """A new draft of a page shows the milestones of the version it was made from."""
        self.milestones.set(old.milestones.all())


class AffiliationsBlock(Block):
    """Those who stand with an organisation in one role."""

    organisation = profiled_organisation()
    role = models.CharField(
        _("role"),
        max_length=30,
        choices=Affiliation.Role,
        help_text=_("Everybody in this role is shown, in the order of the source."),
    )

    def __str__(self):
        return f"{self.organisation}, {self.get_role_display()}"

    def condition(self):
        return models.Q(organisation=self.organisation_id, role=self.role)
